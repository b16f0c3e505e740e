import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { nodeScript } from '../../../scripts/lib/node-scripts.ts';
import { startNode, type TestNode, type TestRun } from '../../support/node-host.ts';

const hex = (text: string): string => Buffer.from(text, 'utf8').toString('hex');
const CODE = `function Set-WinInetProxy { param($ProxySettingsPerUser, $ProxyServer, $ProxyBypass) 'für' }\r\n`;
const MANIFEST = `@{ RootModule = 'WinInetProxy.psm1'; ModuleVersion = '0.1.0'; GUID = '1bf9ab57-9d2b-438b-b268-7dc907b8b1b9'; FunctionsToExport = 'Set-WinInetProxy' }`;

const FOLDER = '$env:ProgramFiles\\WindowsPowerShell\\Modules\\WinInetProxy\\0.1.0';

describe('the module from the administrator’s computer', () => {
  let node: TestNode;
  before(async () => {
    node = await startNode();
  });
  after(() => node.stop());

  const sizes = (files: Readonly<Record<string, string>>) =>
    Object.entries(files).map(([name, text]) => `${name}=${Buffer.byteLength(text)}`);
  const FILES = { 'WinInetProxy.psm1': CODE, 'WinInetProxy.psd1': MANIFEST };
  const add = (Upload: string, File: string, text: string, Files: readonly string[] = []): Promise<TestRun> =>
    node.run(nodeScript('Add-WinInetProxyFile'), { Upload, File, Content: hex(text), Files });
  const works = async (...[upload, file, text, files]: Parameters<typeof add>) =>
    assert.deepEqual((await add(upload, file, text, files)).errors, []);
  const refusal = async (...[upload, file, text, files]: Parameters<typeof add>) =>
    (await add(upload, file, text, files)).errors[0]?.message ?? '';
  const installed = async () =>
    (await node.run(`Get-Content -LiteralPath "${FOLDER}\\WinInetProxy.psm1" -Raw`)).output.at(-1);
  /** What uploads left on the node. */
  const waiting = async () => {
    const folder = '$env:ProgramFiles\\WindowsPowerShell\\OutboundConnectivity';
    return (await node.run(`Get-ChildItem -LiteralPath "${folder}" | ForEach-Object { $_.Name }`)).output;
  };
  const version = async () => {
    const end = await node.run(nodeScript('Get-ProxySetting'));
    assert.deepEqual(end.errors, []);
    return (end.output.at(-1) as { moduleVersion: unknown }).moduleVersion;
  };

  it('is there when its manifest is written, and not before', async () => {
    await node.seed();
    await works('first000', 'WinInetProxy.psm1', CODE);
    assert.equal(await version(), null);
    await works('first000', 'WinInetProxy.psd1', MANIFEST, sizes(FILES));
    assert.equal(await version(), '0.1.0');
    assert.deepEqual(await waiting(), []);
    // What is installed is not touched.
    assert.match(await refusal('second00', 'WinInetProxy.psm1', 'x'), /^install-failed: /);
    assert.deepEqual(await waiting(), []);
  });

  for (const languageMode of ['Full', 'Constrained'] as const)
    it(`is written to the byte (${languageMode})`, async () => {
      await node.seed({ languageMode });
      await works('first000', 'WinInetProxy.psm1', CODE);
      await works('first000', 'WinInetProxy.psd1', MANIFEST, sizes(FILES));
      assert.equal(await installed(), CODE);
    });

  it('takes the place of a manifest that was cut off, which is no module', async () => {
    await node.seed();
    const cutOff = `New-Item -ItemType Directory -Path "${FOLDER}" -Force | Out-Null
      Set-Content -LiteralPath "${FOLDER}\\WinInetProxy.psd1" -Value '@{ RootModule = '`;
    assert.deepEqual((await node.run(cutOff)).errors, []);
    assert.equal(await version(), null);
    await works('first000', 'WinInetProxy.psm1', CODE);
    // It may be at work just now.
    assert.match(
      await refusal('first000', 'WinInetProxy.psd1', MANIFEST, sizes(FILES)),
      /^install-failed: Another upload is being put in place/,
    );
    const earlier = `(Get-Item -LiteralPath "${FOLDER}").LastWriteTimeUtc = (Get-Date).ToUniversalTime().AddMinutes(-2)`;
    assert.deepEqual((await node.run(earlier)).errors, []);
    await works('first000', 'WinInetProxy.psm1', CODE);
    await works('first000', 'WinInetProxy.psd1', MANIFEST, sizes(FILES));
    assert.equal(await version(), '0.1.0');
  });

  it('is one of two different packages that were sent at once, whole, and the later one is told so', async () => {
    await node.seed();
    const other = CODE.replace('für', 'other');
    await works('first000', 'WinInetProxy.psm1', CODE);
    await works('second00', 'WinInetProxy.psm1', other);
    await works('second00', 'extra.ps1', 'x');
    await works('first000', 'WinInetProxy.psd1', MANIFEST, sizes(FILES));
    const all = sizes({ 'WinInetProxy.psm1': other, 'extra.ps1': 'x', 'WinInetProxy.psd1': MANIFEST });
    assert.match(
      await refusal('second00', 'WinInetProxy.psd1', MANIFEST, all),
      /^install-failed: The module is on this node already/,
    );
    assert.equal(await version(), '0.1.0');
    assert.equal(await installed(), CODE);
    const names = await node.run(
      `Get-ChildItem -LiteralPath "${FOLDER}" | ForEach-Object { $_.Name } | Sort-Object`,
    );
    assert.deepEqual(names.output, ['WinInetProxy.psd1', 'WinInetProxy.psm1']);
    assert.deepEqual(await waiting(), []);
  });

  it('is not put in place in part', async () => {
    await node.seed();
    const none = /^install-failed: Not every file of the package came/;
    assert.match(await refusal('first000', 'WinInetProxy.psd1', MANIFEST, sizes(FILES)), none);
    await works('second00', 'WinInetProxy.psm1', 'cut off');
    assert.match(await refusal('second00', 'WinInetProxy.psd1', MANIFEST, sizes(FILES)), none);
    await works('third000', 'WinInetProxy.psm1', CODE);
    await works('third000', 'extra.ps1', 'x');
    assert.match(await refusal('third000', 'WinInetProxy.psd1', MANIFEST, sizes(FILES)), none);
    assert.equal(await version(), null);
    assert.deepEqual(await waiting(), []);
  });

  it('leaves nothing of an upload that broke off, an hour later', async () => {
    await node.seed();
    await works('broken00', 'WinInetProxy.psm1', CODE);
    await works('recent00', 'WinInetProxy.psm1', CODE);
    const folder = '$env:ProgramFiles\\WindowsPowerShell\\OutboundConnectivity\\upload-broken00';
    const earlier = `(Get-Item -LiteralPath "${folder}").LastWriteTimeUtc = (Get-Date).ToUniversalTime().AddHours(-2)`;
    assert.deepEqual((await node.run(earlier)).errors, []);
    await works('later000', 'WinInetProxy.psm1', CODE);
    assert.deepEqual([...(await waiting())].sort(), ['upload-later000', 'upload-recent00']);
  });

  it('refuses names, contents and lists that are none', async () => {
    await node.seed();
    const run = async (parameters: Record<string, unknown>) =>
      (
        await node.run(nodeScript('Add-WinInetProxyFile'), {
          Upload: 'first000',
          File: 'a.ps1',
          Content: '00',
          ...parameters,
        })
      ).errors[0]?.message ?? '';
    for (const File of ['..\\x.ps1', 'a/b.ps1', 'x', 'CON', '.ps1', 'a.ps1\n', 'a b.ps1', ''])
      assert.match(await run({ File }), /^invalid-value: /, File);
    for (const Content of ['', '0', 'zz', 'AA', "00'; x"])
      assert.match(await run({ Content }), /^invalid-value: /, Content);
    for (const Upload of ['', 'short', '..\\..\\..\\x', 'first000\n', 'FIRST000', 'a'.repeat(33)])
      assert.match(await run({ Upload }), /^invalid-value: /, Upload);
    for (const line of ['a.ps1', '..\\x.ps1=1', 'a.ps1=', 'a.ps1=0', 'a.ps1=1\n', ''])
      assert.match(await run({ Files: [line] }), /^invalid-value: /, line);
    assert.deepEqual(await waiting(), []);
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startNode, type TestNode, type TestRun } from '../../support/node-host.ts';
import { scriptText } from '../tool-code.ts';

const hex = (text: string): string => Buffer.from(text, 'utf8').toString('hex');
const CODE = `function Set-WinInetProxy { param($ProxySettingsPerUser, $ProxyServer, $ProxyBypass) 'für' }\r\n`;
const MANIFEST = `@{ RootModule = 'WinInetProxy.psm1'; ModuleVersion = '0.1.0'; GUID = '1bf9ab57-9d2b-438b-b268-7dc907b8b1b9'; FunctionsToExport = 'Set-WinInetProxy' }`;

describe('the module from the administrator’s computer', () => {
  let node: TestNode;
  before(async () => {
    node = await startNode();
  });
  after(() => node.stop());

  const add = (File: string, Content: string): Promise<TestRun> =>
    node.run(scriptText('Add-WinInetProxyFile'), { File, Content });
  const version = async () => {
    const end = await node.run(scriptText('Get-ProxySetting'));
    assert.deepEqual(end.errors, []);
    return (end.output.at(-1) as { moduleVersion: unknown }).moduleVersion;
  };

  it('is there when its manifest is written, and not before', async () => {
    await node.seed();
    assert.deepEqual((await add('WinInetProxy.psm1', hex(CODE))).errors, []);
    assert.equal(await version(), null);
    assert.deepEqual((await add('WinInetProxy.psd1', hex(MANIFEST))).errors, []);
    assert.equal(await version(), '0.1.0');
    // What is installed is not touched.
    assert.match((await add('WinInetProxy.psm1', hex('x'))).errors[0]?.message ?? '', /^install-failed: /);
  });

  for (const languageMode of ['Full', 'Constrained'] as const)
    it(`is written to the byte (${languageMode})`, async () => {
      await node.seed({ languageMode });
      assert.deepEqual((await add('WinInetProxy.psm1', hex(CODE))).errors, []);
      const file = '$env:ProgramFiles\\WindowsPowerShell\\Modules\\WinInetProxy\\0.1.0\\WinInetProxy.psm1';
      const read = await node.run(`Get-Content -LiteralPath "${file}" -Raw`);
      assert.equal(read.output.at(-1), CODE);
    });

  it('takes the place of a manifest that was cut off, which is no module', async () => {
    await node.seed();
    const folder = '$env:ProgramFiles\\WindowsPowerShell\\Modules\\WinInetProxy\\0.1.0';
    const cutOff = `New-Item -ItemType Directory -Path "${folder}" -Force | Out-Null
      Set-Content -LiteralPath "${folder}\\WinInetProxy.psd1" -Value '@{ RootModule = '`;
    assert.deepEqual((await node.run(cutOff)).errors, []);
    assert.equal(await version(), null);
    assert.deepEqual((await add('WinInetProxy.psm1', hex(CODE))).errors, []);
    assert.deepEqual((await add('WinInetProxy.psd1', hex(MANIFEST))).errors, []);
    assert.equal(await version(), '0.1.0');
  });

  it('is whole after two administrators sent it at once, and the later one is told that it is there', async () => {
    await node.seed();
    assert.deepEqual((await add('WinInetProxy.psm1', hex(CODE))).errors, []);
    assert.deepEqual((await add('WinInetProxy.psm1', hex(CODE))).errors, []);
    assert.deepEqual((await add('WinInetProxy.psd1', hex(MANIFEST))).errors, []);
    assert.match(
      (await add('WinInetProxy.psd1', hex(MANIFEST))).errors[0]?.message ?? '',
      /^install-failed: The module is on this node already/,
    );
    assert.equal(await version(), '0.1.0');
    const folder = '$env:ProgramFiles\\WindowsPowerShell\\Modules\\WinInetProxy\\0.1.0';
    const read = await node.run(`Get-Content -LiteralPath "${folder}\\WinInetProxy.psm1" -Raw`);
    assert.equal(read.output.at(-1), CODE);
  });

  it('refuses names and contents that are none', async () => {
    await node.seed();
    for (const name of ['..\\x.ps1', 'a/b.ps1', 'x', 'CON', '.ps1', 'a.ps1\n', 'a b.ps1', ''])
      assert.match((await add(name, '00')).errors[0]?.message ?? '', /^invalid-value: /, name);
    for (const content of ['', '0', 'zz', 'AA', "00'; x"])
      assert.match((await add('a.ps1', content)).errors[0]?.message ?? '', /^invalid-value: /, content);
  });
});

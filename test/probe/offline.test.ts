import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startLab } from '../../emulator/lab/network/lab-network.ts';
import type { Network } from '../../emulator/lab/network/network.ts';
import { findDotnet, publishedFolder } from '../../emulator/nodes/dotnet.ts';
import { hostCommand, PowerShellHost } from '../../emulator/nodes/powershell-host.ts';
import { buildHost } from '../../scripts/build-host.ts';
import { noLab, scenarioOf } from '../lab/lab-under-test.ts';
import { type ListOptions, offlineCode, type OfflineRun, offlineScript } from '../support/offline-code.ts';

const OWN = { requirement: 'required', purpose: '' };

interface Ended {
  /** What it printed. */
  readonly lines: readonly string[];
  readonly code: string;
  readonly file: string;
}

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offline-'));
  await buildHost(line => console.error(line));
});
after(() => rm(folder, { recursive: true, force: true }));

let count = 0;
/** Runs the script as a person does, from its file. */
async function runOffline(host: PowerShellHost, list: ListOptions, more = ''): Promise<Ended> {
  const script = join(folder, `check-${(count += 1)}.ps1`);
  const file = join(folder, `result-${count}.json`);
  await writeFile(script, await offlineScript(list));
  const lines: string[] = [];
  await new Promise<void>(resolve => {
    host.run(
      { script: `& '${script}' -OutFile '${file}' ${more}; "code $LASTEXITCODE"` },
      { output: value => lines.push(String(value)), end: () => resolve() },
    );
  });
  return { lines: lines.slice(0, -1), code: lines.at(-1) ?? '', file };
}

async function runOf({ file, lines }: Ended): Promise<OfflineRun> {
  const text = await readFile(file, 'utf8').catch(() => assert.fail(lines.join('\n')));
  return (await offlineCode()).readRunFile(text.replace(/^\uFEFF/, '')) ?? assert.fail(text.slice(0, 2000));
}

const causes = (run: OfflineRun): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...run.cells.values()].flatMap(cells => [...cells].map(([id, { cause }]) => [id, cause] as const)),
  );

describe('the offline check on a computer', () => {
  let host: PowerShellHost;
  let server: Server;
  let port = 0;
  before(async () => {
    host = PowerShellHost.spawn();
    server = createServer((_, response) => response.writeHead(200, { 'x-ms-request-id': '1' }).end());
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  after(async () => {
    server.close();
    await host.close();
  });
  const nothingElse = { edition: '2022-01' } as const;
  const rule = (host: string, at: number, protocol = 'http') => ({ ...OWN, host, port: at, protocol });

  for (const languageMode of ['Full', 'Constrained'] as const)
    it(`measures, prints and writes a run in the language mode ${languageMode}`, async () => {
      await host.seed({ name: 'node7', languageMode });
      const ended = await runOffline(host, {
        ...nothingElse,
        cluster: `hci'"\u2019$(1/0)\`n`,
        ownRules: [rule('127.0.0.1', port), rule('127.0.0.1', 1), rule('127.0.0.1', 123, 'udp')],
      });
      const run = await runOf(ended);
      assert.equal(ended.code, 'code 1', ended.lines.join('\n'));
      assert.equal(run.request.cluster, `hci'"\u2019$(1/0)\`n`);
      assert.deepEqual(
        run.nodes.map(({ node, proxy, badReports }) => [node.name, proxy, badReports]),
        [['NODE7', '', 0]],
      );
      const found = causes(run);
      assert.equal(found[`127.0.0.1:1/http`], 'connection-refused', JSON.stringify(found));
      assert.ok(!['no-report', undefined].includes(found['127.0.0.1:123/udp']), JSON.stringify(found));
      assert.ok(ended.lines.some(line => line.startsWith('ok') && line.includes('answered (200)')));
      assert.ok(ended.lines.some(line => line.startsWith('FAILED') && line.includes(':1/http')));
    });

  it('ends with 0 where everything answered, and goes the way that is asked for', async () => {
    await host.seed({ name: 'node7', languageMode: 'Constrained', proxy: '127.0.0.1:1' });
    const list = { ...nothingElse, ownRules: [rule('127.0.0.1', port)] };
    const own = await runOffline(host, list);
    assert.equal(own.code, 'code 1', 'by the machine-wide proxy, which is not there');
    assert.deepEqual(Object.values(causes(await runOf(own))), ['proxy-refused']);
    const direct = await runOffline(host, list, '-Proxy direct');
    assert.equal(direct.code, 'code 0', direct.lines.join('\n'));
    assert.deepEqual((await runOf(direct)).request.way, { kind: 'direct' });
  });

  for (const [what, seed, more, words] of [
    ['no curl.exe', { curl: 'none' }, '', /curl-missing/],
    ['a proxy that is none', {}, "-Proxy 'x y'", /is no proxy/],
  ] as const)
    it(`ends with 2 and says why: ${what}`, async () => {
      await host.seed({ name: 'node7', languageMode: 'Constrained', ...seed });
      const ended = await runOffline(host, { ...nothingElse, ownRules: [rule('127.0.0.1', 1)] }, more);
      assert.match(ended.lines.join('\n'), words);
      assert.equal(ended.code, 'code 2');
    });

  it('holds no data that could run, whatever the list holds', async () => {
    await host.seed({ name: 'node7', languageMode: 'Full' });
    const bait = join(folder, 'bait');
    const evil = `'; Set-Content '${bait}' 1; '\n'@\n"@\n\u2018\u2019\u201a\u201b\u2028#>$(Set-Content '${bait}' 1)`;
    const text = await offlineScript({ ...nothingElse, cluster: evil, ownRules: [rule('127.0.0.1', 1)] });
    assert.match(text, /^[\t\r\n\x20-\x7e]*$/, 'plain characters only');
    const ended = await runOffline(host, { ...nothingElse, cluster: evil, ownRules: [rule('127.0.0.1', 1)] });
    assert.equal((await runOf(ended)).request.cluster, evil);
    await assert.rejects(readFile(bait));
  });

  it('is a script of Windows PowerShell 5.1, by the same check as those of the nodes', async () => {
    const file = join(folder, 'Test-OutboundAllowlist.ps1');
    await writeFile(file, await offlineScript({ edition: 'azure-local-2026-07' }));
    const program = join(publishedFolder('powershell-check'), 'powershell-check.dll');
    const said = await new Promise<string>(resolve => {
      execFile(findDotnet(), [program, file], (_, stdout, stderr) => resolve(stdout + stderr));
    });
    // In a file of its own `exit` ends nobody's session, and gives the exit code.
    assert.match(said, /^\S+:\d+:1 wrap: exit would end [^\n]*\n$/);
  });

  it('takes the same way as the tool, by the machine-wide proxy and its exceptions', async () => {
    const { proxyFor } = await offlineCode();
    const text = await offlineScript({ ...nothingElse, ownRules: [rule('127.0.0.1', 1)] });
    const functions =
      /# host:port of the proxy[\s\S]*?(?=# --- What a person reads)/.exec(text)?.[0] ?? assert.fail();
    const servers = [
      '',
      'p:8080',
      'http://p:8080/',
      'http=a:1;https=b:2',
      'socks=s:1',
      'https=b',
      '[::1]:8080',
      'p:99999',
      'user@p:1',
    ];
    const bypasses = [
      '',
      '<local>',
      '*.contoso.com',
      'a.contoso.com;b.*',
      'https://a.contoso.com:443',
      'a.contoso.com:80',
      '*',
      'a.c?ntoso.com',
      '[a-z]*',
      '*contoso*',
    ];
    const targets = [
      { host: 'a.contoso.com', port: 443, protocol: 'https' },
      { host: 'b.fabrikam.net', port: 80, protocol: 'http' },
      { host: 'short', port: 443, protocol: 'tcp' },
      { host: '::1', port: 443, protocol: 'https' },
    ];
    const cases = servers.flatMap(server =>
      bypasses.flatMap(bypass => targets.map(target => ({ server, bypass: [bypass], target }))),
    );
    await host.seed({ name: 'node7', languageMode: 'Constrained' });
    const output: unknown[] = [];
    await new Promise<void>(resolve => {
      host.run(
        {
          script: `param($Cases)\n${functions}\nforeach ($each in $Cases) { "=$(Get-ProxyFor $each $each.target)" }`,
          parameters: { Cases: cases },
        },
        { output: value => output.push(value), end: () => resolve() },
      );
    });
    assert.deepEqual(
      output,
      cases.map(({ server, bypass, target }) => `=${proxyFor({ server, bypass }, target)}`),
    );
  });
});

describe('the offline check in the lab', { skip: noLab }, () => {
  let lab: Network;
  const hosts = new Map<string, PowerShellHost>();
  const faults = [
    { host: 'management.azure.com', fault: 'drop' },
    { host: 'graph.windows.net', fault: 'refuse' },
    { host: 'www.powershellgallery.com', fault: 'intercept' },
    { host: 'go.microsoft.com', port: 80, fault: 'http-403' },
  ];
  before(async () => {
    const scenario = scenarioOf(
      [
        { name: 'faulty', faults },
        { name: 'behind', egress: 'proxy-only' },
      ],
      [{ host: 'proxy.contoso.com', port: 8080 }],
    );
    lab = await startLab(scenario, line => console.error(line));
    for (const name of ['faulty', 'behind']) {
      const host = new PowerShellHost(await lab.spawn(name, hostCommand(), {}));
      hosts.set(name, host);
    }
  });
  after(async () => {
    for (const host of hosts.values()) await host.close();
    await lab.stop();
  });
  const host = (name: string): PowerShellHost => hosts.get(name) ?? assert.fail(name);
  const list = { edition: '2022-01', timeoutMs: 10_000, answers: { 'witness-account': 'contosowitness' } };

  it('is judged as a check of the tool: each fault its cause, and none to any other', async () => {
    await host('faulty').seed({ name: 'faulty', languageMode: 'Constrained' });
    const run = await runOf(await runOffline(host('faulty'), list));
    const found = causes(run);
    const expected: Readonly<Record<string, string>> = {
      'management.azure.com:443/https': 'connect-timed-out',
      'graph.windows.net:443/https': 'connection-refused',
      'www.powershellgallery.com:443/https': 'unknown-root',
      'go.microsoft.com:80/http': 'http-forbidden',
    };
    const answered = new Set(['answered', 'answered-refusal', 'answered-failure', 'connected']);
    const tested = run.plan.targets.map(({ id }) => id);
    assert.ok(tested.length > 20);
    assert.deepEqual(
      Object.fromEntries(tested.filter(id => !answered.has(found[id] ?? '')).map(id => [id, found[id]])),
      expected,
    );
  });

  it('goes through the machine-wide proxy where there is no other way', async () => {
    await host('behind').seed({
      name: 'behind',
      languageMode: 'Constrained',
      proxy: 'proxy.contoso.com:8080',
    });
    const run = await runOf(await runOffline(host('behind'), list));
    assert.equal(run.nodes[0]?.proxy, 'proxy.contoso.com:8080');
    assert.equal(causes(run)['management.azure.com:443/https'], 'answered-refusal');
  });
});

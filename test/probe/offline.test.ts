import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findDotnet, publishedFolder } from '../../emulator/nodes/dotnet.ts';
import { PowerShellHost } from '../../emulator/nodes/powershell-host.ts';
import { aloneScript } from '../../scripts/lib/alone-script.ts';
import { offlineCode, offlineScript } from '../support/offline-code.ts';
import {
  causes,
  EXAMPLE,
  measured,
  offlineFolder,
  runLine,
  runOf,
  runOffline,
} from '../support/offline-run.ts';

const OWN = { requirement: 'required', purpose: '' };

let folder: Awaited<ReturnType<typeof offlineFolder>>;
before(async () => {
  folder = await offlineFolder();
});
after(() => folder.remove());

const CURRENT_USER = 'HKCU:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections';

/** WinINet's own form: version, counter, flags for a proxy, a script and detection, then each text behind its length. */
function connection(server: string, script: string) {
  const number = (value: number): readonly number[] => [value, 0, 0, 0];
  const text = (value: string): readonly number[] => [...number(value.length), ...Buffer.from(value)];
  const bytes = [...number(70), ...number(1), ...number(15), ...text(server), ...text(''), ...text(script)];
  return {
    kind: 'Binary',
    data: Buffer.from([...bytes, ...Array<number>(32).fill(0)]).toString('base64'),
  } as const;
}

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
      const ended = await runOffline(host, folder.path, {
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
      const { outcomes } = await measured(ended);
      assert.deepEqual((outcomes as readonly string[]).slice(0, 2), ['answered', 'not-connected']);
    });

  it('ends with 0 where everything answered, and goes the way that is asked for', async () => {
    await host.seed({ name: 'node7', languageMode: 'Constrained', proxy: '127.0.0.1:1' });
    const list = { ...nothingElse, ownRules: [rule('127.0.0.1', port)] };
    const own = await runOffline(host, folder.path, list);
    assert.equal(own.code, 'code 1', 'by the machine-wide proxy, which is not there');
    assert.deepEqual(Object.values(causes(await runOf(own))), ['proxy-refused']);
    const direct = await runOffline(host, folder.path, list, '-Proxy direct');
    assert.equal(direct.code, 'code 0', direct.lines.join('\n'));
    assert.deepEqual((await runOf(direct)).request.way, { kind: 'direct' });
  });

  for (const [what, seed, more, words] of [
    [
      'no curl.exe',
      { curl: 'none' },
      '',
      /^Nothing was measured: This computer has no curl\.exe.*curl-missing/m,
    ],
    ['a proxy that is none', {}, "-Proxy 'x y'", /is no proxy/],
    ['a proxy with a password', {}, "-Proxy 'http://u:geheim@p:1'", /is no proxy/],
    ['a time that is none', {}, '-TimeoutMs soon', /'soon' is no time/],
    ['a time beyond all bounds', {}, '-TimeoutMs 999999', /'999999' is no time/],
    ['a negative time', {}, '-TimeoutMs -5', /'-5' is no time/],
    ['a switch that it does not have', {}, '-Server p:1', /nothing that this check takes/],
    ['a word too much', {}, 'a b c d', /nothing that this check takes/],
  ] as const)
    it(`ends with 2 and says why: ${what}`, async () => {
      await host.seed({ name: 'node7', languageMode: 'Constrained', ...seed });
      const ended = await runOffline(
        host,
        folder.path,
        { ...nothingElse, ownRules: [rule('127.0.0.1', 1)] },
        more,
      );
      assert.match(ended.lines.join('\n'), words);
      assert.equal(ended.code, 'code 2');
    });

  it('says before it measures that it cannot write, and takes any name of a folder', async () => {
    await host.seed({ name: 'node7', languageMode: 'Constrained' });
    const list = { ...nothingElse, ownRules: [rule('127.0.0.1', port)] };
    const odd = join(folder.path, "it's [1] & $(2) `ü");
    await mkdir(odd);
    const script = join(odd, 'check.ps1');
    await writeFile(script, await offlineScript(list));
    const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
    const file = join(odd, 'result [a].json');
    const ended = await runLine(host, `& ${quoted(script)} -OutFile ${quoted(file)}`);
    assert.equal(ended.code, 'code 0', ended.lines.join('\n'));
    assert.equal((await runOf({ ...ended, file })).nodes[0]?.node.name, 'NODE7');
    assert.ok(ended.lines.includes(`Measurements: ${file}`), 'the whole path');
    await writeFile(file, 'kept');
    for (const bad of [join(odd, 'not there', 'x.json'), odd, 'HKLM:\\x.json']) {
      const refused = await runLine(host, `& ${quoted(script)} -OutFile ${quoted(bad)}`);
      assert.equal(refused.code, 'code 2', refused.lines.join('\n'));
      assert.equal(refused.lines.length, 1, 'nothing was measured');
      assert.match(refused.lines[0] ?? '', /cannot be written. Give -OutFile /);
    }
    assert.deepEqual((await readdir(odd)).sort(), ['check.ps1', 'result [a].json']);
  });

  it('says what it did not test, and does not follow', async () => {
    await host.seed({
      name: 'node7',
      languageMode: 'Constrained',
      registry: { [CURRENT_USER]: { DefaultConnectionSettings: connection('10.0.0.1:1', 'http://p/x.pac') } },
    });
    const rules = [rule('127.0.0.1', port), { ...rule('*.contoso.test', 443, 'https') }];
    const ended = await runOffline(host, folder.path, { ...nothingElse, ownRules: rules });
    assert.equal(ended.code, 'code 0', ended.lines.join('\n'));
    const text = ended.lines.join('\n');
    assert.match(
      text,
      /^not tested {2}\*\.contoso\.test:443\/https {2}a wildcard of which no host is known$/m,
    );
    assert.match(text, /^Not followed: the proxy script/m);
    assert.match(text, /^Not followed: the proxy of this account/m);
    assert.match(text, /^0 of 1 endpoints did not answer; rules that no node tries, so not tested: 1\.$/m);
    const none = await runOffline(host, folder.path, { ...nothingElse, ownRules: rules.slice(1) });
    assert.equal(none.code, 'code 2');
    assert.match(
      none.lines.join('\n'),
      /nothing that can be tested from here; rules that no node tries: 1\./,
    );
  });

  it('takes an agent that it could not ask for no agent without a proxy, nor an account of services for one', async () => {
    const list = { ...nothingElse, ownRules: [rule('127.0.0.1', port)] };
    for (const arcAgentFault of ['crashes', 'fails'] as const) {
      await host.seed({ name: 'node7', languageMode: 'Constrained', arcAgentFault });
      const ended = await runOffline(host, folder.path, list);
      assert.equal(ended.code, 'code 0', ended.lines.join('\n'));
      assert.deepEqual((await runOf(ended)).nodes[0]?.notices, ['agent-unread', 'constrained']);
      assert.match(ended.lines.join('\n'), /^Not followed: the Arc agent/m);
    }
    await host.seed({
      name: 'node7',
      languageMode: 'Constrained',
      registry: {
        [CURRENT_USER.replace('HKCU:', 'HKEY_USERS\\S-1-5-18')]: {
          DefaultConnectionSettings: connection('http://u:geheim@10.0.0.1:1', ''),
        },
      },
    });
    const ended = await runOffline(host, folder.path, list);
    const run = await runOf(ended);
    assert.ok(run.nodes[0]?.notices?.includes('service-proxy'), JSON.stringify(run.nodes));
    assert.deepEqual(Object.values(causes(run)), ['answered-past-script']);
    assert.match(
      ended.lines.join('\n'),
      /^Not followed: a proxy that only accounts of services have: LocalSystem/m,
    );
    assert.doesNotMatch(ended.lines.join('\n') + JSON.stringify(await measured(ended)), /geheim/);
  });

  it('takes a refusal over plain HTTP without a mark of the service for a failure, as the tool does', async () => {
    await host.seed({ name: 'node7', languageMode: 'Constrained' });
    for (const [headers, code] of [
      [{}, 'code 1'],
      [{ 'x-ms-request-id': '1' }, 'code 0'],
    ] as const) {
      const filter = createServer((_, response) => response.writeHead(403, headers).end());
      await new Promise<void>(resolve => filter.listen(0, '127.0.0.1', resolve));
      const address = filter.address();
      const at = typeof address === 'object' && address !== null ? address.port : 0;
      const ended = await runOffline(host, folder.path, {
        ...nothingElse,
        ownRules: [rule('127.0.0.1', at)],
      });
      filter.close();
      assert.equal(ended.code, code, ended.lines.join('\n'));
      const [cause] = Object.values(causes(await runOf(ended)));
      assert.equal(cause, code === 'code 1' ? 'http-forbidden' : 'answered', cause);
    }
  });

  it('stands in docs/examples: its list as data, all else the scripts word for word', async () => {
    const text = (await readFile(EXAMPLE, 'utf8')).replaceAll('\r\n', '\n');
    const [head, list, rest] = text.split(/^(?=    '\{"tool")|(?<=^    '\]\}'\n)/m);
    assert.equal(`${head ?? ''}    '@list'\n${rest ?? ''}`, aloneScript());
    const lines = (list ?? '').split('\n').slice(0, -1);
    assert.ok(lines.length > 50);
    for (const line of lines) assert.match(line, /^ {4}'[A-Za-z0-9 "\\{}[\]:,._/+*-]*',?$/);
  });

  it('holds no data that could run, whatever the list holds', async () => {
    await host.seed({ name: 'node7', languageMode: 'Full' });
    const bait = join(folder.path, 'bait');
    const evil = `'; Set-Content '${bait}' 1; '\n'@\n"@\n\u2018\u2019\u201a\u201b\u2028#>$(Set-Content '${bait}' 1)`;
    const text = await offlineScript({ ...nothingElse, cluster: evil, ownRules: [rule('127.0.0.1', 1)] });
    assert.match(text, /^[\t\r\n\x20-\x7e]*$/, 'plain characters only');
    const ended = await runOffline(host, folder.path, {
      ...nothingElse,
      cluster: evil,
      ownRules: [rule('127.0.0.1', 1)],
    });
    assert.equal((await runOf(ended)).request.cluster, evil);
    await assert.rejects(readFile(bait));
  });

  it('is a script of Windows PowerShell 5.1, by the same check as those of the nodes', async () => {
    const program = join(publishedFolder('powershell-check'), 'powershell-check.dll');
    const said = await new Promise<string>(resolve => {
      execFile(findDotnet(), [program, EXAMPLE], (_, stdout, stderr) => resolve(stdout + stderr));
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

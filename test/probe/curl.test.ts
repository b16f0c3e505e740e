import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { PowerShellHost } from '../../emulator/nodes/powershell-host.ts';
import { until } from '../lab/processes.ts';
import { nodeScript } from '../../scripts/lib/node-scripts.ts';
import { startNode, type TestNode } from '../support/node-host.ts';

/** The texts that begin with a letter, split at tabs. */
const linesOf = (output: readonly unknown[], letter: string): readonly (readonly string[])[] =>
  output
    .flatMap(text => String(text).split('\n'))
    .filter(line => line.startsWith(letter))
    .map(line => line.split('\t'));

const SHORT_MS = 2000;
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

describe('Test-EndpointByCurl', () => {
  let node: TestNode;
  let server: Server;
  let port = 0;
  before(async () => {
    node = await startNode();
    server = createServer(socket => {
      socket.on('error', () => socket.destroy());
      socket.once('data', (asked: Buffer) => {
        const path = String(asked).split(' ')[1];
        if (path === '/silent') return;
        // Late in its time, as where a node gives curl little of its processor.
        if (path === '/slow') setTimeout(() => socket.end(OK), 0.8 * SHORT_MS);
        else socket.end('HTTP/1.1 404 No\r\nX-Ms-Id: 1\r\nServer: s\r\nContent-Length: 0\r\n\r\n');
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  after(async () => {
    server.close();
    await node.stop();
  });

  const web = (id: string, more: object = {}) => ({
    id,
    host: '127.0.0.1',
    port,
    protocol: 'http',
    proxy: '',
    ...more,
  });
  const probe = (endpoints: readonly object[], more: object = {}, options = {}) =>
    node.run(nodeScript('Test-EndpointByCurl'), { Endpoints: endpoints, ...more }, options);

  it('says nothing of names on a node without Resolve-DnsName, and fails for that neither', async () => {
    const without = (name: 'Test-EndpointByCurl' | 'Resolve-EndpointName'): string =>
      nodeScript(name).replaceAll('Resolve-DnsName -Name', 'Resolve-NoSuchName -Name');
    const missing = { id: 'x', host: 'no.invalid', port: 443, protocol: 'https', proxy: '' };
    const probed = await node.run(without('Test-EndpointByCurl'), { Endpoints: [missing] });
    assert.deepEqual([probed.outcome, probed.errors], ['completed', []]);
    assert.deepEqual(linesOf(probed.output, 'D'), [['D', '']]);
    const named = await node.run(without('Resolve-EndpointName'), { Names: ['no.invalid'] });
    assert.deepEqual([named.outcome, named.errors], ['completed', []]);
    assert.deepEqual(linesOf(named.output, 'R'), []);
  });

  for (const languageMode of ['Full', 'Constrained'] as const)
    it(`measures in the language mode ${languageMode}`, async () => {
      await node.seed({ languageMode });
      const run = await probe([web('a'), web('b')]);
      assert.deepEqual([run.outcome, run.errors], ['completed', []]);
      assert.deepEqual(
        linesOf(run.output, 'T')
          .map(([number, exit, status]) => [number, exit, status])
          .sort(),
        [
          ['T0', '0', '404'],
          ['T1', '0', '404'],
        ],
      );
      assert.deepEqual(
        linesOf(run.output, 'L').map(([, source]) => source),
        ['127.0.0.1', '127.0.0.1'],
        "the node's own address on each connection",
      );
      assert.match(linesOf(run.output, 'H')[0]?.[1] ?? '', /"x-ms-id":\[\],"server":\["s"\]/);
    });

  for (const [version, lines] of [
    ['8.9.1', { exit: '0', certificates: '0', headers: true }],
    ['8.4.0', { exit: '0', certificates: '0', headers: true }],
    ['8.0.1', { exit: '0', certificates: '0', headers: true }],
    ['7.83.1', { exit: '0', certificates: '', headers: true }],
    ['7.70.0', { exit: '0', certificates: '', headers: false }],
    ['7.55.1', { exit: '0', certificates: '', headers: false }],
  ] as const)
    it(`gives what curl ${version} can tell`, async () => {
      await node.seed({ languageMode: 'Constrained', curl: version });
      // The first two are told to curl together, where it can number them.
      const run = await probe([web('a'), web('b', { port: 1 }), web('c', { path: '/c' })]);
      assert.deepEqual([run.outcome, run.errors], ['completed', []]);
      const told = linesOf(run.output, 'T').toSorted(([one = ''], [other = '']) => one.localeCompare(other));
      assert.deepEqual(
        told.map(([number]) => number),
        ['T0', 'T1', 'T2'],
        'each once',
      );
      const [answered, refused] = told;
      assert.deepEqual(
        [answered?.[1], answered?.[2], answered?.[10]],
        [lines.exit, '404', lines.certificates],
      );
      assert.equal(refused?.[1], '7');
      assert.equal(linesOf(run.output, 'H').length > 0, lines.headers);
    });

  it('loses nothing of what is asked again since others were late', async () => {
    await node.seed({ languageMode: 'Constrained' });
    const endpoints = [web('a', { path: '/silent' }), web('b', { path: '/slow' })];
    const run = await probe(endpoints, { TimeoutMs: SHORT_MS });
    assert.deepEqual([run.outcome, run.errors], ['completed', []]);
    const numbers = linesOf(run.output, 'T').map(([number]) => number);
    assert.deepEqual(numbers.sort(), ['T0', 'T1']);
  });

  it('says by a code that there is no curl.exe', async () => {
    await node.seed({ languageMode: 'Constrained', curl: 'none' });
    const run = await probe([web('a')]);
    assert.equal(run.outcome, 'failed');
    assert.match(run.errors.at(-1)?.message ?? '', /^curl-missing: /);
  });

  it('says what the system says when curl.exe must not run', async () => {
    // As under a policy that forbids it: the program is there, and its start is refused.
    const { messages } = await runWith('#!/no/such/interpreter\n', { Endpoints: [web('a')] });
    assert.match(messages.at(-1) ?? '', /^curl-failed: .*curl\.exe/);
  });

  it('knows a timeout of an old curl, which tells no code, by its time within a tick of the clock', async () => {
    const times = ['1.999500', '1.984000', '2.000100', '1.900000'];
    const endpoints = times.map(time => web(time));
    const { output } = await runWith(oldCurl(times), { Endpoints: endpoints, TimeoutMs: SHORT_MS });
    assert.deepEqual(
      linesOf(output, 'T')
        .map(([number, code]) => `${number} ${code}`)
        .sort(),
      ['T0 28', 'T1 28', 'T2 28', 'T3 52'],
    );
  });

  it('takes words about a certificate for an alert where the handshake fails without looking at one, too', async () => {
    const curl = oldCurl(['0.1'], '35', 'schannel: SEC_E_UNTRUSTED_ROOT (0x80090325)');
    const { output } = await runWith(curl, { Endpoints: [web('a', { protocol: 'https' })] });
    assert.equal(linesOf(output, 'T')[0]?.[1], '35');
    assert.deepEqual(linesOf(output, 'I'), [['I']]);
  });

  it('measures 300 endpoints with odd names, and names that are none', async () => {
    await node.seed({ languageMode: 'Constrained' });
    // Below localhost, which leads nowhere but to this computer.
    const odd = [
      `${'a'.repeat(63)}.localhost`,
      'xn--mnchen-3ya.localhost',
      '_service.localhost',
      '127.0.0.1.',
      '[::1]',
      '::1',
      '-a.localhost',
      'UPPER.localhost',
      '',
      ' ',
      'a b',
      'ü.localhost',
      '%41.localhost',
      "a'b.localhost",
      'a|b',
      '$(x)',
      '*.localhost',
    ];
    const hosts = Array.from({ length: 300 }, (_, index) => odd[index % odd.length] ?? '');
    const run = await probe(
      hosts.map((host, index) => web(String(index), { host, port: 1 })),
      { TimeoutMs: 2000 },
    );
    assert.deepEqual([run.outcome, run.errors], ['completed', []]);
    const plain = /^\[?[A-Za-z0-9._:-]+\]?$/;
    assert.deepEqual(
      linesOf(run.output, 'T')
        .map(([number = '']) => Number(number.slice(1)))
        .sort((a, b) => a - b),
      hosts.flatMap((host, index) => (plain.test(host) ? [index] : [])),
    );
    const answered = linesOf(run.output, 'T').filter(([, exit]) => exit === '0');
    assert.deepEqual(answered, [], 'nothing listens at port 1');
  });

  it('goes no way that the environment names, in upper or lower case', async () => {
    const proxy = 'http://user:secret@127.0.0.1:1';
    const names = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];
    await node.seed({
      languageMode: 'Constrained',
      environment: Object.fromEntries(names.map(name => [name, proxy])),
    });
    const run = await probe([web('a')]);
    assert.deepEqual(
      linesOf(run.output, 'T').map(([, exit, status]) => [exit, status]),
      [['0', '404']],
    );
    assert.doesNotMatch(JSON.stringify(run), /secret/);
  });

  it('takes no text of an endpoint for its own settings', async () => {
    await node.seed({ languageMode: 'Constrained' });
    const evil = '127.0.0.1"\noutput = "/tmp/written-by-curl';
    const run = await probe([web('a', { host: evil }), web('b', { proxy: evil }), web('c')]);
    assert.deepEqual(
      linesOf(run.output, 'T').map(([number]) => number),
      ['T2'],
    );
  });

  it('ends with its curl.exe within a second when it is stopped', async () => {
    await node.seed({ languageMode: 'Constrained' });
    const silent = createServer(() => undefined);
    await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const quiet = typeof address === 'object' && address !== null ? address.port : 0;
    const stop = new AbortController();
    let stoppedAt = 0;
    const ending = probe(
      [web('a'), web('b', { port: quiet })],
      { TimeoutMs: 60_000 },
      {
        signal: stop.signal,
        onOutput: (text: unknown) => {
          if (!String(text).startsWith('T')) return;
          stoppedAt = performance.now();
          stop.abort();
        },
      },
    );
    const run = await ending;
    assert.equal(run.outcome, 'stopped');
    assert.ok(performance.now() - stoppedAt < 1000);
    await until('no curl is left', () => curlsBelow(process.pid) === 0);
    silent.close();
  });
});

/** An executable text that ends each transfer without an answer after its seconds, as a curl that tells no exit code unless given. */
function oldCurl(times: readonly string[], exit = '', words = ''): string {
  return `#!${process.execPath}
const times = ${JSON.stringify(times)};
const asked = require('node:fs').readFileSync(0, 'utf8');
for (const [, key, number] of asked.matchAll(/write-out = ">>([0-9a-f]{32})([0-9]+)/g)) {
  const fields = [number, '${exit}', '000', '000', '127.0.0.1', '0.000100', '0.000300', '0.000000', '0.000000', times[number], '', '${words}'];
  console.log(['>>' + key + fields.join('\\t'), 'L\\t127.0.0.1\\t0', '<<' + key].join('\\n'));
}
`;
}

/** What the script says and writes on a node whose curl.exe is this text. */
async function runWith(
  curl: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<{ readonly output: readonly unknown[]; readonly messages: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'outbound-curl-'));
  writeFileSync(join(folder, 'curl.exe'), curl, { mode: 0o755 });
  const host = PowerShellHost.spawn({ PATH: `${folder}:${process.env['PATH'] ?? ''}` });
  try {
    await host.seed({ name: 'node1', languageMode: 'Constrained', curl: 'none' });
    const output: unknown[] = [];
    const request = { script: nodeScript('Test-EndpointByCurl'), parameters };
    const messages = await new Promise<readonly string[]>(resolve => {
      host.run(request, {
        output: value => output.push(value),
        end: ({ errors }) => resolve(errors.map(({ message }) => message)),
      });
    });
    return { output, messages };
  } finally {
    await host.close();
    rmSync(folder, { recursive: true });
  }
}

/** Programs named curl among the descendants of a process. */
function curlsBelow(root: number): number {
  const parents = new Map<number, { readonly parent: number; readonly name: string }>();
  for (const name of readdirSync('/proc').filter(each => /^\d+$/.test(each))) {
    try {
      const [, program = '', parent = ''] =
        /^\d+ \((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
      parents.set(Number(name), { parent: Number(parent), name: program });
    } catch {
      // It has ended in the meantime.
    }
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid)?.parent;
    return parent === root || (parent !== undefined && parent > 1 && isBelow(parent));
  };
  return [...parents].filter(([pid, { name }]) => name === 'curl' && isBelow(pid)).length;
}

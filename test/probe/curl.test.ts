import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { until } from '../lab/processes.ts';
import { scriptText } from '../powershell/tool-code.ts';
import { startNode, type TestNode } from '../support/node-host.ts';

/** The texts that begin with a letter, split at tabs. */
const linesOf = (output: readonly unknown[], letter: string): readonly (readonly string[])[] =>
  output
    .flatMap(text => String(text).split('\n'))
    .filter(line => line.startsWith(letter))
    .map(line => line.split('\t'));

describe('Test-EndpointByCurl', () => {
  let node: TestNode;
  let server: Server;
  let port = 0;
  before(async () => {
    node = await startNode();
    server = createServer(socket => {
      socket.on('error', () => socket.destroy());
      socket.once('data', () => {
        socket.end('HTTP/1.1 404 No\r\nX-Ms-Id: 1\r\nServer: s\r\nContent-Length: 0\r\n\r\n');
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
    node.run(scriptText('Test-EndpointByCurl'), { Endpoints: endpoints, ...more }, options);

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
    ['7.83.1', { exit: '0', certificates: '', headers: true }],
    ['7.70.0', { exit: '0', certificates: '', headers: false }],
    ['7.55.1', { exit: '0', certificates: '', headers: false }],
  ] as const)
    it(`gives what curl ${version} can tell`, async () => {
      await node.seed({ languageMode: 'Constrained', curl: version });
      const run = await probe([web('a'), web('b', { port: 1 })]);
      assert.deepEqual([run.outcome, run.errors], ['completed', []]);
      const [answered, refused] = linesOf(run.output, 'T');
      assert.deepEqual(
        [answered?.[1], answered?.[2], answered?.[10]],
        [lines.exit, '404', lines.certificates],
      );
      assert.equal(refused?.[1], '7');
      assert.equal(linesOf(run.output, 'H').length > 0, lines.headers);
    });

  it('says by a code that there is no curl.exe', async () => {
    await node.seed({ languageMode: 'Constrained', curl: 'none' });
    const run = await probe([web('a')]);
    assert.equal(run.outcome, 'failed');
    assert.match(run.errors.at(-1)?.message ?? '', /^curl-missing: /);
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

import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { before, describe, it, type TestContext } from 'node:test';
import { ownTemp } from '../../../emulator/lab/own-temp.ts';
import type { HostAnswer } from '../../../emulator/nodes/host-protocol.ts';
import { hostCommand } from '../../../emulator/nodes/powershell-host.ts';
import { buildHost } from '../../../scripts/build-host.ts';
import { until } from '../../lab/processes.ts';
import { startNode } from '../../support/node-host.ts';

/** The bare program: lines in, lines out. */
class RawHost {
  readonly child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  constructor(command: readonly string[], test: TestContext) {
    const [program = '', ...args] = command;
    const temp = ownTemp();
    const child = spawn(program, args, { env: { ...process.env, ...temp.environment } });
    child.stderr.pipe(process.stderr);
    this.child = child;
    const closed = once(child, 'close');
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    test.after(async () => {
      child.kill('SIGKILL');
      // Not before all that it started has gone, too.
      await closed;
      temp.remove();
    });
  }

  send(...lines: readonly (string | Readonly<Record<string, unknown>>)[]): void {
    for (const line of lines)
      this.child.stdin.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
  }

  async next(): Promise<HostAnswer> {
    const line: IteratorResult<string, unknown> = await this.#lines.next();
    return JSON.parse(String(line.value)) as HostAnswer;
  }
}

const SEED = { id: 'seed', op: 'seed', node: { name: 'node1' } };

describe('the host program', () => {
  before(() =>
    buildHost(line => {
      console.error(line);
    }),
  );

  it('leaves no file of its drive when it is killed', async () => {
    const node = await startNode();
    const { output } = await node.run(
      "Set-Content -LiteralPath 'C:\\kept.txt' -Value 'x'\n[IO.Path]::GetTempPath()\n[Diagnostics.Process]::GetCurrentProcess().Id",
    );
    const [folder, pid] = output;
    assert.equal(existsSync(String(folder)), true);
    process.kill(Number(pid), 'SIGKILL');
    await until('its folder is gone', () => !existsSync(String(folder)));
    await node.stop();
  });

  it('answers what it cannot understand, and goes on', async t => {
    const host = new RawHost(hostCommand(), t);
    const bad: readonly (readonly [
      string | Readonly<Record<string, unknown>>,
      string | undefined,
      RegExp,
    ])[] = [
      ['{"id": "a", ', undefined, /./],
      ['[1]', undefined, /object/],
      ['{"op":"state"}', undefined, /id is missing/],
      [{ id: 'b', op: 'state' }, 'b', /not seeded/],
      [{ id: 'c', op: 'dance' }, 'c', /op "dance"/],
      [{ id: 'd', op: 'seed', node: {} }, 'd', /node\.name/],
      [{ id: 'e', op: 'seed', node: { name: 'x', languageMode: 'None' } }, 'e', /languageMode/],
      [{ id: 'f', op: 'seed', node: { name: 'x', registry: { 'HKLM:\\A': { v: true } } } }, 'f', /value "v"/],
      [
        { id: 'g', op: 'seed', node: { name: 'x', cluster: { name: 'c', nodes: [], cloud: 'moon' } } },
        'g',
        /cloud/,
      ],
    ];
    for (const [line, id, message] of bad) {
      host.send(line);
      const answer = await host.next();
      assert.equal(answer.id, id);
      assert.match(answer.fatal ?? '', message);
    }
    host.send(
      SEED,
      { id: 'h', op: 'run', script: '1', timeoutMs: 0 },
      { id: 'i', op: 'run', script: '1', parameters: [] },
    );
    assert.equal((await host.next()).done, true);
    assert.match((await host.next()).fatal ?? '', /timeoutMs/);
    assert.match((await host.next()).fatal ?? '', /parameters/);
    host.send({ id: 'j', op: 'run', script: "[Console]::WriteLine('no line of the protocol'); 1" });
    assert.deepEqual(await host.next(), { id: 'j', output: 1 });
    assert.equal((await host.next()).end, 'completed');
  });

  it('ends with its input, even while a script blocks', { timeout: 30_000 }, async t => {
    const host = new RawHost(hostCommand(), t);
    host.send(SEED, { id: 'r', op: 'run', script: '1; [Threading.Thread]::Sleep(600000)' });
    assert.equal((await host.next()).done, true);
    assert.deepEqual(await host.next(), { id: 'r', output: 1 });
    host.child.stdin.end();
    const [code] = (await once(host.child, 'exit')) as [number | null];
    assert.equal(code, 0);
  });

  it('stops what runs when the node is made anew', async () => {
    const node = await startNode();
    try {
      const started = Promise.withResolvers<unknown>();
      const run = node.run(
        '1; while ($true) { Start-Sleep -Milliseconds 5 }',
        {},
        { onOutput: started.resolve },
      );
      await started.promise;
      await node.seed({ name: 'node2' });
      assert.equal((await run).outcome, 'stopped');
      assert.deepEqual((await node.run('$env:COMPUTERNAME')).output, ['NODE2']);
    } finally {
      await node.stop();
    }
  });

  it('tells runs of a host that has gone that they are over', async () => {
    const node = await startNode();
    const started = Promise.withResolvers<unknown>();
    const run = node.run(
      '1; while ($true) { Start-Sleep -Milliseconds 5 }',
      {},
      { onOutput: started.resolve },
    );
    await started.promise;
    await node.stop();
    const { outcome, errors } = await run;
    assert.ok(
      outcome === 'stopped' || (outcome === 'failed' && /has ended/.test(errors[0]?.message ?? '')),
      outcome,
    );
    assert.match((await node.run('1')).errors[0]?.message ?? '', /has ended/);
    await assert.rejects(node.state(), /has ended/);
  });
});

/** A network with nothing but loopback, in which the gallery's name means this computer. */
const ALONE = [
  'unshare',
  '--user',
  '--map-root-user',
  '--net',
  '--mount',
  '--pid',
  '--fork',
  '--kill-child',
  '--',
  'sh',
  '-c',
];
const canBeAlone =
  process.platform === 'linux' && spawnSync('unshare', [...ALONE.slice(1), 'ip link set lo up']).status === 0;

describe('Install-Module on its own network', { skip: canBeAlone ? false : 'needs Linux namespaces' }, () => {
  before(() =>
    buildHost(line => {
      console.error(line);
    }),
  );

  /**
   * Whether the module came.
   *
   * @param port where something listens in the node's network; 0: on no port that anybody knows
   * @param answer what it says to a request for a tunnel to the gallery
   */
  async function installs(
    test: TestContext,
    port: number,
    answer: string,
    node: Readonly<Record<string, unknown>> = {},
  ): Promise<boolean> {
    const setup = `ip link set lo up
      echo '127.0.0.1 www.powershellgallery.com' > "$0" && mount --bind "$0" /etc/hosts && exec "$@"`;
    const listener = `
      const [port, answer, program, ...args] = process.argv.slice(1);
      require('node:net').createServer(socket => {
        socket.on('error', () => {});
        socket.on('data', data => String(data).startsWith('CONNECT www.powershellgallery.com:443 ') ? socket.end(answer) : socket.destroy());
      }).listen(Number(port), '127.0.0.1', () => {
        require('node:child_process').spawn(program, args, { stdio: 'inherit' }).on('exit', code => process.exit(code));
      });`;
    const folder = await mkdtemp(join(tmpdir(), 'gallery-'));
    test.after(() => rm(folder, { recursive: true }));
    const beside = [process.execPath, '-e', listener, String(port), answer];
    const host = new RawHost([...ALONE, setup, join(folder, 'hosts'), ...beside, ...hostCommand()], test);
    const install =
      'Install-Module WinInetProxy -Force -ErrorAction SilentlyContinue; [bool](Get-Module -ListAvailable WinInetProxy)';
    host.send(
      { id: 's', op: 'seed', node: { name: 'node1', ...node } },
      { id: 'r', op: 'run', script: install },
    );
    for (;;) {
      const { output } = await host.next();
      if (output !== undefined) return output === true;
    }
  }

  it('fails when nothing answers at the gallery', async t => {
    assert.equal(await installs(t, 0, ''), false);
  });

  it('brings the module when the gallery answers', async t => {
    assert.equal(await installs(t, 443, ''), true);
  });

  for (const [status, expected] of [
    ['200 Connection established', true],
    ['403 Forbidden', false],
  ] as const) {
    it(`goes through the node's proxy, which says ${status}`, async t => {
      const proxy = { proxy: '127.0.0.1:8080' };
      assert.equal(await installs(t, 8080, `HTTP/1.1 ${status}\r\n\r\n`, proxy), expected);
    });
  }
});

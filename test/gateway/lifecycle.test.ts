import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { describe, it, type TestContext } from 'node:test';
import { canUseLab } from '../../emulator/lab/network/can-use-lab.ts';
import { publishedFolder } from '../../emulator/nodes/dotnet.ts';
import { installTool } from './support/installed-tool.ts';

const START = join(import.meta.dirname, '../../emulator/start.ts');
const PROGRAM = `
const { main, readOptions } = await import(process.argv[1]);
await main({ ...readOptions(process.argv.slice(3)), appFolder: process.argv[2], companion: COMPANION });
`;

const hostIsBuilt = existsSync(join(publishedFolder('powershell-host'), 'powershell-host.dll'));
const skipWithoutHost = !hostIsBuilt && 'the PowerShell host is not built';
const lab = await canUseLab();
const onLinux = process.platform === 'linux';

/** `npm start` without its build steps, over a tool of our own. */
const start = (t: TestContext, ...options: string[]): Promise<ChildProcess> =>
  startWith(t, 'undefined', ...options);

/** The same beside something else that runs. @param companion as JavaScript */
async function startWith(t: TestContext, companion: string, ...options: string[]): Promise<ChildProcess> {
  const tool = await installTool();
  const program = PROGRAM.replace('COMPANION', companion);
  const argv = ['--input-type=module', '-e', program, START, tool.folder, ...options, '--no-open'];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
    await tool.remove();
  });
  return child;
}

/** Lines up to and including the one that says `Ready:`. */
async function untilReady(child: ChildProcess): Promise<string> {
  assert.ok(child.stdout);
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('Ready: ')) return line.slice('Ready: '.length);
  }
  throw new Error(`It ended before it was ready: ${child.stderr ? await text(child.stderr) : ''}`);
}

async function exitCode(child: ChildProcess): Promise<unknown> {
  const closed: unknown[] = await once(child, 'close');
  return closed[0];
}

/** Every process below one, from /proc. */
function descendants(pid: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    const parent = parentOf(Number(entry));
    if (parent !== undefined) parents.set(Number(entry), parent);
  }
  const below = (top: number): number[] =>
    [...parents].filter(([, parent]) => parent === top).flatMap(([own]) => [own, ...below(own)]);
  return below(pid);
}

/** The parent's id, behind the program's name in parentheses; undefined when the process is gone. */
function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

describe('npm start', () => {
  for (const [network, signals] of [
    ['local', ['SIGINT', 'SIGTERM', 'SIGHUP']],
    ['lab', ['SIGINT']],
  ] as const) {
    for (const signal of signals) {
      const labSkip = network === 'lab' && !lab.usable && lab.reason;
      const skip = skipWithoutHost || labSkip || (!onLinux && 'it looks into /proc');
      it(`ends everything on ${signal}, ${network} network`, { skip }, async t => {
        const child = await start(t, '--port', '0', '--network', network);
        const url = await untilReady(child);
        assert.match(url, /^http:\/\/localhost:\d+\/$/);
        assert.equal((await fetch(url)).status, 200);
        assert.ok(child.pid);
        const started = descendants(child.pid);
        assert.ok(started.length >= 3, 'one process a node that is not down');
        const closed = once(child, 'close');
        child.kill(signal);
        assert.deepEqual(await closed, [0, null]);
        assert.deepEqual(
          started.filter(pid => parentOf(pid) !== undefined),
          [],
        );
        await assert.rejects(fetch(url));
      });
    }
  }

  it('gives up starting when it is interrupted, and leaves nothing', { skip: skipWithoutHost }, async t => {
    const child = await start(t, '--port', '0', '--network', 'local');
    assert.ok(child.stdout && child.pid);
    const closed = once(child, 'close');
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith('Starting the nodes')) break;
    }
    child.kill('SIGINT');
    assert.deepEqual(await closed, [0, null]);
  });

  for (const [what, pause, code] of [
    ['ignores a second signal that comes with the first', 0, 0],
    ['ends at once with a signal that comes later', 1100, 130],
  ] as const) {
    it(what, async t => {
      const folder = await mkdtemp(join(tmpdir(), 'down-'));
      t.after(() => rm(folder, { recursive: true }));
      const scenario = join(folder, 'down.json');
      await writeFile(scenario, '{"cluster":{"name":"c"},"nodes":[{"name":"n1","state":"Down"}]}');
      const slow = `{ ready: Promise.resolve(), ended: new Promise(() => {}),
        stop: () => new Promise(resolve => setTimeout(resolve, ${pause === 0 ? 300 : 60_000})) }`;
      const child = await startWith(t, slow, '--port', '0', '--network', 'local', '--scenario', scenario);
      assert.ok(child.stdout);
      const closed = once(child, 'close');
      let first = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        if (line.startsWith('Ready: ')) {
          first = performance.now();
          child.kill('SIGINT');
        }
        if (line.startsWith('Stopping')) break;
      }
      child.kill('SIGINT');
      const again = setInterval(() => performance.now() - first > pause && child.kill('SIGINT'), 50);
      t.after(() => {
        clearInterval(again);
      });
      assert.deepEqual(await closed, [code, null]);
      assert.ok(performance.now() - first >= pause);
    });
  }

  it('ends with a failure when what serves the tool ends', async t => {
    const folder = await mkdtemp(join(tmpdir(), 'down-'));
    t.after(() => rm(folder, { recursive: true }));
    const scenario = join(folder, 'down.json');
    await writeFile(scenario, '{"cluster":{"name":"c"},"nodes":[{"name":"n1","state":"Down"}]}');
    const gone = '{ ready: Promise.resolve(), ended: Promise.resolve(), stop: () => Promise.resolve() }';
    const child = await startWith(t, gone, '--port', '0', '--network', 'local', '--scenario', scenario);
    assert.equal(await exitCode(child), 1);
  });

  it('says in one line that the port is in use', async t => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    t.after(() => {
      other.close();
    });
    const address = other.address();
    assert.ok(address !== null && typeof address === 'object');
    const child = await start(t, '--port', String(address.port), '--network', 'local');
    assert.ok(child.stderr);
    const [said, code] = await Promise.all([text(child.stderr), exitCode(child)]);
    assert.equal(code, 1);
    assert.match(said, new RegExp(`^Port ${String(address.port)} is in use by another program: .*\\n$`));
  });

  it('answers a wrong option with one line of usage on standard error and nothing else', async t => {
    const child = await start(t, '--speed', '9');
    assert.ok(child.stderr && child.stdout);
    const [said, printed, code] = await Promise.all([
      text(child.stderr),
      text(child.stdout),
      exitCode(child),
    ]);
    assert.deepEqual([code, printed], [2, '']);
    assert.match(said, /^Usage: npm start .*\n$/);
  });
});

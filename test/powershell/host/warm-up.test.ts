import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { hostCommand, PowerShellHost } from '../../../emulator/nodes/powershell-host.ts';
import { buildHost } from '../../../scripts/build-host.ts';
import { until } from '../../lab/processes.ts';
import { startNode } from '../../support/node-host.ts';
import { answering, ProbeServers } from '../../support/probe-servers.ts';

const SCRIPT = join(import.meta.dirname, '../../../emulator/powershell-host/WarmUp/warm-up.ps1');
const SEED = { name: 'node1', registry: { 'HKLM:\\SOFTWARE\\Contoso': { v: 1 } }, environment: { A: 'b' } };

describe("the warm-up of a node's engine", () => {
  before(() => buildHost(line => console.error(line)));

  it('runs to its end', async () => {
    // A fault in it is told to nobody, so only this shows that it warms anything.
    const servers = await ProbeServers.create();
    const node = await startNode();
    try {
      const Port = await servers.listenTls('localhost', 'genuine', answering('HTTP/1.1 200 OK\r\n\r\n'));
      const parameters = { Port, Items: [{ id: 'x' }] };
      const { outcome, errors, output } = await node.run(readFileSync(SCRIPT, 'utf8'), parameters);
      assert.deepEqual([outcome, errors], ['completed', []]);
      assert.equal((output as readonly { readonly id: string }[])[0]?.id, 'x');
    } finally {
      await node.stop();
      await servers.stop();
    }
  });

  it(
    'leaves no trace on the node, and none on the computer',
    { skip: process.platform === 'linux' ? false : 'looks at threads in /proc' },
    async () => {
      const [program = '', ...args] = hostCommand();
      const child = spawn(program, args);
      const noise: string[] = [];
      child.stderr.on('data', data => noise.push(String(data)));
      const host = hostOf(child);
      try {
        await host.seed(SEED);
        const atFirst = await host.state();
        await until('it has begun', () => isWarmingUp(child.pid));
        await until('it is over', () => !isWarmingUp(child.pid));
        assert.deepEqual(await host.state(), atFirst);
        assert.deepEqual(atFirst.calls, []);
        assert.deepEqual(tcpSocketsOf(child.pid), []);
        assert.deepEqual(noise, []);
        await host.seed({ name: 'node2' });
        assert.equal((await host.state()).name, 'node2');
        assert.equal(isWarmingUp(child.pid), false, 'once for each process');
      } finally {
        await host.close();
      }
    },
  );
});

function hostOf(child: ChildProcessWithoutNullStreams): PowerShellHost {
  const ended = once(child, 'close').then(() => undefined);
  return new PowerShellHost({
    stdin: child.stdin,
    stdout: child.stdout,
    ended,
    kill: () => child.kill('SIGKILL'),
  });
}

/** Whether the process has a thread of this name now. */
function isWarmingUp(pid = 0): boolean {
  return globSync(`/proc/${pid}/task/*/comm`).some(file => textOf(file).trim() === 'warm-up');
}

/** Rows of the process's own sockets in the kernel's table. */
function tcpSocketsOf(pid = 0): readonly string[] {
  const own = globSync(`/proc/${pid}/fd/*`).map(file => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(file))?.[1];
    } catch {
      return undefined;
    }
  });
  const rows = textOf(`/proc/${pid}/net/tcp`).trim().split('\n').slice(1);
  return rows.filter(row => own.includes(row.trim().split(/\s+/)[9]));
}

/** '' when the file has gone meanwhile. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

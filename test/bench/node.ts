import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { hostCommand, PowerShellHost } from '../../emulator/nodes/powershell-host.ts';
import { type Figure, inMs, median, scatter } from './figures.ts';

const ROUNDS = 5;

/** How long a simulated node takes from its start to the end of its first script, and the memory that it then holds. */
export async function benchNode(): Promise<readonly Figure[]> {
  const starts: number[] = [];
  const sizes: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [program = '', ...args] = hostCommand();
    const began = performance.now();
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const host = new PowerShellHost({
      stdin: child.stdin,
      stdout: child.stdout,
      ended: once(child, 'close').then(() => undefined),
      kill: () => child.kill('SIGKILL'),
    });
    await host.seed({ name: 'node1' });
    await new Promise<void>(resolve => {
      host.run({ script: '1..3 | Sort-Object' }, { output: () => undefined, end: () => resolve() });
    });
    starts.push(performance.now() - began);
    sizes.push(residentMegabytes(child.pid ?? 0));
    await host.close();
  }
  return [
    {
      what: 'node: start to the end of its first script',
      value: inMs(median(starts)),
      note: `median of ${scatter(starts)}`,
      measured: { figure: 'node-start', value: Math.round(median(starts)), unit: 'ms' },
    },
    {
      what: 'node: memory',
      value: `${Math.round(median(sizes))} MB`,
      note: `resident after that script; median of ${scatter(sizes)}`,
      measured: { figure: 'node-memory', value: Math.round(median(sizes)), unit: 'MB' },
    },
  ];
}

function residentMegabytes(pid: number): number {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1000;
}

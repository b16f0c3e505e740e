import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { NodeProcess } from './network/network.ts';

/** Takes a line of what a program or the lab has to say. */
export type Log = (line: string) => void;

/** Variables that would let a simulated node see this computer's own proxy, or change how Node.js runs. */
const NOT_INHERITED = /^(https?_proxy|all_proxy|no_proxy|ftp_proxy|node_options|node_test_context)$/i;

/** This process's environment without what a simulated node must not inherit, and with `own` added. */
export function nodeEnvironment(own: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !NOT_INHERITED.test(name));
  return { ...Object.fromEntries(inherited), ...own };
}

/** Starts a program in a process group of its own: Ctrl+C does not reach it, and killing it takes its children along. */
export async function startNodeProcess(
  command: readonly string[],
  environment: NodeJS.ProcessEnv,
  log: Log,
): Promise<NodeProcess> {
  const [program = '', ...args] = command;
  const grouped = process.platform !== 'win32';
  const child = spawn(program, args, {
    env: environment,
    stdio: 'pipe',
    detached: grouped,
    windowsHide: true,
  });
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()));
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stderr }).on('line', log);
  await once(child, 'spawn');
  const { pid } = child;
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    ended,
    kill: () => {
      if (child.exitCode !== null || child.signalCode !== null || pid === undefined) return;
      if (!grouped) child.kill();
      else killGroup(pid);
    },
  };
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (error) {
    // It may have ended in the meantime.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

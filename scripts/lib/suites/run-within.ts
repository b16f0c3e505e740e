import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '../paths.ts';

export interface Outcome {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  /** Both of its streams, as they came. */
  readonly text: string;
  /** It did not end in time, and was ended. */
  readonly isTooLong: boolean;
}

/** How long what a program has started may outlive it. */
const GRACE_MS = 2000;

/** Elsewhere the console passes a signal on, and there are no groups. */
const hasGroups = process.platform !== 'win32';
const running = new Set<ChildProcess>();

/**
 * Runs a program in the project's folder and keeps what it says. One that does not end within the limit is ended, with
 * all that it has started.
 */
export function runWithin(limitMs: number, program: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: hasGroups,
    });
    running.add(child);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', chunk => (text += String(chunk)));
    }
    let isTooLong = false;
    const limit = setTimeout(() => {
      isTooLong = true;
      signalAll(child, 'SIGKILL');
    }, limitMs);
    child.on('error', reject);
    child.on('exit', () => {
      clearTimeout(limit);
      void endLeftOvers(child);
    });
    child.on('close', code => {
      running.delete(child);
      resolve({ code: code ?? undefined, text, isTooLong });
    });
  });
}

/** Ctrl+C in a terminal does not reach other groups: pass it on, and end as it asks. */
export function passSignalsOn(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      for (const child of running) signalAll(child, signal);
      process.exit(128 + constants.signals[signal]);
    });
  }
}

/** What it left behind could hold its streams open, and would go on for ever. */
async function endLeftOvers(child: ChildProcess): Promise<void> {
  for (let waited = 0; hasGroups && signalAll(child, 0); waited += 100) {
    if (waited >= GRACE_MS) {
      signalAll(child, 'SIGKILL');
      return;
    }
    await delay(100);
  }
}

/** Whether somebody got it. */
function signalAll(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  try {
    return process.kill(hasGroups ? -child.pid : child.pid, signal);
  } catch {
    return false;
  }
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Companion } from '../../emulator/start.ts';
import { ROOT } from './paths.ts';

/** Angular's dev server with the tool on it. */
export interface DevServer extends Companion {
  /** `http://localhost:4200`, as the serve target of angular.json has it. */
  readonly origin: string;
}

const PORT = 4200;
const PATIENCE_MS = 5000;

/** Starts the dev server; rejects when its port is taken. */
export async function startDevServer(): Promise<DevServer> {
  await assertFree();
  const origin = `http://localhost:${PORT}`;
  const child = spawn(process.execPath, [join(ROOT, 'node_modules/@angular/cli/bin/ng.js'), 'serve'], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = once(child, 'exit').then(() => undefined);
  // However this process ends, the server may not outlive it.
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  process.on('exit', kill);
  let stopping = false;
  const over = new AbortController();
  void ended.then(() => {
    if (!stopping) console.error('The dev server has ended.');
    over.abort();
    process.off('exit', kill);
  });
  const ready = untilServed(`${origin}/manifest.json`, over.signal);
  // It is awaited later, when the emulator has started.
  ready.catch(() => undefined);
  return {
    origin,
    ready,
    ended,
    stop: async () => {
      stopping = true;
      child.kill();
      const patience = setTimeout(kill, PATIENCE_MS);
      await ended;
      clearTimeout(patience);
    },
  };
}

async function untilServed(url: string, over: AbortSignal): Promise<void> {
  for (;;) {
    if (over.aborted) throw new Error('The tool cannot be served: see the messages of the dev server above.');
    const response = await fetch(url, { signal: over }).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok === true) return;
    await delay(200);
  }
}

function assertFree(): Promise<void> {
  return new Promise((resolve, reject) => {
    const trial = createServer();
    trial.once('error', () => {
      reject(new Error(`Port ${PORT} is in use by another program: the dev server needs it.`));
    });
    trial.listen(PORT, 'localhost', () => trial.close(() => resolve()));
  });
}

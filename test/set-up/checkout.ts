import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const ROOT = join(import.meta.dirname, '../..');
const OLD_NODE = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.0.0'})";

/** A command of the checkout, running. */
export interface Command {
  readonly process: ChildProcess;
  /** What it has said up to now, on both streams. */
  said(): string;
  /** Resolves with its exit code, or the signal that ended it. */
  ended(): Promise<number | string | null>;
}

/**
 * A fresh checkout with this project's own set-up, a command `build` that says "built", and an npm that writes down how
 * it is called, and ends only once it may.
 */
export interface Checkout {
  readonly folder: string;
  /**
   * Starts a command in a process group of its own.
   * @param options `byNpm`: in a shell, as npm does; then the process is the shell's
   */
  start(
    command: 'build' | 'allowlist',
    options?: { readonly oldNode?: boolean; readonly byNpm?: boolean },
  ): Command;
  /** From now on, npm ends at once. */
  letNpmEnd(): void;
  /** From now on, npm waits. */
  holdNpm(): void;
  /** How npm was called, in order; a call that came to its end is followed by "done". */
  npmCalls(): readonly string[];
  write(path: string, text: string): void;
  has(path: string): boolean;
  /** Ends every command that is still running, and removes the folder. */
  remove(): Promise<void>;
}

/** Waits until something holds, for at most a minute. */
export async function until(what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 1200) throw new Error(`In a minute it never came to this: ${what}.`);
    await delay(50);
  }
}

export async function freshCheckout(): Promise<Checkout> {
  const folder = await mkdtemp(join(tmpdir(), 'set-up-'));
  const path = (name: string): string => join(folder, name);
  const write = (name: string, text: string): void => {
    mkdirSync(join(path(name), '..'), { recursive: true });
    writeFileSync(path(name), text);
  };
  cpSync(join(ROOT, 'scripts/bootstrap'), path('scripts/bootstrap'), { recursive: true });
  cpSync(join(ROOT, 'scripts/bootstrap.mjs'), path('scripts/bootstrap.mjs'));
  cpSync(join(ROOT, 'package-lock.json'), path('package-lock.json'));
  write('package.json', '{ "type": "module" }');
  write('scripts/build.ts', "console.log('built');");
  write('scripts/allowlist.ts', "console.log(`list from ${process.env['ALLOWLIST_PACKAGES']}`);");
  cpSync(join(import.meta.dirname, 'fake-npm.sh'), path('bin/npm'));
  write('npm-calls', '');
  const commands: Command[] = [];
  return {
    folder,
    write,
    start(command, { oldNode = false, byNpm = false } = {}) {
      const options = oldNode ? ['--import', OLD_NODE] : [];
      const program = [process.execPath, ...options, path('scripts/bootstrap.mjs'), command];
      // A shell that has more to do stays beside its program.
      const [name = '', ...argv] = byNpm ? ['sh', '-c', '"$@"; :', 'sh', ...program] : program;
      const child = spawn(name, argv, {
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env,
          PATH: `${path('bin')}${delimiter}${process.env['PATH'] ?? ''}`,
          ...(byNpm && { npm_lifecycle_event: command }),
          FAKE_NPM: folder,
          REAL_NODE: process.execPath,
          NODE_NAME: `node-${process.platform}-${process.arch}`,
        },
      });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (said += String(chunk)));
      const ended = once(child, 'close').then(([code, signal]) => (signal ?? code) as number | string | null);
      const started = { process: child, said: () => said, ended: () => ended };
      commands.push(started);
      return started;
    },
    letNpmEnd: () => write('npm-may-end', ''),
    holdNpm: () => rmSync(path('npm-may-end'), { force: true }),
    npmCalls: () => readFileSync(path('npm-calls'), 'utf8').split('\n').filter(Boolean),
    has: name => existsSync(path(name)),
    async remove() {
      for (const { process: child } of commands) endGroup(child, 'SIGKILL');
      await Promise.all(commands.map(each => each.ended()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Ends a command and all that it has started, as closing its terminal would. */
export function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // They have all ended.
  }
}

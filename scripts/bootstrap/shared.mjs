import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const tools = join(root, '.tools');

/** Something is missing that cannot be brought; the message is one sentence for whoever sits at the computer. */
export class BootstrapError extends Error {}

export function say(message) {
  console.error(message);
}

/** The full path of a program on the PATH, or undefined. */
export function which(name, env = process.env) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  for (const folder of (env.PATH ?? env.Path ?? '').split(delimiter)) {
    for (const ending of endings) {
      const file = join(folder, name + ending);
      if (folder && existsSync(file)) return file;
    }
  }
  return undefined;
}

const running = new Set();
let onStart = () => undefined;

/** Calls back with every program that is started from now on. */
export function watchPrograms(callback) {
  onStart = callback;
}

/** A signal to this process alone must not leave programs behind. Returns what ends this watch. */
export function endProgramsOnSignal() {
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map(signal => {
    const handler = () => {
      for (const child of running) child.kill(signal);
      process.exit(128 + constants.signals[signal]);
    };
    process.once(signal, handler);
    return () => process.off(signal, handler);
  });
  return () => handlers.forEach(forget => forget());
}

/** Runs a program with its output on stderr; true when it ended with 0. */
export function succeeds(program, args, env, options = {}) {
  return new Promise(resolve => {
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 2, 2], ...options });
    running.add(child);
    const end = worked => {
      running.delete(child);
      resolve(worked);
    };
    child.on('error', () => end(false));
    child.on('exit', code => end(code === 0));
    onStart(child);
  });
}

/** What a program prints, or undefined when it cannot be run. */
export function output(program, args, env) {
  const result = spawnSync(program, args, { env, encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

/**
 * npm of the running Node; on Windows a command file, which needs the shell. Of what npm says, only errors: no reader
 * can do anything about the warnings of packages. Their install scripts do not run; none that we use needs its own.
 */
export function npm(args, env) {
  const windows = process.platform === 'win32';
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  return succeeds(windows ? 'npm.cmd' : 'npm', [...args, ...quiet], env, { shell: windows });
}

export function prependPath(folder, env) {
  const key = Object.keys(env).find(name => name.toUpperCase() === 'PATH') ?? 'PATH';
  env[key] = folder + delimiter + (env[key] ?? '');
}

import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
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

/** Debian or Ubuntu, as root: the only case in which the system's own packages may be installed without asking. */
export function canInstallDebianPackages(env) {
  return process.platform === 'linux' && process.getuid?.() === 0 && which('apt-get', env) !== undefined;
}

/** Installs packages with apt; true when that worked. */
export async function installDebianPackages(names, env) {
  const quiet = { ...env, DEBIAN_FRONTEND: 'noninteractive' };
  if (!(await succeeds('apt-get', ['update', '-qq'], quiet))) return false;
  return succeeds('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], quiet);
}

/** Runs a program with its output on stderr; true when it ended with 0. */
export function succeeds(program, args, env, options = {}) {
  return new Promise(resolve => {
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 2, 2], ...options });
    child.on('error', () => resolve(false));
    child.on('exit', code => resolve(code === 0));
  });
}

/** What a program prints, or undefined when it cannot be run. */
export function output(program, args, env) {
  const result = spawnSync(program, args, { env, encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

/** npm of the running Node; on Windows a command file, which needs the shell. */
export function npm(args, env) {
  const windows = process.platform === 'win32';
  return succeeds(windows ? 'npm.cmd' : 'npm', args, env, { shell: windows });
}

export function prependPath(folder, env) {
  const key = Object.keys(env).find(name => name.toUpperCase() === 'PATH') ?? 'PATH';
  env[key] = folder + delimiter + (env[key] ?? '');
}

import { output, succeeds, which } from './shared.mjs';

/** Debian or Ubuntu, as root: the only case in which the system's own packages may be installed without asking. */
export function canInstallDebianPackages(env) {
  return process.platform === 'linux' && process.getuid?.() === 0 && which('apt-get', env) !== undefined;
}

/** apt does one thing at a time, and reads the lists of packages once. */
let queue = Promise.resolve();
let updated;

/** Installs packages with apt; true when that worked. */
export function installDebianPackages(names, env) {
  const turn = queue.then(() => install(names, { ...env, DEBIAN_FRONTEND: 'noninteractive' }));
  queue = turn;
  return turn;
}

async function install(names, env) {
  updated ??= succeeds('apt-get', ['update', '-qq'], env);
  if (!(await updated)) return false;
  const args = ['-qq', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'];
  const again = () => succeeds('apt-get', ['install', ...args, ...names], env);
  // Said quietly: a distribution without the package is no mistake of the reader's.
  if (output('apt-cache', ['show', '--quiet', ...names], env) === undefined) return false;
  if (await again()) return true;
  // An installation that was ended in the middle must be completed before another begins.
  return (await succeeds('dpkg', ['--configure', '-a'], env)) && again();
}

import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BootstrapError, npm, prependPath, say, tools } from './shared.mjs';

const VERSION = '24.21.0';
const system = process.platform === 'win32' ? 'win' : process.platform;
const name = `node-${system}-${process.arch}`;
const home = join(tools, 'node_modules', name);
const program = join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Angular 22 supports Node ^22.22.3, ^24.15 and 26 or newer. Ours runs TypeScript as it is, which these all do. */
export function isSupported(version) {
  const [major, minor, patch] = version.split('.').map(Number);
  if (major === 22) return minor > 22 || (minor === 22 && patch >= 3);
  if (major === 24) return minor >= 15;
  return major >= 26;
}

/** The Node to go on with, first on the PATH: the running one when it is new enough, else one in `.tools`. */
export const node = {
  isThere(env) {
    if (!isSupported(process.versions.node) && !isOurs()) return false;
    prependPath(dirname(this.program()), env);
    return true;
  },

  program: () => (isSupported(process.versions.node) ? process.execPath : program),

  /** Made beside its place and moved there whole, so that an interrupted download leaves nothing that looks complete. */
  async bring(env) {
    say(`Node ${process.versions.node} is too old for Angular 22: bringing Node ${VERSION} into .tools …`);
    const fresh = join(tools, 'node.new');
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { recursive: true });
    if (!(await npm(['install', '--prefix', fresh, '--no-save', `${name}@${VERSION}`], env)))
      throw new BootstrapError(
        `Node ${VERSION} could not be brought here: install Node 24.15 or newer and run this again.`,
      );
    await rm(home, { recursive: true, force: true });
    await mkdir(dirname(home), { recursive: true });
    await rename(join(fresh, 'node_modules', name), home);
    await rm(fresh, { recursive: true, force: true });
  },
};

function isOurs() {
  try {
    const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
    return version === VERSION && existsSync(program);
  } catch {
    return false;
  }
}

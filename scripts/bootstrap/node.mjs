import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BootstrapError, npm, prependPath, say, tools } from './shared.mjs';

const VERSION = '24.21.0';

/** Angular 22 supports Node ^22.22.3, ^24.15 and 26 or newer. Ours runs TypeScript as it is, which these all do. */
export function isSupported(version) {
  const [major, minor, patch] = version.split('.').map(Number);
  if (major === 22) return minor > 22 || (minor === 22 && patch >= 3);
  if (major === 24) return minor >= 15;
  return major >= 26;
}

/** The Node to go on with: the running one when it is new enough, else one brought into `.tools`. Puts it first on the PATH. */
export async function ensureNode(env) {
  if (isSupported(process.versions.node)) {
    prependPath(dirname(process.execPath), env);
    return process.execPath;
  }
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${system}-${process.arch}`;
  const folder = join(tools, 'node_modules', name, 'bin');
  const program = join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(program)) {
    say(`Node ${process.versions.node} is too old for Angular 22: bringing Node ${VERSION} into .tools …`);
    const args = ['install', '--prefix', tools, '--no-save', '--no-audit', '--no-fund', `${name}@${VERSION}`];
    if (!(await npm(args, env)) || !existsSync(program))
      throw new BootstrapError(
        `Node ${VERSION} could not be brought here: install Node 24.15 or newer and run this again.`,
      );
  }
  prependPath(folder, env);
  return program;
}

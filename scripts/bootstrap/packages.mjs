import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BootstrapError, npm, root, say } from './shared.mjs';

// Kept inside the folder that it describes, so that it goes with it.
const stamp = join(root, 'node_modules/.installed-lock');

/** `npm ci` when the lock file is another than the one that was installed. */
export async function ensurePackages(env) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say('Installing the packages of package-lock.json …');
  if (!(await npm(['ci', '--no-audit', '--no-fund'], env)))
    throw new BootstrapError('npm ci failed: see its message above, mend that and run this again.');
  writeFileSync(stamp, lock);
}

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BootstrapError, npm, root, say, tools } from './shared.mjs';
import { partOfLock } from './part-of-lock.mjs';

const FAILED = 'npm ci failed: see its message above, mend that and run this again.';
const lockFile = join(root, 'package-lock.json');
// Kept inside the folder that it describes, so that it goes with it.
const stamp = join(root, 'node_modules/.installed-lock');

/** All packages of package-lock.json: `npm ci` when the lock file is another than the one that was installed. */
export const packages = {
  isThere: () => existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOfLock(),

  async bring(env) {
    say('Installing the packages of package-lock.json …');
    // Should this be interrupted, nobody may take what is there for complete.
    await rm(stamp, { force: true });
    const hash = hashOfLock();
    if (!(await npm(['ci'], env))) throw new BootstrapError(FAILED);
    await writeFile(stamp, hash);
  },
};

/** What the command line of the allowlist is made with: a few packages, installed apart from the others. */
export const ALLOWLIST = ['esbuild', 'fflate', 'papaparse'];
const few = join(tools, 'allowlist');

/** Those few, from the whole installation where it is complete. */
export const allowlistPackages = {
  isThere(env) {
    const folder = packages.isThere() ? root : few;
    if (folder === few && !isCurrent(wanted())) return false;
    env.ALLOWLIST_PACKAGES = folder;
    return true;
  },

  async bring(env) {
    say(`Installing ${ALLOWLIST.join(' and ')}, with which the command line is made …`);
    const { manifest, lock } = wanted();
    const fresh = `${few}.new`;
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { recursive: true });
    await writeFile(join(fresh, 'package.json'), manifest);
    await writeFile(join(fresh, 'package-lock.json'), lock);
    if (!(await npm(['ci', '--prefix', fresh], env))) throw new BootstrapError(FAILED);
    await rm(few, { recursive: true, force: true });
    await rename(fresh, few);
  },
};

function wanted() {
  return partOfLock(ALLOWLIST, JSON.parse(readFileSync(lockFile, 'utf8')));
}

function isCurrent({ lock }) {
  const file = join(few, 'package-lock.json');
  return existsSync(file) && readFileSync(file, 'utf8') === lock;
}

function hashOfLock() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}

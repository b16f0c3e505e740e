import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { takeLock } from '../bootstrap/lock.mjs';
import { ROOT } from './paths.ts';

/** One thing that is built: what it is made of, and a file that is there once it is built. */
export interface Product {
  readonly name: string;
  /** Files and folders below the root. */
  readonly inputs: readonly string[];
  readonly output: string;
  build(): Promise<void>;
}

/**
 * Builds a product unless its inputs are those of the last build; resolves with whether it built. Where another command
 * builds it already, waits for that.
 */
export async function buildIfStale(product: Product, log: (message: string) => void): Promise<boolean> {
  if (await isFresh(product)) return false;
  const lock = await takeLock(product.name.replaceAll(' ', '-'), `builds ${product.name}`);
  try {
    if (await isFresh(product)) return false;
    log(`Building ${product.name} …`);
    const hash = await hashInputs(product.inputs);
    const stamp = stampOf(product);
    // Should this be interrupted, what is there is not complete.
    await rm(stamp, { force: true });
    await product.build();
    await mkdir(dirname(stamp), { recursive: true });
    await writeFile(stamp, hash);
    return true;
  } finally {
    await lock.release();
  }
}

async function isFresh(product: Product): Promise<boolean> {
  const last = await readFile(stampOf(product), 'utf8').catch(() => '');
  return last === (await hashInputs(product.inputs)) && existsSync(join(ROOT, product.output));
}

function stampOf({ name }: Product): string {
  return join(ROOT, '.generated/stamps', name);
}

async function hashInputs(inputs: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const file of await filesBelow(input))
      hash
        .update(file)
        .update('\0')
        .update(await readFile(join(ROOT, file)));
  }
  return hash.digest('hex');
}

async function filesBelow(path: string): Promise<string[]> {
  const full = join(ROOT, path);
  if (!existsSync(full)) return [];
  if ((await stat(full)).isFile()) return [path];
  const entries = await readdir(full, { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .sort();
}

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './paths.ts';

/** One thing that is built: what it is made of, and a file that is there once it is built. */
export interface Product {
  readonly name: string;
  /** Files and folders below the root. */
  readonly inputs: readonly string[];
  readonly output: string;
  build(): Promise<void>;
}

/** Builds a product unless its inputs are those of the last build; resolves with whether it built. */
export async function buildIfStale(product: Product, log: (message: string) => void): Promise<boolean> {
  const stamp = join(ROOT, '.generated/stamps', product.name);
  const hash = await hashInputs(product.inputs);
  const last = await readFile(stamp, 'utf8').catch(() => '');
  if (last === hash && existsSync(join(ROOT, product.output))) return false;
  log(`Building ${product.name} …`);
  await product.build();
  await mkdir(join(ROOT, '.generated/stamps'), { recursive: true });
  await writeFile(stamp, hash);
  return true;
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

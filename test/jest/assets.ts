import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Edition } from '../../src/app/allowlist/catalog/catalog';
import type { AssetSource } from '../../src/app/wac/platform';

const FOLDERS: Readonly<Record<string, string>> = {
  'assets/powershell': 'scripts',
  'assets/catalog': 'catalog',
  'assets/catalog/languages': 'languages',
};

/** What ships, as `scripts/generate.ts` made it. */
export const shippedCatalog: AssetSource = {
  json: path => {
    const folder = FOLDERS[dirname(path)] ?? '';
    const text = readFileSync(join(process.cwd(), '.generated', folder, basename(path)), 'utf8');
    return Promise.resolve(JSON.parse(text) as unknown);
  },
};

/** A catalog of these editions; a path that is none of theirs is not found. */
export function catalogOf(...editions: readonly Edition[]): AssetSource {
  return {
    json: path => {
      if (path === 'assets/catalog/editions.json') return Promise.resolve(editions);
      const found = editions.find(({ id }) => path === `assets/catalog/${id}.json`);
      return found ? Promise.resolve(found) : Promise.reject(new Error(`${path}: HTTP 404`));
    },
  };
}

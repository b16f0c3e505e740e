import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const CATALOG = join(import.meta.dirname, '..');

/** Paths of the catalog's JSON files in one of its folders, sorted. */
export function jsonFiles(folder: string): readonly string[] {
  return readdirSync(join(CATALOG, folder))
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(name => join(CATALOG, folder, name));
}

export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

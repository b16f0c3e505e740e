import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOG, jsonFiles, readJson } from '../files.ts';
import type { ManifestFile } from './manifest.ts';

/** Has a folder for each edition that manifests came with, and in it a file for each region. */
export const MANIFESTS = join(CATALOG, 'validator');

/** By the id of the edition that they came with. */
export function readManifests(): ReadonlyMap<string, readonly ManifestFile[]> {
  if (!existsSync(MANIFESTS)) return new Map();
  const editions = readdirSync(MANIFESTS, { withFileTypes: true }).filter(each => each.isDirectory());
  return new Map(
    editions.map(({ name }) => [
      name,
      jsonFiles(join('validator', name)).map(file => readJson(file) as ManifestFile),
    ]),
  );
}

/** The newest manifest of each region that came with this edition or one before it. */
export function manifestsOf(
  edition: string,
  all: ReadonlyMap<string, readonly ManifestFile[]>,
): readonly ManifestFile[] {
  const family = edition.replace(/\d{4}-\d{2}$/, '');
  const found = new Map<string, ManifestFile>();
  for (const [id, manifests] of [...all].sort(([a], [b]) => a.localeCompare(b, 'en')))
    if (id.startsWith(family) && id <= edition)
      for (const manifest of manifests) found.set(manifest.region, manifest);
  return [...found.values()];
}

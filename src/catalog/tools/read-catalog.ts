import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  compose,
  type ComposedEdition,
  type EditionFile,
  type HostsFile,
  type InternalFile,
  type ListFile,
} from './compose.ts';

export const CATALOG = join(import.meta.dirname, '..');

/** Every edition, put together, in the order of their names. Throws when a file is damaged or the parts do not fit. */
export function readCatalog(): readonly ComposedEdition[] {
  const lists = readLists();
  const hosts = readHosts();
  const internals = readInternals();
  return jsonFiles('editions').map(file => compose(readJson(file) as EditionFile, lists, hosts, internals));
}

/** By name. */
export function readLists(): ReadonlyMap<string, ListFile> {
  return new Map(jsonFiles('lists').map(file => [basename(file, '.json'), readJson(file) as ListFile]));
}

/** By name. */
export function readInternals(): ReadonlyMap<string, InternalFile> {
  return new Map(
    jsonFiles('internal').map(file => [basename(file, '.json'), readJson(file) as InternalFile]),
  );
}

export function readHosts(): HostsFile {
  return readJson(join(CATALOG, 'hosts.json')) as HostsFile;
}

/** Paths of the catalog's JSON files in one of its folders, sorted. */
export function jsonFiles(folder: 'editions' | 'lists' | 'internal'): readonly string[] {
  return readdirSync(join(CATALOG, folder))
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(name => join(CATALOG, folder, name));
}

export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

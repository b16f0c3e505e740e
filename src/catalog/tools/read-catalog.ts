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
import { type BlocksFile, withBlocks } from './what-blocks.ts';

export const CATALOG = join(import.meta.dirname, '..');

/** What editions are put together from, beside their own files. */
export interface Parts {
  readonly lists: ReadonlyMap<string, ListFile>;
  readonly hosts: HostsFile;
  readonly internals: ReadonlyMap<string, InternalFile>;
  readonly blocks: BlocksFile;
}

/** Every edition, put together, in the order of their names. Throws when a file is damaged or the parts do not fit. */
export function readCatalog(): readonly ComposedEdition[] {
  const parts = readParts();
  return jsonFiles('editions').map(file => composeWhole(readJson(file) as EditionFile, parts));
}

export function readParts(): Parts {
  return { lists: readLists(), hosts: readHosts(), internals: readInternals(), blocks: readBlocks() };
}

/** An edition as the tool has it. Throws a `ComposeError` when the parts do not fit. */
export function composeWhole(
  edition: EditionFile,
  { lists, hosts, internals, blocks }: Parts,
): ComposedEdition {
  return withBlocks(compose(edition, lists, hosts, internals), blocks);
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

export function readBlocks(): BlocksFile {
  return readJson(join(CATALOG, 'blocks.json')) as BlocksFile;
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

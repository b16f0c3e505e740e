import { basename, join } from 'node:path';
import {
  compose,
  type ComposedEdition,
  type EditionFile,
  type HostsFile,
  type InternalFile,
  type ListFile,
} from './compose.ts';
import { CATALOG, jsonFiles, readJson } from './files.ts';
import { type LaterFile, withLater } from './later.ts';
import { purposeOf, readWords, type Words } from './import/words.ts';
import { withManifests } from './validator/fold.ts';
import type { ManifestFile } from './validator/manifest.ts';
import { manifestsOf, readManifests } from './validator/read-manifests.ts';
import type { ValidatorWords } from './validator/words.ts';
import { type BlocksFile, withBlocks } from './what-blocks.ts';

export { CATALOG, jsonFiles, readJson } from './files.ts';

/** What editions are put together from, beside their own files. */
export interface Parts {
  readonly lists: ReadonlyMap<string, ListFile>;
  readonly hosts: HostsFile;
  readonly internals: ReadonlyMap<string, InternalFile>;
  readonly blocks: BlocksFile;
  /** Of Microsoft's validator, by the edition that they came with. */
  readonly manifests: ReadonlyMap<string, readonly ManifestFile[]>;
  readonly validator: ValidatorWords;
  readonly words: Words;
  readonly later: LaterFile;
}

/** Every edition, put together, in the order of their names. Throws when a file is damaged or the parts do not fit. */
export function readCatalog(): readonly ComposedEdition[] {
  const parts = readParts();
  return jsonFiles('editions').map(file => composeWhole(readJson(file) as EditionFile, parts));
}

export function readParts(): Parts {
  return {
    ...{ lists: readLists(), hosts: readHosts(), internals: readInternals(), blocks: readBlocks() },
    ...{ manifests: readManifests(), validator: readValidatorWords(), words: readWords() },
    later: readJson(join(CATALOG, 'later.json')) as LaterFile,
  };
}

/** An edition as the tool has it. Throws a `ComposeError` when the parts do not fit. */
export function composeWhole(edition: EditionFile, parts: Parts): ComposedEdition {
  const { lists, hosts, internals, blocks, manifests, validator, words, later } = parts;
  const checked = withManifests(withLater(edition, later), manifestsOf(edition.id, manifests), validator, {
    purpose: (host, feature) =>
      hosts.hosts[host]?.purpose === undefined
        ? (purposeOf(host, words) ?? words.components.find(({ id }) => id === feature)?.purpose)
        : undefined,
    risk: host => words.risks[host],
  });
  return withBlocks(compose(checked, lists, hosts, internals), blocks);
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

export function readValidatorWords(): ValidatorWords {
  return readJson(join(CATALOG, 'validator.json')) as ValidatorWords;
}

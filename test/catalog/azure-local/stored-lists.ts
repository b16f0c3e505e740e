import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const FOLDER = 'test/catalog/azure-local';

/** A published list that the project keeps, and what its first line does not say. */
export interface StoredList {
  readonly file: string;
  readonly region?: string;
  readonly cloud?: string;
  readonly vendor?: string;
  /** Date of the commit. */
  readonly published: string;
}

export interface StoredEdition {
  readonly edition: string;
  readonly title: string;
  readonly appliesTo: readonly string[];
  readonly builds?: readonly number[];
  readonly printed?: string;
  readonly lists: readonly StoredList[];
}

export function storedEditions(): readonly StoredEdition[] {
  return JSON.parse(readFileSync(join(FOLDER, 'lists.json'), 'utf8')) as StoredEdition[];
}

export function importArguments(stored: StoredEdition, list: StoredList, folder: string): readonly string[] {
  return [
    ...['--edition', stored.edition, '--folder', folder, '--published', list.published],
    ...['--title', stored.title],
    ...stored.appliesTo.flatMap(version => ['--applies-to', version]),
    ...(stored.builds ?? []).flatMap(build => ['--build', String(build)]),
    ...(stored.printed === undefined ? [] : ['--printed', stored.printed]),
    ...(list.vendor === undefined
      ? ['--region', list.region ?? '', '--cloud', list.cloud ?? '']
      : ['--vendor', list.vendor]),
    join(FOLDER, list.file),
  ];
}

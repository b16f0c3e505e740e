import { join } from 'node:path';
import { wordOf } from './cells/cell-text.ts';
import { CATALOG, readJson } from '../files.ts';

/** `src/catalog/azure-local.json`: what a published list does not say, in our words. */
export interface Words {
  readonly components: readonly Component[];
  readonly vendor: { readonly summary: string; readonly purpose: string };
  /** Names by id. */
  readonly vendors: Readonly<Record<string, string>>;
  /** Features of every edition after those of its lists: with a list of their own, or a link. */
  readonly linked: readonly { readonly id: string; readonly list?: string }[];
  readonly regions: readonly { readonly id: string; readonly title: string; readonly azureName?: string }[];
  /** By host, or by wildcard for all hosts below it. */
  readonly purposes: Readonly<Record<string, string>>;
  /** What else a wildcard opens, by host. */
  readonly risks: Readonly<Record<string, string>>;
  /** What the parts below are taken from; those of changes have a date. */
  readonly sources: Readonly<Record<string, { readonly date?: string }>>;
  /** That the product as a whole does not bear inspection. */
  readonly bypassInspection: { readonly source: string; readonly text: string };
  /** Name of the rules inside the network, in `src/catalog/internal`. */
  readonly internal: string;
  /** Why hosts came or went, all editions together. */
  readonly changes: readonly Change[];
}

export interface Change {
  readonly hosts: readonly string[];
  readonly text: string;
  readonly source: string;
}

/** A feature, and what lists have called it. */
export interface Component {
  readonly names: readonly string[];
  readonly id: string;
  readonly title: string;
  readonly connects: string;
  readonly summary: string;
  /** For hosts whose own purpose is not known. */
  readonly purpose: string;
}

export const WORDS_FILE = 'src/catalog/azure-local.json';

export function readWords(): Words {
  return readJson(join(CATALOG, 'azure-local.json')) as Words;
}

/** The purpose of a host: its own, else that of the narrowest wildcard over it. */
export function purposeOf(host: string, { purposes }: Words): string | undefined {
  if (Object.hasOwn(purposes, host)) return purposes[host];
  const over = Object.keys(purposes).filter(
    pattern => pattern.startsWith('*.') && host.endsWith(pattern.slice(1)),
  );
  const [narrowest] = over.sort((a, b) => b.length - a.length);
  return narrowest === undefined ? undefined : purposes[narrowest];
}

/** What a list means by the name of a component; case and kinds of blanks do not count. */
export function componentNamed(
  name: string,
  { components }: Pick<Words, 'components'>,
): Component | undefined {
  return components.find(({ names }) => names.some(each => wordOf(each) === wordOf(name)));
}

import { basename } from 'node:path';
import { jsonFiles, readJson } from './files.ts';

/** A file of `src/catalog/languages`. */
export interface LanguageFile {
  readonly id: string;
  /** What they are about, then the English text, then the other. */
  readonly texts: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** By the language's name. */
export function readLanguages(): ReadonlyMap<string, LanguageFile> {
  return new Map(
    jsonFiles('languages').map(file => [basename(file, '.json'), readJson(file) as LanguageFile]),
  );
}

/** The other text by the English one, whatever they are about. */
export function textsOf({ texts }: LanguageFile): Readonly<Record<string, string>> {
  return Object.assign({}, ...Object.values(texts)) as Readonly<Record<string, string>>;
}

import { type Check } from '../edition.ts';

/** The document's JSON broke on typographic quotes; hidden characters have broken later lists. */
const UNWANTED = /[\u0000-\u001f\u007f-\u00a0\u00ad\u2000-\u201f\u2028-\u202f\u205f-\u206f\ufeff]/u;

export const plainCharacters: Check = {
  name: 'plain-characters',
  find: edition =>
    texts(edition, '').flatMap(({ path, text }) => {
      const found = UNWANTED.exec(text)?.[0];
      if (found === undefined) return [];
      const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      return [`${path} has the character U+${code}: write plain quotes, hyphens and spaces.`];
    }),
};

function texts(value: unknown, path: string): { path: string; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, path === '' ? key : `${path}.${key}`));
}

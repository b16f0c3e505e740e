import type { Change, Words } from './words.ts';

/** What an edition says beside its lists. */
export interface CommonParts {
  readonly bypassInspection: Words['bypassInspection'];
  /** All up to the edition's date, so that it can be compared with any edition before it. */
  readonly changes?: readonly Change[];
}

/** The parts, and the sources that they cite. */
export function commonParts(
  published: string,
  { sources, bypassInspection, changes }: Words,
): { readonly parts: CommonParts; readonly sources: Readonly<Record<string, unknown>> } {
  const known = changes.filter(({ source }) => (sources[source]?.date ?? '') <= published);
  const cited = [bypassInspection, ...known].map(({ source }) => source);
  return {
    parts: { bypassInspection, ...(known.length > 0 && { changes: known }) },
    sources: Object.fromEntries(Object.entries(sources).filter(([source]) => cited.includes(source))),
  };
}

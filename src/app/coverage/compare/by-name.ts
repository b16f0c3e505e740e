import type { HostPattern } from '../entries/entry';

export interface Found<Each> {
  readonly each: Each;
  /** Its place in the whole list. */
  readonly index: number;
}

/**
 * Finds what can have to do with a pattern without looking at everything: names are sorted by their last two labels.
 * What has no such end can have to do with all.
 */
export function byName<Each extends { readonly pattern: HostPattern }>(
  list: readonly Each[],
): (pattern: HostPattern) => readonly Found<Each>[] {
  const shelves = new Map<string, Found<Each>[]>();
  const everywhere: Found<Each>[] = [];
  const all = list.map((each, index): Found<Each> => ({ each, index }));
  for (const found of all) {
    const key = keyOf(found.each.pattern);
    if (key === undefined) everywhere.push(found);
    else if (shelves.has(key)) shelves.get(key)?.push(found);
    else shelves.set(key, [found]);
  }
  return pattern => {
    const key = keyOf(pattern);
    if (key === undefined) return all;
    const shelf = shelves.get(key) ?? [];
    return everywhere.length === 0 ? shelf : [...shelf, ...everywhere].sort((a, b) => a.index - b.index);
  };
}

function keyOf(pattern: HostPattern): string | undefined {
  if (!('name' in pattern)) return undefined;
  const labels = pattern.name.split('.');
  return labels.length < 2 ? undefined : labels.slice(-2).join('.');
}

import type { HostPattern } from './entry';

export interface Found<Each> {
  readonly each: Each;
  /** Its place in the whole list. */
  readonly index: number;
}

/** Gives what can have to do with a pattern, in the list's order. */
export type Finder<Each> = (pattern: HostPattern) => readonly Found<Each>[];

/**
 * Finds what can have to do with a pattern without looking at everything: it bears the same name, one above it, or one
 * below it. What has no name can have to do with all. Lists are long, and each is asked for many patterns.
 */
export function byName<Each extends { readonly pattern: HostPattern }>(list: readonly Each[]): Finder<Each> {
  const all = list.map((each, index): Found<Each> => ({ each, index }));
  const shelves = new Map<string, Found<Each>[]>();
  const everywhere: Found<Each>[] = [];
  for (const found of all) {
    const name = nameOf(found.each.pattern);
    const shelf = name === undefined ? everywhere : shelves.get(name);
    if (shelf !== undefined) shelf.push(found);
    else if (name !== undefined) shelves.set(name, [found]);
  }
  // From the right, so that all names below one stand together.
  const sorted = [...shelves.keys()]
    .map(name => ({ key: mirrored(name), name }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return pattern => {
    const name = nameOf(pattern);
    if (name === undefined) return all;
    const names = [...above(name), ...(pattern.kind === 'exact' ? [] : below(mirrored(name), sorted))];
    const found = names.flatMap(each => shelves.get(each) ?? []);
    return [...found, ...everywhere].sort((a, b) => a.index - b.index);
  };
}

const finders = new WeakMap<object, Finder<never>>();

/** As `byName`, made once a list: a long one is looked through for every host of the lines behind it. */
export function nearIn<Each extends { readonly pattern: HostPattern }>(list: readonly Each[]): Finder<Each> {
  const finder: Finder<Each> = finders.get(list) ?? byName(list);
  finders.set(list, finder as Finder<never>);
  return finder;
}

/** The name and those above it: `a.b.c`, `b.c`, `c`. */
function above(name: string): readonly string[] {
  const labels = name.split('.');
  return labels.map((_, index) => labels.slice(index).join('.'));
}

interface Sorted {
  readonly key: string;
  readonly name: string;
}

/** The names below one; they begin with its mirrored form and a dot. */
function below(key: string, sorted: readonly Sorted[]): readonly string[] {
  const start = `${key}.`;
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.key ?? '') < start) low = middle + 1;
    else high = middle;
  }
  const names: string[] = [];
  for (let at = low; sorted[at]?.key.startsWith(start) === true; at += 1) names.push(sorted[at]?.name ?? '');
  return names;
}

/** Labels from the last to the first. */
function mirrored(name: string): string {
  return name.split('.').reverse().join('.');
}

function nameOf(pattern: HostPattern): string | undefined {
  return 'name' in pattern ? pattern.name : undefined;
}

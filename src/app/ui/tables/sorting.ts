/** By what a table is sorted: the name of a column, after `-` from the last to the first; '' in its own order. */
export type Sorting = string;

/** What choosing a column's heading asks for: up, down, and back to the table's own order; or down first. */
export function nextSorting(now: Sorting, column: string, downFirst = false): Sorting {
  const ways = [column, `-${column}`];
  if (downFirst) ways.reverse();
  return ways[ways.indexOf(now) + 1] ?? '';
}

/** The value of `aria-sort`; null where something else, or nothing, sorts. */
export function ariaSort(now: Sorting, column: string): 'ascending' | 'descending' | null {
  return now === column ? 'ascending' : now === `-${column}` ? 'descending' : null;
}

/** Sorted by numbers or texts; what is alike stays in the order in which it was. */
export function sortedBy<T>(
  items: readonly T[],
  sorting: Sorting,
  keyOf: (item: T, column: string) => string | number,
): readonly T[] {
  if (sorting === '') return items;
  const isDown = sorting.startsWith('-');
  const column = isDown ? sorting.slice(1) : sorting;
  const keys = new Map(items.map(item => [item, keyOf(item, column)]));
  const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);
  const sign = isDown ? -1 : 1;
  return [...items].sort((a, b) => sign * compare(keys.get(a) ?? '', keys.get(b) ?? ''));
}

/** A host as one looks for it: its wildcards beside it. */
export function hostKey(host: string): string {
  return host.toLowerCase().replace(/^\*\./, '');
}

/** What tells when a change came: its running number, where its node gave one, else the node's clock, else its name. */
export interface Placed {
  readonly id: string;
  /** ISO text in UTC, '' when not told. */
  readonly when: string;
  readonly number?: number;
}

/**
 * One node's changes, the newest first. Numbers decide, since clocks can be set back. Each command numbers what an earlier
 * version kept before it: what has none came after all that have one.
 */
export function newestFirst<Item extends Placed>(items: readonly Item[]): readonly Item[] {
  const place = ({ number }: Item): number => number ?? Number.MAX_SAFE_INTEGER;
  return [...items].sort((a, b) => place(b) - place(a) || byTime(b, a));
}

/** Of two changes without a common node, which came later: above zero for `a`. Numbers count across nodes, too. */
export function laterOf(a: Placed, b: Placed): number {
  const [first, second] = [a.number, b.number];
  if (first !== undefined && second !== undefined && first !== second) return first - second;
  return byTime(a, b);
}

function byTime(a: Placed, b: Placed): number {
  return compare(timeOf(a), timeOf(b)) || compare(a.id, b.id);
}

/**
 * The changes of all nodes in one order, the newest first: each node's own order is kept, and where none tells which of
 * two came later, `laterFirst` does.
 */
export function mergeOrders(
  nodes: readonly (readonly string[])[],
  laterFirst: (a: string, b: string) => number,
): readonly string[] {
  let lists = nodes.filter(list => list.length > 0);
  const merged: string[] = [];
  while (lists.length > 0) {
    const heads = [...new Set(lists.flatMap(list => list.slice(0, 1)))].sort(laterFirst);
    const free = heads.find(head => lists.every(list => list.indexOf(head) <= 0));
    // Two administrators whose changes crossed: no order is that of every node.
    const next = free ?? heads[0] ?? '';
    merged.push(next);
    lists = lists.map(list => list.filter(each => each !== next)).filter(list => list.length > 0);
  }
  return merged;
}

/** Names begin with the time of the browser that made them. */
function timeOf({ when, id }: Placed): string {
  return when || id.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ).*$/, '$1-$2-$3:$4:$5');
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

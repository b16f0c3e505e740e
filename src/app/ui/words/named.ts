/** As many nodes are named; the others are counted. */
const NAMED = 4;

/** Nodes of a sentence: `node1, node2`, and of a large cluster `node1, node2, node3 (+61)`. */
export function named(names: readonly string[]): string {
  return names.length <= NAMED
    ? names.join(', ')
    : `${names.slice(0, NAMED - 1).join(', ')} (+${names.length - NAMED + 1})`;
}

import type { Denial, Entry } from '../../entries/entry';

/** Where a rule stands among those of its file, as Azure Firewall goes through them. */
export interface Order {
  /** Rules of the network are gone through before those of applications, whatever their priorities. */
  readonly layer: 'network' | 'application';
  /** Of what is around the rule, from outside to inside; NaN: one that stands elsewhere. */
  readonly priorities: readonly number[];
}

export interface Ordered<T> {
  readonly rule: T;
  readonly order: Order;
}

/**
 * Entries in the order in which the firewall comes to them, and of each denial how many of them come before it. Where the
 * file does not say all of it, a rule that closes it comes first; where it says nothing, its place counts
 * (azure-docs, articles/firewall/rule-processing.md).
 */
export function inOrder(
  entries: readonly Ordered<Entry>[],
  denials: readonly Ordered<Denial>[],
): { readonly entries: readonly Entry[]; readonly denials: readonly Denial[] } {
  // The others count wherever they stand.
  if (!denials.some(({ rule }) => rule.pattern.kind === 'all'))
    return { entries: entries.map(ruleOf), denials: denials.map(ruleOf) };
  const all = [...entries, ...denials].map(({ order }) => order);
  const isSaid = all.some(({ priorities }) => priorities.length > 0);
  if (isSaid && !areComparable(all))
    return {
      entries: entries.map(ruleOf),
      denials: denials.map(({ rule }) => ({ ...rule, after: 0 })),
    };
  const sorted = entries
    .map((entry, place) => ({ ...entry, place }))
    .toSorted((a, b) => compare(a.order, b.order));
  const isBefore = ({ order, place }: (typeof sorted)[number], denial: Ordered<Denial>): boolean => {
    const compared = compare(order, denial.order);
    // Two of one priority have no order; where none is said, the file's is all that there is.
    return compared === 0 ? !isSaid && place < denial.rule.after : compared < 0;
  };
  return {
    entries: sorted.map(ruleOf),
    denials: denials.map(denial => ({
      ...denial.rule,
      after: countFirst(sorted, entry => isBefore(entry, denial)),
    })),
  };
}

/** Of how many the condition holds that holds of the first ones and no others; a file may have thousands of each. */
function countFirst<T>(all: readonly T[], holds: (each: T) => boolean): number {
  let [from, to] = [0, all.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const each = all[middle];
    if (each !== undefined && holds(each)) from = middle + 1;
    else to = middle;
  }
  return from;
}

function ruleOf<T>({ rule }: Ordered<T>): T {
  return rule;
}

function areComparable(all: readonly Order[]): boolean {
  const depths = new Map<Order['layer'], number>();
  return all.every(({ layer, priorities }) => {
    const depth = depths.get(layer) ?? priorities.length;
    depths.set(layer, depth);
    return depth === priorities.length && priorities.every(Number.isFinite);
  });
}

/** Negative: the firewall comes to the first one before. */
function compare(a: Order, b: Order): number {
  if (a.layer !== b.layer) return a.layer === 'network' ? -1 : 1;
  const differ = a.priorities.findIndex((priority, level) => priority !== b.priorities[level]);
  return differ < 0 ? 0 : (a.priorities[differ] ?? 0) - (b.priorities[differ] ?? 0);
}

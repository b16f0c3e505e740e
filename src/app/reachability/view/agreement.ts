import type { MatrixRow } from '../run/matrix';
import type { VerdictCode } from '../verdict/verdicts';
import { isFailure, isUnknown, VERDICTS } from '../verdict/verdicts';

/**
 * For whom a cell of the short view speaks. `all`: every node of the cluster. `answered`: every node that measured
 * anything. `others`: those that no other cell of the row names. `otherAnswered`: the same where some nodes measured
 * nothing. `named`: the nodes in {@link Agreement.nodes}.
 */
export type Scope = 'all' | 'answered' | 'others' | 'otherAnswered' | 'named';

/** Nodes of one row that say the same. */
export interface Agreement {
  readonly scope: Scope;
  /** Undefined: still waiting. */
  readonly verdict: VerdictCode | undefined;
  /** Positions in the run's nodes; never empty. */
  readonly nodes: readonly number[];
}

/**
 * The row with each verdict once. The nodes that most agree with come first and are not named, unless it is one; ties are broken for the
 * better verdict, so that what is wrong is named. `silent` nodes measured nothing at all: that is said once for the
 * node and not again in each row.
 */
export function agreementsOf(row: MatrixRow, silent: ReadonlySet<number>): readonly Agreement[] {
  const asked = row.cells.map((_, index) => index).filter(index => !silent.has(index));
  const nodes = asked.length > 0 ? asked : row.cells.map((_, index) => index);
  const groups = new Map<VerdictCode | undefined, number[]>();
  for (const index of nodes) {
    const verdict = row.cells[index]?.verdict;
    const group = groups.get(verdict);
    if (group) group.push(index);
    else groups.set(verdict, [index]);
  }
  const sorted = [...groups].sort(
    ([first, of], [second, ofSecond]) => ofSecond.length - of.length || badness(first) - badness(second),
  );
  const everyone = nodes.length === row.cells.length;
  if (sorted.length === 1) {
    return sorted.map(([verdict, of]) => ({ scope: everyone ? 'all' : 'answered', verdict, nodes: of }));
  }
  const [most, ...rest] = sorted;
  const named = rest.sort(([first], [second]) => badness(second) - badness(first));
  return [...(most ? [most] : []), ...named].map(([verdict, of], index) => ({
    scope: index > 0 || of.length === 1 ? 'named' : everyone ? 'others' : 'otherAnswered',
    verdict,
    nodes: of,
  }));
}

/** Waiting first, then from good to bad. */
function badness(verdict: VerdictCode | undefined): number {
  return verdict === undefined ? -1 : VERDICTS.indexOf(verdict);
}

/** Positions of the nodes that have measured nothing although all their work is over. */
export function silentNodes(rows: readonly MatrixRow[]): ReadonlySet<number> {
  const count = rows[0]?.cells.length ?? 0;
  const silent = new Set(Array.from({ length: count }, (_, index) => index));
  for (const { cells } of rows) {
    for (const index of silent) {
      const cell = cells[index];
      if (cell === undefined || !isUnknown(cell.verdict)) silent.delete(index);
    }
    if (silent.size === 0) break;
  }
  // Nobody measured anything: then there is no one to whom the others could be compared.
  return silent.size === count ? new Set() : silent;
}

export function failsSomewhere({ cells }: MatrixRow): boolean {
  return cells.some(cell => cell !== undefined && isFailure(cell.verdict));
}

import type { RunState } from '../run/run';
import { isFailure, isUnknown } from '../verdict/verdicts';
import type { ListFact } from './finding';
import { type Cell, seenOf } from './seen';

/**
 * Whether the cluster can do something, as far as its endpoints say. `no`: one that it needs fails from some node.
 * `not-checked`: one was not tried, from some node. `not-proven`: all answer, but of one it is not shown that the service
 * itself did, or it cannot be tried at all. `yes`: every endpoint, from every node, proven.
 */
export type Ability = 'yes' | 'no' | 'not-proven' | 'not-checked';

/** Results, by what they say. */
export interface Counts {
  readonly reachable: number;
  readonly failed: number;
  readonly notProven: number;
  readonly notTested: number;
}

export interface CapabilityState {
  /** Of the catalog, for example `registration`. */
  readonly id: string;
  readonly state: Ability;
  readonly counts: Counts;
  /** Endpoints of the list that it needs. */
  readonly endpoints: number;
  /** Nodes on which it does not work, or is not known to: those that the state speaks of. */
  readonly nodes: readonly string[];
  /** ISO 8601; undefined when no run tried any of its endpoints. */
  readonly checkedAt?: string;
}

/** Nobody can try these, so they keep nothing from being as proven as it can be. */
const NOT_TRIABLE: ReadonlySet<string> = new Set(['wildcard-without-known-host', 'udp-not-probed']);
/** Not the nodes' affair. */
const NOT_OURS = 'needed-by-browser';

/**
 * What works, for each capability that a fact of the list blocks, in the order of first mention. Unknown is never yes:
 * what the list needs and the run did not try counts as not checked.
 */
export function capabilitiesOf(
  run: RunState | undefined,
  facts: readonly ListFact[],
): readonly CapabilityState[] {
  const ids = [...new Set(facts.flatMap(({ blocks }) => blocks))];
  const cells = run === undefined ? [] : seenOf(run).cells;
  const nodes = run?.nodes.map(({ node }) => node.name) ?? [];
  return ids.map(id => {
    const needed = facts.filter(({ blocks }) => blocks.includes(id));
    return { id, ...abilityOf(needed, cells, nodes, run?.endedAt) };
  });
}

function abilityOf(
  needed: readonly ListFact[],
  cells: readonly Cell[],
  nodes: readonly string[],
  endedAt: string | undefined,
): Omit<CapabilityState, 'id'> {
  const rules = new Set(needed.map(({ rule }) => rule));
  const own = cells.filter(({ entry }) => entry.rules.some(rule => rules.has(rule)));
  const tried = new Set(own.flatMap(({ entry }) => entry.rules));
  const untried = [...rules].filter(rule => !tried.has(rule)).length;
  const grades = own.map(cell => ({ node: cell.result.node, grade: gradeOf(cell) }));
  const count = (wanted: Grade): number => grades.filter(({ grade }) => grade === wanted).length;
  const counts: Counts = {
    reachable: count('reachable'),
    failed: count('failed'),
    notProven: count('notProven'),
    // A rule that is not in the run was tried from no node.
    notTested: count('notTested') + untried * Math.max(1, nodes.length),
  };
  const wanted = counts.failed > 0 ? 'failed' : counts.notTested > 0 ? 'notTested' : 'notProven';
  const lacking = new Set(grades.filter(({ grade }) => grade === wanted).map(({ node }) => node));
  return {
    state: stateOf(counts, own),
    counts,
    endpoints: new Set(own.map(({ entry }) => entry.id)).size + untried,
    nodes: wanted === 'notTested' && untried > 0 ? nodes : nodes.filter(node => lacking.has(node)),
    ...(own.some(({ result }) => !isUnknown(result.verdict)) &&
      endedAt !== undefined && { checkedAt: endedAt }),
  };
}

function stateOf(counts: Counts, own: readonly Cell[]): Ability {
  if (counts.failed > 0) return 'no';
  if (counts.notTested > 0 || own.length === 0) return 'not-checked';
  return counts.notProven > 0 || counts.reachable === 0 ? 'not-proven' : 'yes';
}

type Grade = keyof Counts | 'notOurs';

function gradeOf({ result: { verdict, cause } }: Cell): Grade {
  if (cause === NOT_OURS) return 'notOurs';
  if (isUnknown(verdict)) return NOT_TRIABLE.has(cause) ? 'notProven' : 'notTested';
  if (isFailure(verdict)) return 'failed';
  return verdict === 'reachable' ? 'reachable' : 'notProven';
}

/** The same counts for any group of a run's results. */
export function countsOf(cells: readonly Cell[]): Counts {
  const counts = { reachable: 0, failed: 0, notProven: 0, notTested: 0 };
  for (const { result } of cells) {
    if (isUnknown(result.verdict)) counts.notTested += 1;
    else if (isFailure(result.verdict)) counts.failed += 1;
    else counts[result.verdict === 'reachable' ? 'reachable' : 'notProven'] += 1;
  }
  return counts;
}

import { BLOCKED, type Blocked } from '../../allowlist/catalog/catalog';
import type { RunState } from '../run/run';
import { isFailure, isUnknown, tallyResults } from '../verdict/verdicts';
import type { ListFact } from './finding';
import { needOf, needsOf } from './need';
import { type Cell, seenOf } from './seen';

/**
 * Whether the cluster can do something, as far as its endpoints say. `no`: one that stops it fails from some node.
 * `not-checked`: one was not tried, from some node. `limited`: all that stops it works, but one fails without which a
 * part of it fails. `not-proven`: all answer, but of one it is not shown that the service itself did, or it is a wildcard, of
 * which only examples can be tried. `yes`: every endpoint, from every node, proven.
 */
export const ABILITIES = ['yes', 'limited', 'no', 'not-proven', 'not-checked'] as const;
export type Ability = (typeof ABILITIES)[number];

/** Results, by what they say. */
export interface Counts {
  readonly reachable: number;
  readonly failed: number;
  readonly notProven: number;
  readonly notTested: number;
}

export interface CapabilityState {
  readonly id: Blocked;
  readonly state: Ability;
  /** Of all nodes together. */
  readonly counts: Counts;
  /** Endpoints of the list that it needs; those that are only worth knowing are left out. */
  readonly endpoints: number;
  /** Endpoints of which the state speaks; for `yes` none. */
  readonly about: number;
  /** For `no`: endpoints that fail, too, without which only a part of it fails. */
  readonly limiting: number;
  /** Wildcards that were tried by known examples only, which proves nothing of their other names. */
  readonly sampled: number;
  /** The nodes of which the state speaks: where it fails, was not tried or is not proven. Empty for `yes`. */
  readonly nodes: readonly string[];
  /** For `no` and `limited`: other nodes that did not try all of these endpoints, so that they may fail from there too. */
  readonly untold: readonly string[];
  /** ISO 8601; undefined when no run tried any of its endpoints. */
  readonly checkedAt?: string;
}

/** Nobody can try these, so they keep nothing from being as proven as it can be. */
const NOT_TRIABLE: ReadonlySet<string> = new Set([
  'wildcard-without-known-host',
  'wildcard-without-name',
  'udp-not-probed',
]);
/** Causes that begin so say that it is not the nodes' affair. */
const NOT_OURS = 'needed-by-';

type Grade = keyof Counts;

interface Graded {
  readonly entry: string;
  readonly node: string;
  readonly grade: Grade;
  readonly isCritical: boolean;
}

/**
 * What works, for each capability that the list speaks of, in the catalog's order. Unknown is never yes: what the list
 * needs and the run did not try counts as not checked.
 *
 * @param run that is over; undefined before the first
 */
export function capabilitiesOf(
  run: RunState | undefined,
  facts: readonly ListFact[],
): readonly CapabilityState[] {
  const cells = run === undefined ? [] : seenOf(run).cells;
  const nodes = run?.nodes.map(({ node }) => node.name) ?? [];
  return BLOCKED.flatMap((id): CapabilityState[] => {
    const needed = new Map<string, boolean>();
    for (const fact of facts) {
      const severity = fact.blocks.find(({ what }) => what === id)?.severity;
      if (severity === undefined || severity === 'informational') continue;
      const need = needOf(fact);
      needed.set(need, needed.get(need) === true || severity === 'critical');
    }
    return needed.size === 0 ? [] : [{ id, ...abilityOf(needed, cells, nodes, run?.endedAt) }];
  });
}

/** @param needed by need: whether it stops the capability */
function abilityOf(
  needed: ReadonlyMap<string, boolean>,
  cells: readonly Cell[],
  nodes: readonly string[],
  endedAt: string | undefined,
): Omit<CapabilityState, 'id'> {
  const own = cells.filter(({ entry }) => needsOf(entry).some(need => needed.has(need)));
  const tried = new Set(own.flatMap(({ entry }) => needsOf(entry)));
  const untried = [...needed.keys()].filter(need => !tried.has(need));
  const graded = own.flatMap((cell): Graded[] => {
    const grade = gradeOf(cell);
    const isCritical = needsOf(cell.entry).some(need => needed.get(need) === true);
    return grade === undefined ? [] : [{ entry: cell.entry.id, node: cell.result.node, grade, isCritical }];
  });
  const count = (wanted: Grade): number => graded.filter(({ grade }) => grade === wanted).length;
  const counts: Counts = {
    reachable: count('reachable'),
    failed: count('failed'),
    notProven: count('notProven'),
    // What is not in the run was tried from no node.
    notTested: count('notTested') + untried.length * Math.max(1, nodes.length),
  };
  const sampled = new Set(own.flatMap(({ entry }) => entry.standsFor)).size;
  const state = stateOf(counts, graded, sampled);
  const speaksOf: Readonly<Record<Ability, (each: Graded) => boolean>> = {
    yes: () => false,
    no: ({ grade, isCritical }) => grade === 'failed' && isCritical,
    limited: ({ grade }) => grade === 'failed',
    'not-checked': ({ grade }) => grade === 'notTested' || untried.length > 0,
    'not-proven': ({ grade }) => grade === 'notProven',
  };
  const spokenOf = graded.filter(speaksOf[state]);
  const spoken = new Set(spokenOf.map(({ node }) => node));
  const about = new Set(spokenOf.map(({ entry }) => entry));
  const untold = new Set(
    graded
      .filter(({ entry, node, grade }) => grade === 'notTested' && about.has(entry) && !spoken.has(node))
      .map(({ node }) => node),
  );
  const limiting = graded.filter(({ grade, isCritical }) => grade === 'failed' && !isCritical);
  const measured = own.some(({ result }) => !isUnknown(result.verdict));
  return {
    state,
    counts,
    endpoints: new Set(own.map(({ entry }) => entry.id)).size + untried.length,
    about: about.size + (state === 'not-checked' ? untried.length : 0),
    limiting: state === 'no' ? new Set(limiting.map(({ entry }) => entry)).size : 0,
    sampled,
    nodes: state === 'not-checked' && graded.length === 0 ? nodes : nodes.filter(node => spoken.has(node)),
    untold: nodes.filter(node => untold.has(node)),
    ...(measured && endedAt !== undefined && { checkedAt: endedAt }),
  };
}

function stateOf(counts: Counts, graded: readonly Graded[], sampled: number): Ability {
  if (graded.some(({ grade, isCritical }) => grade === 'failed' && isCritical)) return 'no';
  if (counts.notTested > 0 || graded.length === 0) return 'not-checked';
  if (counts.failed > 0) return 'limited';
  return counts.notProven > 0 || sampled > 0 ? 'not-proven' : 'yes';
}

/** Undefined: says nothing of the nodes. */
function gradeOf({ result: { verdict, cause } }: Cell): Grade | undefined {
  if (cause.startsWith(NOT_OURS)) return undefined;
  if (isUnknown(verdict)) return NOT_TRIABLE.has(cause) ? 'notProven' : 'notTested';
  if (isFailure(verdict)) return 'failed';
  return verdict === 'reachable' ? 'reachable' : 'notProven';
}

/** The same counts for any group of a run's results. */
export function countsOf(cells: readonly Cell[]): Counts {
  const { proven, unproven, failed, unknown } = tallyResults(cells.map(({ result }) => result));
  return { reachable: proven, failed, notProven: unproven, notTested: unknown };
}

import { type PlanEntry, UNTESTED_REASONS } from '../plan/probe-plan';
import { type Cause, CAUSES } from '../verdict/causes';
import type { ProbeResult } from '../verdict/probe-result';
import { isFailure, isUnknown } from '../verdict/verdicts';
import { chainsOf, type Hop } from '../run/follow-up/redirect-chain';
import type { RunState } from '../run/run';

/** A result with its line of the plan. */
export interface Cell {
  readonly entry: PlanEntry;
  readonly result: ProbeResult;
}

/** A run in the shapes in which explanations look for patterns. */
export interface Seen {
  /** Names of all nodes of the run. */
  readonly nodes: readonly string[];
  /** In the order of the plan, then of the nodes. */
  readonly cells: readonly Cell[];
  /** The same of one node. */
  readonly of: (node: string) => readonly Cell[];
  /** Where the redirect of a result leads, as far as it was followed. */
  readonly hops: (result: ProbeResult) => readonly Hop[];
  /** Nodes from which at least one endpoint was measured. */
  readonly measuring: readonly string[];
}

/** Nobody needs to be told why these were not tested: the plan says so, or the check was stopped, which it says itself. */
const EXPECTED: ReadonlySet<Cause> = new Set(['cancelled', 'interrupted', ...UNTESTED_REASONS]);

/** What a run saw, made once for each state of it. */
export function seenOf(run: RunState): Seen {
  const known = seenRuns.get(run);
  if (known !== undefined) return known;
  const seen = lookAt(run);
  seenRuns.set(run, seen);
  return seen;
}

/** Findings, capabilities and roll-ups look at the same run. */
const seenRuns = new WeakMap<RunState, Seen>();

function lookAt(run: RunState): Seen {
  const nodes = run.nodes.map(({ node }) => node.name);
  const cells = [...run.plan.targets, ...run.plan.untested].flatMap(entry =>
    nodes.flatMap((node): Cell[] => {
      const result = run.cells.get(node)?.get(entry.id);
      return result === undefined ? [] : [{ entry, result }];
    }),
  );
  const byNode = groupBy(cells, ({ result }) => result.node);
  const of = (node: string): readonly Cell[] => byNode.get(node) ?? [];
  const measuring = nodes.filter(node => of(node).some(({ result }) => isMeasured(result)));
  return { nodes, cells, of, hops: chainsOf(run), measuring };
}

/** Whether a result needs an explanation. */
export function needsFinding({ verdict, cause }: ProbeResult): boolean {
  return isFailure(verdict) || (isUnknown(verdict) && !EXPECTED.has(cause));
}

/** Whether the result says something of the network. */
export function isMeasured({ verdict }: ProbeResult): boolean {
  return !isUnknown(verdict);
}

/** Whether a step of the probe ended well. */
export function passed({ phases }: ProbeResult, phase: 'name' | 'connect'): boolean {
  return phases.some(step => step.phase === phase && step.outcome === 'ok');
}

/** Names, in the order of the run. */
export function nodesOf(cells: readonly Cell[], seen: Seen): readonly string[] {
  const names = new Set(cells.map(({ result }) => result.node));
  return seen.nodes.filter(node => names.has(node));
}

/** Each endpoint once. */
export function entriesOf(cells: readonly Cell[]): readonly PlanEntry[] {
  return [...new Map(cells.map(({ entry }) => [entry.id, entry])).values()];
}

/** Each host once. */
export function hostsOf(cells: readonly Cell[]): readonly string[] {
  return [...new Set(cells.map(({ entry }) => entry.host))];
}

/** In the order in which each key appears first. */
export function groupBy<K, C extends Cell>(
  cells: readonly C[],
  keyOf: (cell: C) => K,
): ReadonlyMap<K, readonly C[]> {
  const groups = new Map<K, C[]>();
  for (const cell of cells) {
    const key = keyOf(cell);
    const group = groups.get(key);
    if (group) group.push(cell);
    else groups.set(key, [cell]);
  }
  return groups;
}

/** The cells that nobody has taken yet. */
export function without(cells: readonly Cell[], taken: readonly Cell[]): readonly Cell[] {
  const set = new Set(taken);
  return cells.filter(cell => !set.has(cell));
}

/** Of the most cells; the first among equals. */
export function mainCause(cells: readonly Cell[]): Cause {
  const groups = [...groupBy(cells, ({ result }) => result.cause)];
  const most = groups.reduce((best, next) => (next[1].length > best[1].length ? next : best));
  return most[0];
}

export function verdictOf(cause: Cause): ProbeResult['verdict'] {
  return CAUSES[cause].verdict;
}

import type { PlanEntry } from '../plan/probe-plan';
import { matrixRows } from '../run/matrix';
import type { RunState } from '../run/run';
import type { ProbeResult } from '../verdict/probe-result';
import { isFailure, isUnknown } from '../verdict/verdicts';

/** What became of a result. `unknown`: in one of the runs it was not tested, so nothing is said. */
export const OUTCOMES = ['broken', 'changed', 'still', 'fixed', 'unknown'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Difference {
  readonly outcome: Exclude<Outcome, 'unknown'>;
  readonly entry: PlanEntry;
  /** As in the matrix of the later run. */
  readonly door: string;
  readonly node: string;
  readonly before: ProbeResult;
  readonly after: ProbeResult;
}

export interface Comparison {
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Everything that failed in one of the runs and was measured in both; in the order of {@link OUTCOMES}. */
  readonly differences: readonly Difference[];
}

/** What a later run says of the same endpoints and nodes. Results that only one run has are left out. */
export function compareRuns(before: RunState, after: RunState): Comparison {
  const counts = { broken: 0, changed: 0, still: 0, fixed: 0, unknown: 0 };
  const byOutcome = new Map<Outcome, Difference[]>(OUTCOMES.map(outcome => [outcome, []]));
  for (const { entry, door } of matrixRows(after)) {
    for (const { node } of after.nodes) {
      const old = before.cells.get(node.name)?.get(entry.id);
      const now = after.cells.get(node.name)?.get(entry.id);
      if (old === undefined || now === undefined) continue;
      const outcome = outcomeOf(old, now);
      if (outcome === undefined) continue;
      counts[outcome] += 1;
      if (outcome !== 'unknown')
        byOutcome.get(outcome)?.push({ outcome, entry, door, node: node.name, before: old, after: now });
    }
  }
  return { counts, differences: [...byOutcome.values()].flat() };
}

/** Undefined: it worked and works. */
function outcomeOf(before: ProbeResult, after: ProbeResult): Outcome | undefined {
  const failed = [before, after].map(({ verdict }) => isFailure(verdict));
  if (isUnknown(before.verdict) || isUnknown(after.verdict)) {
    // What no run tries is no news.
    return failed.includes(true) || before.verdict !== after.verdict ? 'unknown' : undefined;
  }
  if (failed[0] === true && failed[1] === true) return before.cause === after.cause ? 'still' : 'changed';
  if (failed[0] === true) return 'fixed';
  return failed[1] === true ? 'broken' : undefined;
}

import type { PlanEntry } from '../plan/probe-plan';
import { matrixRows, type Rows } from '../run/matrix';
import type { Judged } from '../verdict/probe-result';
import { gradeOf, isFailure, isUnknown } from '../verdict/verdicts';

/** What became of a result. `unknown`: in one of the runs it was not tested, so nothing is said. */
export const OUTCOMES = ['broken', 'changed', 'still', 'fixed', 'unknown'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Difference {
  readonly outcome: Exclude<Outcome, 'unknown'>;
  readonly entry: PlanEntry;
  /** As in the matrix of the later run. */
  readonly door: string;
  readonly node: string;
  readonly before: Judged;
  readonly after: Judged;
}

export interface Comparison {
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Results that answered in both runs, and were proven to be the service's in only one. */
  readonly proof: number;
  /** Results that both runs have. */
  readonly both: number;
  /** Results that only one of them has: of other endpoints or nodes. */
  readonly alone: number;
  /** Everything that failed in one of the runs and was measured in both; in the order of {@link OUTCOMES}. */
  readonly differences: readonly Difference[];
}

/** What a later run says of the same endpoints and nodes. Results that only one run has are left out. */
export function compareRuns(before: Rows<Judged>, after: Rows<Judged>): Comparison {
  let [proof, both] = [0, 0];
  const counts = { broken: 0, changed: 0, still: 0, fixed: 0, unknown: 0 };
  const byOutcome = new Map<Outcome, Difference[]>(OUTCOMES.map(outcome => [outcome, []]));
  const nodes = after.nodes.map(({ node }) => ({ node: node.name, cells: before.cells.get(node.name) }));
  for (const { entry, door, cells } of matrixRows(after)) {
    for (const [place, { node, cells: earlier }] of nodes.entries()) {
      const [old, now] = [earlier?.get(entry.id), cells[place]];
      if (old === undefined || now === undefined) continue;
      both += 1;
      if (hasOtherProof(old, now)) proof += 1;
      const outcome = outcomeOf(old, now);
      if (outcome === undefined) continue;
      counts[outcome] += 1;
      if (outcome !== 'unknown')
        byOutcome.get(outcome)?.push({ outcome, entry, door, node, before: old, after: now });
    }
  }
  const alone = sizeOf(before) + sizeOf(after) - 2 * both;
  return { counts, proof, both, alone, differences: [...byOutcome.values()].flat() };
}

function sizeOf({ cells }: Rows<Judged>): number {
  return [...cells.values()].reduce((sum, { size }) => sum + size, 0);
}

function hasOtherProof(before: Judged, after: Judged): boolean {
  const grades = [gradeOf(before.verdict), gradeOf(after.verdict)];
  return grades.includes('proven') && grades.includes('unproven');
}

/** Undefined: it worked and works. */
function outcomeOf(before: Judged, after: Judged): Outcome | undefined {
  const [failed, fails] = [isFailure(before.verdict), isFailure(after.verdict)];
  if (isUnknown(before.verdict) || isUnknown(after.verdict)) {
    // What no run tries is no news.
    return failed || fails || before.verdict !== after.verdict ? 'unknown' : undefined;
  }
  if (failed && fails) return before.cause === after.cause ? 'still' : 'changed';
  if (failed) return 'fixed';
  return fails ? 'broken' : undefined;
}

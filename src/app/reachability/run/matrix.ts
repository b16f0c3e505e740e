import type { Judged, ProbeResult } from '../verdict/probe-result';
import { isFailure, type Tally, tallyResults, type VerdictCode, VERDICTS } from '../verdict/verdicts';
import type { PlanEntry } from '../plan/probe-plan';
import type { RunState } from './run';

/** One endpoint with its results, one for each node in the order of the run's nodes; undefined: still waiting. */
export interface MatrixRow<C extends Judged = ProbeResult> {
  readonly entry: PlanEntry;
  /** `host:port`; with `/protocol` only where another row has the same host and port. Unique in a run. */
  readonly door: string;
  readonly cells: readonly (C | undefined)[];
}

/** A run, or as much of it as its rows need. */
export interface Rows<C extends Judged> extends Pick<RunState, 'plan' | 'nodes'> {
  readonly cells: ReadonlyMap<string, ReadonlyMap<string, C>>;
}

const RANKS: ReadonlyMap<VerdictCode, number> = new Map(VERDICTS.map((verdict, rank) => [verdict, rank]));

/** All endpoints of a run, worst first; those that are alike stay in the order of the list. */
export function matrixRows<C extends Judged>(run: Rows<C>): readonly MatrixRow<C>[] {
  const entries = [...run.plan.targets, ...run.plan.untested];
  const doors = new Map<string, number>();
  for (const entry of entries) doors.set(doorOf(entry), (doors.get(doorOf(entry)) ?? 0) + 1);
  const columns = run.nodes.map(({ node }) => run.cells.get(node.name));
  const rows = entries.map((entry): MatrixRow<C> => ({
    entry,
    door: (doors.get(doorOf(entry)) ?? 0) > 1 ? entry.id : doorOf(entry),
    cells: columns.map(cells => cells?.get(entry.id)),
  }));
  const places = new Map(rows.map(row => [row, { rank: rank(row), failures: failures(row) }]));
  const nowhere = { rank: 0, failures: 0 };
  return rows.sort((a, b) => {
    const [first, second] = [places.get(a) ?? nowhere, places.get(b) ?? nowhere];
    return second.rank - first.rank || second.failures - first.failures;
  });
}

export function tallyOf(run: RunState): Tally {
  return tallyResults([...run.cells.values()].flatMap(cells => [...cells.values()]));
}

function doorOf({ host, port }: PlanEntry): string {
  return `${host}:${port}`;
}

function rank({ cells }: MatrixRow<Judged>): number {
  return cells.reduce((worst, cell) => Math.max(worst, cellRank(cell)), 0);
}

/** A node that is unavailable says nothing of the endpoint, so it moves no row. */
function cellRank(cell: Judged | undefined): number {
  return cell === undefined || cell.verdict === 'node-unavailable' ? 0 : (RANKS.get(cell.verdict) ?? 0);
}

function failures(row: MatrixRow<Judged>): number {
  return row.cells.filter(cell => cell !== undefined && isFailure(cell.verdict)).length;
}

import { type ProbeResult } from '../verdict/probe-result';
import { isFailure, type Tally, tallyResults, VERDICTS } from '../verdict/verdicts';
import type { PlanEntry } from '../plan/probe-plan';
import type { RunState } from './run';

/** One endpoint with its results, one for each node in the order of the run's nodes; undefined: still waiting. */
export interface MatrixRow {
  readonly entry: PlanEntry;
  /** `host:port`; with `/protocol` only where another row has the same host and port. Unique in a run. */
  readonly door: string;
  readonly cells: readonly (ProbeResult | undefined)[];
}

/** All endpoints of a run, worst first; those that are alike stay in the order of the list. */
export function matrixRows(run: RunState): readonly MatrixRow[] {
  const entries = [...run.plan.targets, ...run.plan.untested];
  const doors = new Map<string, number>();
  for (const entry of entries) doors.set(doorOf(entry), (doors.get(doorOf(entry)) ?? 0) + 1);
  const rows = entries.map((entry): MatrixRow => ({
    entry,
    door: (doors.get(doorOf(entry)) ?? 0) > 1 ? entry.id : doorOf(entry),
    cells: run.nodes.map(({ node }) => run.cells.get(node.name)?.get(entry.id)),
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

function rank(row: MatrixRow): number {
  return Math.max(...row.cells.map(cellRank));
}

/** A node that is unavailable says nothing of the endpoint, so it moves no row. */
function cellRank(cell: ProbeResult | undefined): number {
  return cell === undefined || cell.verdict === 'node-unavailable' ? 0 : VERDICTS.indexOf(cell.verdict);
}

function failures(row: MatrixRow): number {
  return row.cells.filter(cell => cell !== undefined && isFailure(cell.verdict)).length;
}

import type { Node } from '../../cluster/cluster';
import { notMeasured } from '../verdict/result';
import { isSameName } from './elsewhere';
import { type NodeCells, type RunState, untouched } from './run';

/**
 * A run that is over, with what it lacks of the cluster as not tested: nodes that joined since, or that a file does not have,
 * and results that a file leaves out. Nothing may be said of all nodes that only some were asked for.
 *
 * @param nodes of the cluster; empty: not known, or the run is not of it
 * @returns the same run where nothing is missing
 */
export function wholeRun(run: RunState, nodes: readonly Node[]): RunState {
  const others = nodes.filter(
    each =>
      !run.nodes.some(({ node }) =>
        [each.name, each.fqdn].some(name => name !== '' && isSameName(name, node.name)),
      ),
  );
  const reports = [...run.nodes, ...others.map(node => untouched(node, 'done'))];
  const cells = new Map(reports.map(({ node }) => [node.name, wholeCells(run, node.name)]));
  return others.length === 0 && [...cells].every(([name, each]) => run.cells.get(name) === each)
    ? run
    : { ...run, nodes: reports, cells };
}

function wholeCells({ plan, cells }: RunState, node: string): NodeCells {
  const known = cells.get(node);
  if (known !== undefined && hasAll(known, plan)) return known;
  const missing = [
    ...plan.targets.map(entry => ({ entry, cause: 'not-in-run' as const })),
    ...plan.untested.map(entry => ({ entry, cause: entry.reason })),
  ].filter(({ entry }) => known?.has(entry.id) !== true);
  return new Map([
    ...(known ?? []),
    ...missing.map(({ entry, cause }) => [entry.id, notMeasured(node, entry, cause)] as const),
  ]);
}

function hasAll(known: NodeCells, { targets, untested }: RunState['plan']): boolean {
  return targets.every(({ id }) => known.has(id)) && untested.every(({ id }) => known.has(id));
}

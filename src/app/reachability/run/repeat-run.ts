import { isReachableState, type Node } from '../../cluster/cluster';
import { targetsById } from '../plan/probe-plan';
import type { ProbeResult } from '../verdict/probe-result';
import { extrasOf, trailOf } from './follow-up/redirect-chain';
import { finishIfDone, type NodeCells, type NodeReport, type RunState, untouched } from './run';
import { waysOfKept } from './ways-tried';

/**
 * A run that is over, with some of its results taken out to be measured again; the others stay. Nodes that cannot be asked
 * now keep theirs.
 *
 * @param nodes as the cluster has them now
 */
export function repeatRun(
  state: RunState,
  isWanted: (result: ProbeResult) => boolean,
  nodes: readonly Node[],
  now: string,
): RunState {
  const cells = new Map(state.cells);
  const hops = new Map(state.hops);
  const reports = state.nodes.map((report): NodeReport => {
    const node = nodes.find(({ name }) => name === report.node.name);
    const known = cells.get(report.node.name) ?? new Map<string, ProbeResult>();
    if (node === undefined || !isReachableState(node.state)) return report;
    const kept = [...known].filter(([id, result]) => !isWanted(result) || !targetsById(state.plan).has(id));
    if (kept.length === known.size) return report;
    cells.set(report.node.name, new Map(kept));
    hops.set(report.node.name, hopsOfKept({ ...state, cells }, report.node.name));
    const { sources, resolvers, names } = report;
    return { ...untouched(node, 'waiting'), sources, resolvers, names };
  });
  const { startedAt, since = startedAt } = state;
  const again = {
    status: 'running',
    request: state.request,
    plan: state.plan,
    nodes: reports,
    cells,
    ...(state.hops && { hops }),
    ...waysOfKept(state, cells),
  } as const;
  return finishIfDone({ ...again, startedAt: now, since }, now);
}

/** What redirects of the results led to that are still there: the others say anew where they lead. */
function hopsOfKept(state: RunState, node: string): NodeCells {
  const trail = trailOf(state, node);
  const ids = new Set(state.plan.targets.flatMap(entry => extrasOf(trail, entry)));
  return new Map([...(state.hops?.get(node) ?? [])].filter(([id]) => ids.has(id)));
}

/** How many results {@link repeatRun} would measure again; counted without making that run. */
export function countRepeated(
  state: RunState,
  isWanted: (result: ProbeResult) => boolean,
  nodes: readonly Node[],
): number {
  const askable = new Set(nodes.filter(node => isReachableState(node.state)).map(({ name }) => name));
  const targets = targetsById(state.plan);
  let count = 0;
  for (const [name, cells] of state.cells) {
    if (!askable.has(name)) continue;
    for (const [id, result] of cells) if (isWanted(result) && targets.has(id)) count += 1;
  }
  return count;
}

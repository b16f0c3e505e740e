import { targetsById } from '../plan/probe-plan';
import { NameReport } from '../probe/name-report';
import { ProxyScriptReport } from '../probe/proxy-script-report';
import { observationOf, parseObservation, tellsOf } from '../probe/parse-observation';
import type { Cause } from '../verdict/causes';
import { endpointFacts } from '../verdict/endpoint-facts';
import { KNOWN_AUTHORITIES, type KnownAuthorities } from '../verdict/certificates/known-authorities';
import { byAnotherWay, notMeasured, toOtherFamily, toResult } from '../verdict/result';
import { HopReport, hopResult } from './follow-up/follow-redirects';
import { FamilyReport } from './follow-up/other-family';
import { finishIfDone, isWaiting, type NodeReport, type ProxyNotice, type RunState } from './run';

/**
 * The proxy with which a node's endpoints are about to be measured.
 *
 * @param guessed of which it is not known that their clients go so
 */
export function proxyKnown(
  state: RunState,
  node: string,
  proxy: string,
  notices: readonly ProxyNotice[],
  guessed?: ReadonlySet<string>,
): RunState {
  return changeNode(state, node, report => ({ ...report, proxy, notices, guessed }));
}

/**
 * One object that a node wrote. It becomes a result when it is of the right shape and about an endpoint that is still
 * waiting; otherwise it is counted.
 */
export function reportArrived(
  state: RunState,
  node: string,
  value: unknown,
  authorities: KnownAuthorities = KNOWN_AUTHORITIES,
): RunState {
  if (!isWaiting(state, node)) return state;
  if (value instanceof NameReport) return namesArrived(state, node, value);
  if (value instanceof ProxyScriptReport)
    return changeNode(state, node, report => ({ ...report, script: value.script }));
  if (value instanceof FamilyReport) return familyArrived(state, node, value, authorities);
  if (value instanceof HopReport) return hopArrived(state, node, value, authorities);
  const observation = parseObservation(value);
  const target = observation && targetsById(state.plan).get(observation.id);
  const cells = state.cells.get(node);
  if (target === undefined || !tellsOf(target, observation) || cells === undefined || cells.has(target.id)) {
    return changeNode(state, node, report => ({ ...report, badReports: report.badReports + 1 }));
  }
  const facts = endpointFacts(state.plan, target);
  const measured = toResult(node, target, observation, authorities, facts, state.request.timeoutMs);
  const isGuess = guessedBy(state, node)?.has(target.id) === true;
  const result = isGuess ? byAnotherWay(measured) : measured;
  const { source } = observation;
  const isNew = (report: NodeReport): boolean => source !== undefined && !report.sources.includes(source);
  const told = state.nodes.some(report => report.node.name === node && isNew(report))
    ? changeNode(state, node, report => ({ ...report, sources: [...report.sources, source ?? ''] }))
    : state;
  return { ...told, cells: new Map(state.cells).set(node, new Map(cells).set(target.id, result)) };
}

/** A host to which a redirect led. What cannot be understood is counted, and stays untried. */
function hopArrived(
  state: RunState,
  node: string,
  { entry, report }: HopReport,
  authorities: KnownAuthorities,
): RunState {
  const result = hopResult(state.plan, node, entry, report, authorities);
  if (result === undefined)
    return changeNode(state, node, known => ({ ...known, badReports: known.badReports + 1 }));
  const known = state.hops?.get(node);
  const guessed = guessedBy(state, node);
  const isGuess = state.plan.targets.some(
    ({ id, connects }) => connects === entry.connects && guessed?.has(id) === true,
  );
  const hop = isGuess ? byAnotherWay(result) : result;
  return { ...state, hops: new Map(state.hops).set(node, new Map(known).set(entry.id, hop)) };
}

function guessedBy(state: RunState, node: string): NodeReport['guessed'] {
  return state.nodes.find(report => report.node.name === node)?.guessed;
}

/** An endpoint at an address of the other family, which is told with the result that it has. */
function familyArrived(
  state: RunState,
  node: string,
  { entry, report }: FamilyReport,
  authorities: KnownAuthorities,
): RunState {
  const cells = state.cells.get(node);
  const result = cells?.get(entry.id);
  const observation = observationOf(entry, report);
  const { id, address } = entry;
  if (observation === undefined || result === undefined || address === undefined)
    return changeNode(state, node, known => ({ ...known, badReports: known.badReports + 1 }));
  const otherFamily = toOtherFamily(address, observation, authorities, endpointFacts(state.plan, entry));
  return {
    ...state,
    cells: new Map(state.cells).set(node, new Map(cells).set(id, { ...result, otherFamily })),
  };
}

function namesArrived(state: RunState, node: string, { resolvers, names }: NameReport): RunState {
  return changeNode(state, node, report => ({
    ...report,
    ...(resolvers && { resolvers }),
    names: new Map([...report.names, ...names.map(({ host, addresses }) => [host, addresses] as const)]),
  }));
}

/**
 * A node's work is over. What it did not measure says why; what it did measure stays.
 *
 * @param cause `no-report` when the script ended by itself
 */
export function nodeEnded(
  state: RunState,
  node: string,
  cause: Cause,
  message: string,
  now: string,
): RunState {
  if (!isWaiting(state, node)) return state;
  const filled = fillCells(state, node, cause);
  // A script that ends by itself is no news where it has reported everything.
  const early = cause !== 'no-report' || filled.cells.get(node) !== state.cells.get(node);
  const ended = changeNode(filled, node, report => ({
    ...report,
    state: 'done',
    message,
    ...(early && { ended: cause }),
  }));
  return finishIfDone(ended, now);
}

/** The administrator stopped it. Results so far stay. */
export function cancelRun(state: RunState, now: string): RunState {
  return stopRun(state, 'cancelled', now);
}

/** The page went away, at the latest at `now`. Results so far stay. */
export function interruptRun(state: RunState, now: string): RunState {
  return stopRun(state, 'interrupted', now);
}

function stopRun(state: RunState, status: 'cancelled' | 'interrupted', now: string): RunState {
  if (state.status !== 'running') return state;
  let stopped = state;
  for (const { node, state: nodeState } of state.nodes) {
    if (nodeState === 'waiting') stopped = fillCells(stopped, node.name, status);
  }
  return {
    ...stopped,
    status,
    endedAt: now,
    nodes: stopped.nodes.map(report => ({ ...report, state: 'done' })),
  };
}

function changeNode(state: RunState, node: string, change: (report: NodeReport) => NodeReport): RunState {
  return {
    ...state,
    nodes: state.nodes.map(report => (report.node.name === node ? change(report) : report)),
  };
}

function fillCells(state: RunState, node: string, cause: Cause): RunState {
  const known = state.cells.get(node);
  if (known !== undefined && state.plan.targets.every(({ id }) => known.has(id))) return state;
  const cells = new Map(known);
  for (const target of state.plan.targets) {
    if (!cells.has(target.id)) cells.set(target.id, notMeasured(node, target, cause));
  }
  return { ...state, cells: new Map(state.cells).set(node, cells) };
}

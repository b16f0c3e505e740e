import { type Cloud, isReachableState, type Node } from '../../cluster/cluster';
import type { Cause } from '../verdict/causes';
import type { PlanEntry, ProbePlan } from '../plan/probe-plan';
import type { Way } from '../plan/way';
import type { ProxyScript } from '../probe/proxy-script-report';
import type { ProbeResult } from '../verdict/probe-result';
import { notMeasured } from '../verdict/result';
import type { WaysOfRun } from './ways-tried';

/** What was asked; goes into the export unchanged. */
export interface RunRequest {
  readonly cluster: string;
  readonly cloud: Cloud;
  /** Ids of the features that were checked. */
  readonly features: readonly string[];
  /** Id and date of the list. */
  readonly edition: {
    readonly id: string;
    readonly published: string;
    /** As shown then; '' when not kept. */ readonly name: string;
  };
  /** Id of the region of the list; undefined where lists are not by region, or all are meant. */
  readonly region?: string;
  readonly vendor?: string;
  /** Whether what Arc gateway carries was left out. */
  readonly arcGateway?: boolean;
  /** The account that ran it, where Windows Admin Center says so. */
  readonly by?: string;
  /** For one endpoint. */
  readonly timeoutMs: number;
  /** The way that was forced on every endpoint; absent: each its own client's. */
  readonly way?: Way;
}

/** What is known of a node besides its results. */
export interface NodeReport {
  readonly node: Node;
  /** `waiting`: contacted, not all is there. `done`: every cell has its result. */
  readonly state: 'waiting' | 'done';
  /** Machine-wide proxy that the check used; '' for none. Undefined until it was read. */
  readonly proxy?: string;
  /**
   * Endpoints whose client follows the node's proxy configuration script, and that were tried by the fixed settings; absent: the
   * node has no such script. While it is measured; files have what became of it.
   */
  readonly guessed?: ReadonlySet<string> | undefined;
  /** Settings of the node that the check does not follow. */
  readonly notices: readonly ProxyNotice[];
  /** Its own addresses, as its connections had them: firewalls know it by these. */
  readonly sources: readonly string[];
  /** Its name servers; empty where it does not tell. */
  readonly resolvers: readonly string[];
  /** What it finds for names that it resolves itself, by lower-case host. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** Its proxy configuration script; absent: it has none, or was not asked for it. */
  readonly script?: ProxyScript;
  /** Reports that could not be understood; none of them became a result. */
  readonly badReports: number;
  /** Why the node's work ended early; undefined when it did not. */
  readonly ended?: Cause;
  /** The same in the node's or the gateway's words. Hostile text, for those who ask for it; '' when there are none. */
  readonly message: string;
}

/**
 * A script is not followed, set or found by automatic detection; `detection`: whether there is one to be found is not known,
 * `-dhcp` and `-name` say what did not tell. SOCKS and per-account proxies are not used; `service-proxy`: an account of Windows'
 * services has one, or what it has cannot be read. `constrained` and `module` tell how scripts run on the node; `winhttp-direct`:
 * WinHTTP has no proxy where WinINet has one; `agent-unread`: the Arc agent is there and could not be asked; `…-unclear`: what is set
 * there cannot be followed, or not be understood.
 */
export const PROXY_NOTICES = [
  'script',
  'detection',
  'detection-dhcp',
  'detection-name',
  'detection-none',
  'detection-found',
  'socks',
  'per-user',
  'service-proxy',
  'constrained',
  'module',
  'proxy-unclear',
  'winhttp-direct',
  'winhttp-unclear',
  'agent-unread',
  'agent-unclear',
] as const;
export type ProxyNotice = (typeof PROXY_NOTICES)[number];

/** Results by endpoint, of one node. An endpoint without one is still waiting. */
export type NodeCells = ReadonlyMap<string, ProbeResult>;

/** `interrupted`: the page was reloaded or left while it ran. */
export type RunStatus = 'running' | 'finished' | 'cancelled' | 'interrupted';

export interface RunState {
  readonly status: RunStatus;
  readonly request: RunRequest;
  readonly plan: ProbePlan;
  readonly nodes: readonly NodeReport[];
  /** By node name. */
  readonly cells: ReadonlyMap<string, NodeCells>;
  /** Hosts beside the endpoints to which redirects led, by node name and `hopId`; absent: none was tried. */
  readonly hops?: ReadonlyMap<string, NodeCells>;
  /** Endpoints that were tried by each way; absent: none was. */
  readonly ways?: WaysOfRun;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly endedAt?: string;
  /** When the oldest part of it was begun, where only a part was measured again later; ISO 8601. */
  readonly since?: string;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** A run in which nothing was measured yet. Nodes that are down have their verdict and are not contacted. */
export function startRun(
  request: RunRequest,
  plan: ProbePlan,
  nodes: readonly Node[],
  now: string,
): RunState {
  const cells = new Map<string, NodeCells>();
  const reports = nodes.map((node): NodeReport => {
    const contacted = isReachableState(node.state);
    const untested = plan.untested.map(
      entry => [entry.id, notMeasured(node.name, entry, entry.reason)] as const,
    );
    const down = contacted
      ? []
      : plan.targets.map(target => [target.id, notMeasured(node.name, target, 'node-down')] as const);
    cells.set(node.name, new Map([...untested, ...down]));
    return untouched(node, contacted ? 'waiting' : 'done');
  });
  return finishIfDone({ status: 'running', request, plan, nodes: reports, cells, startedAt: now }, now);
}

/** What is known of a node that has told nothing. */
export function untouched(node: Node, state: NodeReport['state']): NodeReport {
  return {
    ...{ node, state, notices: [], sources: [], resolvers: [], names: new Map() },
    ...{ badReports: 0, message: '' },
  };
}

/** Whether another way was tried than the nodes' own clients take: such results say what would be, not what is. */
export function isForced({ request }: RunState): boolean {
  return request.way !== undefined && request.way.kind !== 'own';
}

/** What of a node is still to be measured. */
export function waitingTargets(state: RunState, node: string): readonly PlanEntry[] {
  const cells = state.cells.get(node);
  return isWaiting(state, node) ? state.plan.targets.filter(({ id }) => cells?.has(id) !== true) : [];
}

/** Cells of the nodes that are asked; endpoints that are not tested and nodes that are down do not count. */
export function progressOf(state: RunState): Progress {
  const contacted = state.nodes.filter(({ node }) => isReachableState(node.state));
  const done = contacted.map(({ node }) => {
    const cells = state.cells.get(node.name);
    return state.plan.targets.filter(target => cells?.has(target.id)).length;
  });
  return {
    done: done.reduce((sum, count) => sum + count, 0),
    total: contacted.length * state.plan.targets.length,
  };
}

/** Milliseconds that the run took, or has taken so far. */
export function elapsedMs(state: RunState, now: Date): number {
  const end = state.endedAt === undefined ? now.getTime() : Date.parse(state.endedAt);
  return Math.max(0, end - Date.parse(state.startedAt));
}

/** Computers of one domain that differ by more cannot sign in (RFC 4120, section 8.2). */
const MOST_SKEW_MS = 5 * 60_000;

/** Whether the clock by which a run is dated was ahead of this browser's: it came in a file. */
export function isAhead({ startedAt, endedAt = startedAt }: RunState, now: Date): boolean {
  return Date.parse(endedAt) - now.getTime() > MOST_SKEW_MS;
}

/** Whether something of a node may still arrive. */
export function isWaiting(state: RunState, node: string): boolean {
  return (
    state.status === 'running' &&
    state.nodes.some(report => report.node.name === node && report.state === 'waiting')
  );
}

/** Over as soon as all of its nodes are. */
export function finishIfDone(state: RunState, now: string): RunState {
  return state.nodes.every(report => report.state === 'done')
    ? { ...state, status: 'finished', endedAt: now }
    : state;
}

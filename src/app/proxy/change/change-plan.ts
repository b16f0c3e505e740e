import { isReachableState, type Node } from '../../cluster/cluster';
import { parseBypassList } from '../setting/bypass-list';
import type { NodeChange } from './proxy-change';
import { sameSetting } from './proxy-change';
import { parseProxyServer } from '../setting/proxy-server';
import type { DesiredProxy, ProxySetting } from '../setting/proxy-setting';

export type ChangeKind = 'set' | 'remove' | 'put-back';

/** One change of the proxy on several nodes. */
export interface ProxyChange {
  readonly kind: ChangeKind;
  readonly nodes: readonly NodeChange[];
}

/** The same wish for every node; those that are down are kept in the list as skipped. */
export function planForAll(nodes: readonly Node[], desired: DesiredProxy | undefined): ProxyChange {
  return {
    kind: desired === undefined ? 'remove' : 'set',
    nodes: nodes.map(node => ({
      node,
      desired,
      phase: { at: isReachableState(node.state) ? 'waiting' : 'skipped' },
    })),
  };
}

/** Ends that may come out better when tried again. */
export function canRetry(change: NodeChange): boolean {
  return ['failed', 'unknown', 'mismatch', 'overtaken', 'module-missing'].includes(change.phase.at);
}

/** Sends the nodes that did not get there back to the start; what they had before the first attempt is kept. */
export function planRetry(change: ProxyChange): ProxyChange {
  return {
    ...change,
    nodes: change.nodes.map(node => (canRetry(node) ? { ...node, phase: { at: 'waiting' } } : node)),
  };
}

/** A way back: the nodes for which there is one, and those which somebody must set by hand. */
export interface PutBack {
  readonly change: ProxyChange;
  readonly impossible: readonly Node[];
}

/**
 * How to give the nodes that were changed what they had before, with the same two commands. A setting that these
 * commands cannot make – a proxy script, an account's own proxy, one that was not readable – is not attempted.
 */
export function planPutBack(change: ProxyChange): PutBack {
  const nodes: NodeChange[] = [];
  const impossible: Node[] = [];
  for (const { node, before, phase } of change.nodes) {
    if (before === undefined || !mayHaveChanged(phase, before)) continue;
    const wish = wayBack(before);
    if (wish === 'none') impossible.push(node);
    else nodes.push({ node, desired: wish, phase: { at: 'waiting' } });
  }
  return { change: { kind: 'put-back', nodes }, impossible };
}

function mayHaveChanged(phase: NodeChange['phase'], before: ProxySetting): boolean {
  switch (phase.at) {
    case 'unknown':
      return true;
    case 'verified':
    case 'mismatch':
    case 'overtaken':
      return !sameSetting(phase.after, before);
    default:
      return false;
  }
}

function wayBack(before: ProxySetting): DesiredProxy | undefined | 'none' {
  if (!before.readable || before.pacUrl !== '') return 'none';
  if (!before.machineWide) return before.server === '' ? undefined : 'none';
  const server = parseProxyServer(before.server);
  const bypass = parseBypassList(before.bypass.join(';'));
  if (before.autoDetect || !server.ok || server.schemeRemoved || bypass.errors.length > 0) return 'none';
  return { server: server.server, bypass: bypass.entries };
}

/** How many nodes ended how; `open` are not at their end. */
export interface ChangeCounts {
  readonly verified: number;
  readonly skipped: number;
  readonly unsuccessful: number;
  readonly open: number;
}

export function countChange(change: ProxyChange): ChangeCounts {
  const counts = { verified: 0, skipped: 0, unsuccessful: 0, open: 0 };
  for (const node of change.nodes) {
    if (node.phase.at === 'verified' || node.phase.at === 'skipped') counts[node.phase.at]++;
    else if (canRetry(node)) counts.unsuccessful++;
    else counts.open++;
  }
  return counts;
}

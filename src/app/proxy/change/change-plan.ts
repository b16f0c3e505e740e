import { isReachableState, type Node } from '../../cluster/cluster';
import type { ChangeKind } from '../setting/change-record';
import type { ProxySetting } from '../setting/proxy-setting';
import { isEnd, isOpen, isSameState, type NodeChange, type ReachedIds } from './node-change';
import type { Wish } from './order';

/** One change of the proxy on several nodes. */
export interface ProxyChange {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly nodes: readonly NodeChange[];
}

/** What is known of a node when its change is planned. */
export interface Candidate {
  readonly node: Node;
  readonly chosen: boolean;
  readonly wish: Wish;
  /** What the preview showed; absent: it could not be read. */
  readonly setting?: ProxySetting;
  readonly had?: ReachedIds;
}

/** Nodes that are down or not chosen are kept in the list as skipped. */
export function planChange(id: string, kind: ChangeKind, candidates: readonly Candidate[]): ProxyChange {
  const nodes = candidates.map(({ node, chosen, wish, setting, had }): NodeChange => {
    const waits = chosen && isReachableState(node.state);
    return {
      node,
      wish,
      attempts: [],
      ...(setting?.node && { expected: setting.node.values }),
      ...(had && { had }),
      phase: { at: waits ? 'waiting' : 'skipped' },
    };
  });
  return { id, kind, nodes };
}

/** Ends that may come out better when tried again. */
export function canRetry(change: NodeChange): boolean {
  return [
    'failed',
    'unknown',
    'mismatch',
    'overtaken',
    'moved',
    'module-missing',
    'stopped',
    'rolled-back',
  ].includes(change.phase.at);
}

/** Sends those nodes back to the start; what they had before the first attempt, and their attempts, are kept. */
export function planRetry(change: ProxyChange): ProxyChange {
  return {
    ...change,
    nodes: change.nodes.map(node => {
      if (!canRetry(node)) return node;
      const { node: of, wish, before, had, attempts } = node;
      return {
        node: of,
        wish,
        ...(before && { before }),
        ...(had && { had }),
        attempts,
        phase: { at: 'waiting' },
      };
    }),
  };
}

/** Nodes that have, or may have, something else than before this change. */
export function changedNodes(change: ProxyChange): readonly NodeChange[] {
  return change.nodes.filter(node => {
    const { phase, before, attempts } = node;
    if (before === undefined || attempts.length === 0) return false;
    if (isOpen(node) || phase.at === 'unknown') return true;
    return 'after' in phase && phase.after !== undefined && !isSameState(phase.after, before);
  });
}

/** How many nodes ended how; `open` are not at their end. */
export interface ChangeCounts {
  readonly verified: number;
  readonly unchanged: number;
  readonly rolledBack: number;
  readonly skipped: number;
  readonly unsuccessful: number;
  readonly unknown: number;
  readonly open: number;
}

export function countChange(change: ProxyChange): ChangeCounts {
  const counts = {
    verified: 0,
    unchanged: 0,
    rolledBack: 0,
    skipped: 0,
    unsuccessful: 0,
    unknown: 0,
    open: 0,
  };
  for (const { phase } of change.nodes) {
    if (!isEnd(phase)) counts.open++;
    else if (phase.at === 'verified' || phase.at === 'unchanged' || phase.at === 'unknown')
      counts[phase.at]++;
    else if (phase.at === 'rolled-back') counts.rolledBack++;
    else if (phase.at === 'skipped' || phase.at === 'stopped' || phase.at === 'protected') counts.skipped++;
    else counts.unsuccessful++;
  }
  return counts;
}

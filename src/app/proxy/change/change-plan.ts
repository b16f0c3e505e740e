import { isReachableState, type Node } from '../../cluster/cluster';
import type { ChangeKind } from '../setting/change-record';
import type { ProxySetting } from '../setting/proxy-setting';
import type { Failure } from './failure';
import {
  isEnd,
  isOpen,
  isProven,
  isSameState,
  isUnsettled,
  lostOf,
  ownAttempts,
  type NodeChange,
  type ReachedIds,
} from './node-change';
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
  /** Why it could not. */
  readonly failure?: Failure;
  readonly had?: ReachedIds;
  /** Of what it reached, what it was seen to lose and chosen all the same. */
  readonly accepted?: ReachedIds;
  /** The preview said so: the module is not there. */
  readonly lacksModule?: boolean;
}

/** Nodes that are down or not chosen are kept in the list as skipped; one that nobody could look at is not touched. */
export function planChange(id: string, kind: ChangeKind, candidates: readonly Candidate[]): ProxyChange {
  const nodes = candidates.map((candidate): NodeChange => {
    const { node, chosen, wish, setting, failure, had, accepted, lacksModule } = candidate;
    const isUp = isReachableState(node.state);
    const isUnseen = isUp && setting === undefined && failure !== undefined;
    return {
      node,
      wish,
      attempts: [],
      ...(setting && { expected: setting }),
      ...(had && { had }),
      ...(accepted && { accepted }),
      phase: isUnseen
        ? { at: 'failed', failure }
        : lacksModule === true
          ? { at: 'module-missing' }
          : chosen && isUp
            ? { at: 'waiting' }
            : { at: 'skipped', ...(setting && { after: setting }) },
    };
  });
  return { id, kind, nodes };
}

/**
 * Takes over from the change before what may still be at work: a command that never told its end stays an attempt of its
 * node, and a row of which nothing is known stays until it is, whatever is changed next.
 */
export function carryOver(change: ProxyChange, former: ProxyChange | undefined): ProxyChange {
  const unsettled = new Map(
    former?.nodes.flatMap(row => (isUnsettled(row) ? [[row.node.fqdn, row] as const] : [])),
  );
  const nodes = change.nodes.map(row => {
    const old = unsettled.get(row.node.fqdn);
    unsettled.delete(row.node.fqdn);
    if (old === undefined) return row;
    if (row.phase.at !== 'waiting') return old;
    const open = old.attempts.filter(attempt => attempt.open);
    return { ...row, attempts: open.map(({ id }) => ({ id, open: true, earlier: true })) };
  });
  return { ...change, nodes: [...nodes, ...unsettled.values()] };
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

/**
 * Sends the chosen ones of those nodes back to the start; what they had before the first attempt, and their attempts,
 * are kept. The others stay as they ended.
 */
export function planRetry(change: ProxyChange, candidates: readonly Candidate[]): ProxyChange {
  const byNode = new Map(candidates.map(candidate => [candidate.node.fqdn, candidate]));
  return {
    ...change,
    nodes: change.nodes.map(row => {
      const candidate = byNode.get(row.node.fqdn);
      if (candidate?.chosen !== true || !canRetry(row)) return row;
      const { before, attempts } = row;
      const { node, wish, setting, accepted } = candidate;
      const had = row.had ?? candidate.had;
      return {
        node,
        wish,
        ...(before && { before }),
        ...(setting && { expected: setting }),
        ...(had && { had }),
        ...(accepted && { accepted }),
        attempts,
        phase: { at: 'waiting' },
        former: row.phase,
      };
    }),
  };
}

/** Nodes that have, or may have, something else than before this change. */
export function changedNodes(change: ProxyChange): readonly NodeChange[] {
  return change.nodes.filter(node => {
    const { phase, before } = node;
    if (before === undefined || ownAttempts(node).length === 0) return false;
    if (isOpen(node) || phase.at === 'unknown') return true;
    return 'after' in phase && phase.after !== undefined && !isSameState(phase.after, before);
  });
}

/** How many nodes ended how; `open` are not at their end. */
export interface ChangeCounts {
  readonly verified: number;
  /** As wanted and read back, yet nothing shows that it carries anything. */
  readonly unproven: number;
  /** Of the verified ones, those without needed endpoints that they had. */
  readonly losing: number;
  readonly unchanged: number;
  readonly rolledBack: number;
  readonly skipped: number;
  /** The change was stopped before it came to them. */
  readonly stopped: number;
  readonly unsuccessful: number;
  readonly unknown: number;
  readonly open: number;
}

/** How many nodes ended in which way. */
export function countChange(change: ProxyChange): ChangeCounts {
  const counts = {
    verified: 0,
    unproven: 0,
    losing: 0,
    unchanged: 0,
    rolledBack: 0,
    skipped: 0,
    stopped: 0,
    unsuccessful: 0,
    unknown: 0,
    open: 0,
  };
  for (const node of change.nodes) {
    const { phase } = node;
    if (phase.at === 'verified' && lostOf(node.had, node.proof).length > 0) counts.losing++;
    if (!isEnd(phase)) counts.open++;
    else if (phase.at === 'verified' && !isProven(node)) counts.unproven++;
    else if (phase.at === 'verified' || phase.at === 'unchanged' || phase.at === 'unknown')
      counts[phase.at]++;
    else if (phase.at === 'rolled-back') counts.rolledBack++;
    else if (phase.at === 'stopped') counts.stopped++;
    else if (phase.at === 'skipped' || phase.at === 'protected') counts.skipped++;
    else counts.unsuccessful++;
  }
  return counts;
}

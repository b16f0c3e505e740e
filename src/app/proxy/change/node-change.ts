import type { Node } from '../../cluster/cluster';
import type { Cause } from '../../reachability/verdict/causes';
import type { VerdictCode } from '../../reachability/verdict/verdicts';
import type { ChangeRecord } from '../setting/change-record';
import { changedIds, isAccountValue } from '../setting/layers/raw-values';
import type { Difference, ProxySetting } from '../setting/proxy-setting';
import type { Failure } from './failure';
import { differencesTo, type Obstacle, type Wish } from './order';

/** A command that was sent to the node and not proven to have never begun. */
export interface Attempt {
  readonly id: string;
  /** Nobody knows whether it ended: it may still change the node. */
  readonly open: boolean;
  /** Of another change: by another page, another administrator, or before a reload. */
  readonly earlier?: boolean;
}

/** Why a node was given back what it had. */
export type RollbackReason = 'mismatch' | 'lost' | 'nothing-reached';

/** Where one node is on its way, and how it ended. */
export type ChangePhase =
  | { readonly at: 'waiting' | 'reading' | 'applying' | 'reading-back' | 'verifying' | 'rolling-back' }
  /** As wanted, read back. `doubt`: what the node or the gateway said nevertheless. */
  | { readonly at: 'verified'; readonly after: ProxySetting; readonly doubt?: Failure }
  /** It was as wanted already. */
  | { readonly at: 'unchanged'; readonly after: ProxySetting }
  | {
      readonly at: 'mismatch';
      readonly after: ProxySetting;
      readonly differences: readonly Difference[];
      readonly doubt?: Failure;
      /** It was to get back what it had before, and was read back with something else. */
      readonly notRolledBack?: true;
    }
  /** It has what it had before. `lost`: needed endpoints that the new setting cut off. */
  | {
      readonly at: 'rolled-back';
      readonly after: ProxySetting;
      readonly reason: RollbackReason;
      readonly lost: readonly string[];
      /** In what way it had been read back otherwise than wanted. */
      readonly differences: readonly Difference[];
      readonly doubt?: Failure;
    }
  /** It ended so, and a later reading tells otherwise. */
  | { readonly at: 'overtaken'; readonly after: ProxySetting; readonly ended: Settled }
  /** Without `after`, nothing of this change ever reached the command; with it, it ended and was read back as before. */
  | { readonly at: 'failed'; readonly failure: Failure; readonly after?: ProxySetting }
  /** A command may still be at work. `after`: the last reading since. */
  | { readonly at: 'unknown'; readonly failure: Failure; readonly after?: ProxySetting }
  /** Not what the preview showed: left alone. Without `after`, it told nothing since. */
  | { readonly at: 'moved'; readonly after?: ProxySetting }
  | { readonly at: 'protected'; readonly obstacle: Obstacle; readonly after: ProxySetting }
  | { readonly at: 'module-missing' }
  /** Down, or not chosen. `after`: as it was read last; absent: it was not. */
  | { readonly at: 'skipped'; readonly after?: ProxySetting }
  /** The change was stopped before it came to this node. */
  | { readonly at: 'stopped'; readonly after?: ProxySetting };

/** Ends at which a node was read back with a setting that another reading can be held to. */
type Settled = Extract<ChangePhase, { at: 'verified' | 'unchanged' | 'rolled-back' }>;

/** Ids of the plan's endpoints. */
export type ReachedIds = ReadonlySet<string>;

/** What the needed endpoints did on a node. One that is in neither set was not tested, which proves nothing. */
export interface Proof {
  readonly reached: ReachedIds;
  readonly failed: ReachedIds;
  /** Something answered, and nothing shows that it was the service. */
  readonly answered: readonly FailingEndpoint[];
  /** All others that were not reached, those among them of which nothing is known. */
  readonly failing: readonly FailingEndpoint[];
}

export interface FailingEndpoint {
  /** `host:port` */
  readonly endpoint: string;
  readonly verdict: VerdictCode;
  readonly cause: Cause;
}

export interface NodeChange {
  readonly node: Node;
  readonly wish: Wish;
  /** What the node had before the first attempt. */
  readonly before?: ProxySetting;
  /** What the administrator saw in the preview. */
  readonly expected?: ProxySetting;
  /** Needed endpoints that it reached before the change; absent: not tested. */
  readonly had?: ReachedIds;
  /** Those of them that the preview named as lost, where the node was chosen all the same: for them nothing is taken back. */
  readonly accepted?: ReachedIds;
  /** After the change; absent: not tested. */
  readonly proof?: Proof;
  /** By what the node's command wrote: the documented module, or Windows' own commands where that may not run. */
  readonly by?: 'module' | 'commands';
  readonly attempts: readonly Attempt[];
  readonly phase: ChangePhase;
  /** How the try before this one ended; absent on the first. */
  readonly former?: ChangePhase;
}

/** The change is stopped before it came to this node: how an earlier try of it ended is still so. */
export function stopNode({ former, ...row }: NodeChange): NodeChange {
  if (former !== undefined && row.attempts.length > 0) return { ...row, phase: former };
  return { ...row, phase: { at: 'stopped', ...(row.expected && { after: row.expected }) } };
}

/** Whether a proxy that was set is known to carry something: read back alone says nothing of the way out. */
export function isProven({ wish, proof }: NodeChange): boolean {
  return wish.kind !== 'set' || (proof?.reached.size ?? 0) > 0;
}

/** Endpoints that a node had and that were seen to fail: one that was not tested is not lost. */
export function lostOf(had: ReachedIds | undefined, proof: Proof | undefined): readonly string[] {
  return had === undefined || proof === undefined ? [] : [...had].filter(id => proof.failed.has(id));
}

/** What a node loses beyond what the administrator saw and chose. */
export function lostUnseen({ had, accepted }: NodeChange, proof: Proof | undefined): readonly string[] {
  return lostOf(had, proof).filter(id => accepted?.has(id) !== true);
}

/** Commands of this change. */
export function ownAttempts({ attempts }: NodeChange): readonly Attempt[] {
  return attempts.filter(({ earlier }) => earlier !== true);
}

/** Whether a command may still be at work on the node. */
export function isOpen({ attempts }: NodeChange): boolean {
  return attempts.some(({ open }) => open);
}

/** Whether the node is read again by itself until it tells how it is. */
export function isUnsettled(change: NodeChange): boolean {
  return change.phase.at === 'unknown' || (isEnd(change.phase) && isOpen(change));
}

/** Whether nothing more is done on the node by itself. */
export function isEnd({ at }: ChangePhase): boolean {
  return !['waiting', 'reading', 'applying', 'reading-back', 'verifying', 'rolling-back'].includes(at);
}

/**
 * What a reading after the last attempt means. "Nothing changed" is only what is proven: no attempt is left that may have
 * begun. While one is open, an equal reading proves nothing, since it may still change the node.
 */
export function judge(change: NodeChange, after: ProxySetting, doubt: Failure | undefined): ChangePhase {
  const differences = differencesOf(change, after);
  if (differences.length === 0) return { at: 'verified', after, ...(doubt && { doubt }) };
  const failure = doubt ?? { code: 'no-answer', message: '' };
  if (isOpen(change)) return { at: 'unknown', failure, after };
  if (ownAttempts(change).length === 0) return { at: 'failed', failure };
  if (doubt !== undefined && change.before !== undefined && isSameState(after, change.before))
    return { at: 'failed', failure: doubt, after };
  return { at: 'mismatch', after, differences, ...(doubt && { doubt }) };
}

/**
 * In what way a reading after a command is not what it was to be. The documented command writes the account's own values,
 * too, and the script gives them back: one that was killed in between did not.
 */
export function differencesOf(change: NodeChange, after: ProxySetting): readonly Difference[] {
  const differences = differencesTo(after, change.wish);
  return lostAccount(change, after) ? [...differences, 'account'] : differences;
}

/** Only where a command of this change was cut off: otherwise the account itself may have changed what is its own. */
function lostAccount(change: NodeChange, after: ProxySetting): boolean {
  const { wish, before } = change;
  const { node } = after;
  if (wish.kind === 'put-back' || node === undefined || before?.node?.account !== node.account) return false;
  return wasCutOff(change, after) && changedIds(before.node.values, node.values).some(isAccountValue);
}

/** Whether a command of this change is over without having told its end. */
export function wasCutOff(change: NodeChange, { node }: ProxySetting): boolean {
  const own = new Set(ownAttempts(change).map(({ id }) => id));
  return node?.records.some(({ id, ended, cutOff }) => own.has(id) && ended && cutOff) === true;
}

/** The newest change that an overtaken node keeps, where it came after this one: by another page, or another administrator. */
export function laterChange(change: NodeChange): ChangeRecord | undefined {
  const { phase, before, expected } = change;
  const [newest] = (phase.at === 'overtaken' ? phase.after.node?.records : undefined) ?? [];
  const earlier = (before ?? expected)?.node?.records ?? [];
  const known = new Set([...ownAttempts(change), ...earlier].map(({ id }) => id));
  return newest !== undefined && newest.begun && !known.has(newest.id) ? newest : undefined;
}

/** A reading that came after the end: it corrects what is not so any more. */
export function seenLater(change: NodeChange, after: ProxySetting): NodeChange {
  const { phase } = change;
  switch (phase.at) {
    case 'unknown':
    case 'mismatch':
      return { ...change, phase: judge(change, after, phase.at === 'unknown' ? phase.failure : phase.doubt) };
    case 'failed':
      return phase.after === undefined ? change : { ...change, phase: judge(change, after, phase.failure) };
    case 'verified':
    case 'unchanged':
    case 'rolled-back':
      return { ...change, phase: heldTo(change, phase, after) };
    case 'overtaken':
      return { ...change, phase: heldTo(change, phase.ended, after) };
    case 'moved':
    case 'skipped':
    case 'stopped':
    case 'protected':
      return { ...change, phase: { ...phase, after } };
    default:
      return change;
  }
}

/** Once it reads again as it ended, that is how it ended: what another change made of it meanwhile is not this one's doing. */
function heldTo({ wish, before }: NodeChange, ended: Settled, after: ProxySetting): ChangePhase {
  const isSo =
    ended.at === 'rolled-back'
      ? before !== undefined && isSameState(after, before)
      : differencesTo(after, wish).length === 0;
  return isSo ? { ...ended, after } : { at: 'overtaken', after, ended };
}

/** Whether two readings of a node are the same to the byte, or, where no bytes were told, to the word. */
export function isSameState(a: ProxySetting, b: ProxySetting): boolean {
  if (a.node !== undefined && b.node !== undefined)
    return changedIds(a.node.values, b.node.values).length === 0;
  if (!a.readable || !b.readable) return false;
  const key = ({ machineWide, server, bypass, pacUrl, autoDetect, leftoverServer }: ProxySetting): string =>
    JSON.stringify([machineWide, server, bypass, pacUrl, autoDetect, leftoverServer]);
  return key(a) === key(b);
}

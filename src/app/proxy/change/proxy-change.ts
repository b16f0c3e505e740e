import type { Node } from '../../cluster/cluster';
import type { Failure, FailureCode } from './failure';
import {
  type DesiredProxy,
  type Difference,
  differencesFrom,
  type ProxySetting,
} from '../setting/proxy-setting';

/** Where one node is on its way: waiting, reading, applying, reading back, and then one of the ends. */
export type ChangePhase =
  | { readonly at: 'waiting' }
  | { readonly at: 'reading' }
  | { readonly at: 'applying' }
  /** `doubt`: why the call may, or may not, have done its work. */
  | { readonly at: 'reading-back'; readonly doubt?: Failure }
  | { readonly at: 'verified'; readonly after: ProxySetting; readonly doubt?: Failure }
  | {
      readonly at: 'mismatch';
      readonly after: ProxySetting;
      readonly differences: readonly Difference[];
      readonly doubt?: Failure;
    }
  /** It was as wanted, and a later reading tells otherwise. */
  | { readonly at: 'overtaken'; readonly after: ProxySetting }
  /** Without `after`, nothing of this change ever reached the command on the node; with it, it ended and was read back as before. */
  | { readonly at: 'failed'; readonly failure: Failure; readonly after?: ProxySetting }
  /** A command was sent and nobody knows whether it ran, still runs, or never will. `after`: the last reading since. */
  | { readonly at: 'unknown'; readonly failure: Failure; readonly after?: ProxySetting }
  | { readonly at: 'module-missing' }
  | { readonly at: 'skipped' };

export interface NodeChange {
  readonly node: Node;
  /** undefined: no machine-wide proxy. */
  readonly desired: DesiredProxy | undefined;
  /** What the node had before the first attempt. */
  readonly before?: ProxySetting;
  /** A command of this change may have begun on the node, in this attempt or an earlier one. */
  readonly reached?: boolean;
  /** Of one that may have begun, nobody knows whether it ended. */
  readonly open?: boolean;
  readonly phase: ChangePhase;
}

export type ChangeEvent =
  | { readonly on: 'started' }
  | { readonly on: 'read'; readonly setting: ProxySetting }
  | { readonly on: 'applied' }
  | { readonly on: 'failed'; readonly failure: Failure };

/**
 * Refusals by the script itself: the attempt that got one has changed nothing. A refusal by the gateway is none – it may
 * answer 401 or 403, or break off, long after the command began.
 */
const REFUSED_BY_SCRIPT: readonly FailureCode[] = [
  'constrained-language',
  'invalid-server',
  'invalid-bypass',
  'module-missing',
  'module-not-loaded',
];

/** Failures that the script told as its last word: it runs no more, and what it did is what can be read. */
const ENDED_BY_SCRIPT: readonly FailureCode[] = ['script', 'set-failed', 'remove-failed'];

/**
 * The next state of one node. Success is only ever what was read back, and "nothing changed" only what was never sent: a
 * command that ended well may have done nothing, and one that failed may still do its work. An event that does not belong
 * to the phase changes nothing.
 */
export function advance(change: NodeChange, event: ChangeEvent): NodeChange {
  const { phase } = change;
  if (phase.at === 'waiting' && event.on === 'started') return { ...change, phase: { at: 'reading' } };
  if (phase.at === 'reading') {
    if (event.on === 'read')
      return { ...change, before: change.before ?? event.setting, phase: { at: 'applying' } };
    if (event.on === 'failed') return { ...change, phase: notDone(change, event.failure) };
  }
  if (phase.at === 'applying') {
    if (event.on === 'applied') return { ...change, reached: true, phase: { at: 'reading-back' } };
    if (event.on === 'failed') return afterFailedCall(change, event.failure);
  }
  if (phase.at === 'reading-back') {
    if (event.on === 'read') return { ...change, phase: judge(change, event.setting, phase.doubt) };
    if (event.on === 'failed')
      return { ...change, phase: { at: 'unknown', failure: phase.doubt ?? event.failure } };
  }
  return event.on === 'read' ? { ...change, phase: seenLater(change, event.setting) } : change;
}

/** Whether the node must be read again by itself until it tells how it is. */
export function isUnsettled({ phase }: NodeChange): boolean {
  return phase.at === 'unknown';
}

function notDone({ reached }: NodeChange, failure: Failure): ChangePhase {
  return { at: reached === true ? 'unknown' : 'failed', failure };
}

function afterFailedCall(change: NodeChange, failure: Failure): NodeChange {
  const readBack = { at: 'reading-back', doubt: failure } as const;
  if (ENDED_BY_SCRIPT.includes(failure.code)) return { ...change, reached: true, phase: readBack };
  if (!REFUSED_BY_SCRIPT.includes(failure.code)) {
    return { ...change, reached: true, open: true, phase: readBack };
  }
  if (change.reached === true) return { ...change, phase: readBack };
  if (failure.code === 'module-missing') return { ...change, phase: { at: 'module-missing' } };
  return { ...change, phase: { at: 'failed', failure } };
}

function judge(change: NodeChange, after: ProxySetting, doubt: Failure | undefined): ChangePhase {
  const differences = differencesFrom(after, change.desired);
  if (differences.length === 0) return { at: 'verified', after, ...(doubt && { doubt }) };
  // What runs on may still change the node: only time tells.
  if (doubt !== undefined && change.open === true) return { at: 'unknown', failure: doubt, after };
  if (doubt !== undefined && change.before !== undefined && sameSetting(after, change.before))
    return { at: 'failed', failure: doubt, after };
  return { at: 'mismatch', after, differences, ...(doubt && { doubt }) };
}

/** A reading that came after the end: it corrects what is not so any more. */
function seenLater(change: NodeChange, seen: ProxySetting): ChangePhase {
  const { phase } = change;
  if (phase.at === 'unknown' || phase.at === 'mismatch' || (phase.at === 'failed' && phase.after))
    return judge(change, seen, phase.at === 'mismatch' ? phase.doubt : phase.failure);
  if (phase.at !== 'verified' && phase.at !== 'overtaken') return phase;
  const differences = differencesFrom(seen, change.desired);
  const doubt = phase.at === 'verified' ? phase.doubt : undefined;
  return differences.length > 0
    ? { at: 'overtaken', after: seen }
    : { at: 'verified', after: seen, ...(doubt && { doubt }) };
}

/** Whether two readings of a node tell the same proxy; two that cannot be understood tell nothing. */
export function sameSetting(a: ProxySetting, b: ProxySetting): boolean {
  if (!a.readable || !b.readable) return false;
  const desired = { server: a.server, bypass: a.bypass };
  return (
    a.machineWide === b.machineWide &&
    a.pacUrl === b.pacUrl &&
    differencesFrom({ ...b, machineWide: true, pacUrl: '' }, desired).length === 0
  );
}

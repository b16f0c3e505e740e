import type { Node } from '../../cluster/cluster';
import type { Failure, FailureCode } from './failure';
import {
  type DesiredProxy,
  type Difference,
  differencesFrom,
  type ProxySetting,
} from '../setting/proxy-setting';

/** `no`: the node is as before. `unknown`: nobody could see whether the node changed. */
export type Changed = 'no' | 'unknown';

/** Where one node is on its way: waiting, reading, applying, reading back, and then one of the ends. */
export type ChangePhase =
  | { readonly at: 'waiting' }
  | { readonly at: 'reading' }
  | { readonly at: 'applying' }
  /** `doubt`: the call failed in a way that does not tell whether the node changed. */
  | { readonly at: 'reading-back'; readonly doubt?: Failure }
  | { readonly at: 'verified'; readonly after: ProxySetting }
  | {
      readonly at: 'mismatch';
      readonly after: ProxySetting;
      readonly differences: readonly Difference[];
      readonly doubt?: Failure;
    }
  | { readonly at: 'failed'; readonly failure: Failure; readonly changed: Changed }
  | { readonly at: 'module-missing' }
  | { readonly at: 'skipped' };

export interface NodeChange {
  readonly node: Node;
  /** undefined: no machine-wide proxy. */
  readonly desired: DesiredProxy | undefined;
  /** What the node had before the first attempt. */
  readonly before?: ProxySetting;
  readonly phase: ChangePhase;
}

export type ChangeEvent =
  | { readonly on: 'started' }
  | { readonly on: 'read'; readonly setting: ProxySetting }
  | { readonly on: 'applied' }
  | { readonly on: 'failed'; readonly failure: Failure };

/** After these the node is surely as before: the command did not get as far as changing anything. */
const NOTHING_DONE: readonly FailureCode[] = [
  'access-denied',
  'constrained-language',
  'invalid-server',
  'invalid-bypass',
  'module-not-loaded',
];

/**
 * The next state of one node. Success is only ever what was read back: a command that ended well is not enough, and
 * one that failed half-way may still have done its work. An event that does not belong to the phase changes nothing.
 */
export function advance(change: NodeChange, event: ChangeEvent): NodeChange {
  const { phase } = change;
  if (phase.at === 'waiting' && event.on === 'started') return { ...change, phase: { at: 'reading' } };
  if (phase.at === 'reading') {
    if (event.on === 'read')
      return { ...change, before: change.before ?? event.setting, phase: { at: 'applying' } };
    if (event.on === 'failed')
      return { ...change, phase: { at: 'failed', failure: event.failure, changed: 'no' } };
  }
  if (phase.at === 'applying') {
    if (event.on === 'applied') return { ...change, phase: { at: 'reading-back' } };
    if (event.on === 'failed') return { ...change, phase: afterFailedCall(event.failure) };
  }
  if (phase.at === 'reading-back') {
    if (event.on === 'read') return { ...change, phase: judge(change, event.setting, phase.doubt) };
    if (event.on === 'failed') {
      return {
        ...change,
        phase: { at: 'failed', failure: phase.doubt ?? event.failure, changed: 'unknown' },
      };
    }
  }
  return change;
}

function afterFailedCall(failure: Failure): ChangePhase {
  if (failure.code === 'module-missing') return { at: 'module-missing' };
  if (NOTHING_DONE.includes(failure.code)) return { at: 'failed', failure, changed: 'no' };
  return { at: 'reading-back', doubt: failure };
}

function judge(change: NodeChange, after: ProxySetting, doubt: Failure | undefined): ChangePhase {
  const differences = differencesFrom(after, change.desired);
  if (differences.length === 0) return { at: 'verified', after };
  if (doubt !== undefined && change.before !== undefined && sameSetting(after, change.before)) {
    return { at: 'failed', failure: doubt, changed: 'no' };
  }
  return { at: 'mismatch', after, differences, ...(doubt && { doubt }) };
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

import type { RemoteShell } from '../../wac/remote-shell';
import type { Outcome } from '../setting/change-record';
import { changedIds } from '../setting/layers/raw-values';
import type { ProxySetting } from '../setting/proxy-setting';
import { ENDED_BY_SCRIPT, type Failure, REFUSED_BY_SCRIPT } from './failure';
import { type CallResult, closeChange, readProxy, sendOrder } from './node-calls';
import {
  type ChangePhase,
  isOpen,
  isSameState,
  judge,
  type NodeChange,
  type ReachedIds,
  type RollbackReason,
  seenLater,
} from './node-change';
import { differencesTo, noteFor, obstacleFor, type Order, orderFor, orderToPutBack } from './order';

/** What a change needs of its surroundings. */
export interface ChangeTools {
  readonly shell: RemoteShell;
  /** Of the whole change: the same on all its nodes. */
  readonly change: string;
  readonly newId: () => string;
  /** The needed endpoints that a node reaches now; undefined when that could not be tested. Never rejects. */
  readonly probe?: (fqdn: string, setting: ProxySetting) => Promise<ReachedIds | undefined>;
}

type Tell = (change: NodeChange) => void;

/** Takes one node from waiting to its end. Never rejects; tells each step. */
export async function changeNode(tools: ChangeTools, start: NodeChange, tell: Tell): Promise<NodeChange> {
  let change = await closeOpen(tools, start);
  const go = (next: Partial<NodeChange>): NodeChange => {
    change = { ...change, ...next };
    tell(change);
    return change;
  };
  const end = (phase: ChangePhase): NodeChange => go({ phase });

  go({ phase: { at: 'reading' } });
  const reading = await readProxy(tools.shell, change.node.fqdn);
  if ('failure' in reading) return end(notRead(change, reading.failure));
  const setting = reading.value;
  const early = leaveAlone(change, setting);
  if (early !== undefined) return end(early);

  go({ before: change.before ?? setting, phase: { at: 'applying' } });
  const sent = await send(tools, change, orderFor(change.wish, setting), setting);
  change = sent.change;
  if (sent.refused !== undefined) return end(refusedPhase(change, sent.refused, setting));

  go({ phase: { at: 'reading-back' } });
  const back = await readProxy(tools.shell, change.node.fqdn);
  const failure = sent.doubt ?? ('failure' in back ? back.failure : undefined);
  if ('failure' in back) {
    return end({ at: change.attempts.length > 0 ? 'unknown' : 'failed', failure: failure ?? back.failure });
  }
  const judged = judge(change, back.value, sent.doubt);
  if (judged.at === 'mismatch') return end(await rollBack(tools, change, judged, 'mismatch', [], go));
  if (judged.at !== 'verified') return end(judged);
  go({ phase: { at: 'verifying' } });
  const reaches = await tools.probe?.(change.node.fqdn, back.value);
  if (reaches !== undefined) go({ reaches });
  const lost = change.wish.kind === 'set' ? lostOf(change.had, reaches) : [];
  const isCutOff = change.wish.kind === 'set' && reaches?.size === 0;
  if (lost.length > 0 || isCutOff) {
    return end(await rollBack(tools, change, judged, lost.length > 0 ? 'lost' : 'nothing-reached', lost, go));
  }
  await note(tools, change, 'applied');
  return end(judged);
}

/** Asks a node how its open attempts stand, and reads it; a node that is not known yet, or is still worked on. */
export async function settleNode(
  tools: ChangeTools,
  start: NodeChange,
): Promise<{ readonly change: NodeChange; readonly reading: CallResult<ProxySetting> }> {
  const change = await closeOpen(tools, start);
  const reading = await readProxy(tools.shell, change.node.fqdn);
  const { phase } = change;
  if (!('failure' in reading)) return { change: seenLater(change, reading.value), reading };
  const neverBegan = phase.at === 'unknown' && change.attempts.length === 0;
  return {
    change: neverBegan ? { ...change, phase: { at: 'failed', failure: phase.failure } } : change,
    reading,
  };
}

/** Attempts that never began are none; those that told their end are not open. */
async function closeOpen(tools: ChangeTools, change: NodeChange): Promise<NodeChange> {
  const attempts = [];
  for (const attempt of change.attempts) {
    if (!attempt.open) {
      attempts.push(attempt);
      continue;
    }
    const state = await closeChange(tools.shell, change.node.fqdn, attempt.id, 'closed');
    if ('failure' in state) attempts.push(attempt);
    else if (state.value.begun) attempts.push({ ...attempt, open: !state.value.ended });
  }
  return { ...change, attempts };
}

function notRead(change: NodeChange, failure: Failure): ChangePhase {
  return { at: change.attempts.length > 0 ? 'unknown' : 'failed', failure };
}

/** Nodes that are right, protected, or not what the preview showed, are not touched. */
function leaveAlone(change: NodeChange, setting: ProxySetting): ChangePhase | undefined {
  if (differencesTo(setting, change.wish).length === 0) {
    return { at: change.attempts.length > 0 ? 'verified' : 'unchanged', after: setting };
  }
  const obstacle = obstacleFor(change.wish, setting);
  if (obstacle !== undefined) return { at: 'protected', obstacle, after: setting };
  const { expected, attempts } = change;
  const hasMoved =
    expected !== undefined &&
    attempts.length === 0 &&
    (setting.node === undefined || changedIds(expected, setting.node.values).length > 0);
  return hasMoved ? { at: 'moved', after: setting } : undefined;
}

interface Sent {
  readonly change: NodeChange;
  /** The script itself said that it did nothing. */
  readonly refused?: Failure;
  readonly doubt?: Failure;
}

/** Sends an order, and learns as much as can be known of what became of it. */
async function send(
  tools: ChangeTools,
  change: NodeChange,
  order: Order,
  setting: ProxySetting,
): Promise<Sent> {
  const id = tools.newId();
  const kind = change.wish.kind;
  const ties = {
    id,
    note: noteFor(change.wish, kind, tools.change, setting.node?.values),
    expected: setting.node?.values,
  };
  const result = await sendOrder(tools.shell, change.node.fqdn, order, ties);
  const withAttempt = (open: boolean): NodeChange => ({
    ...change,
    attempts: [...change.attempts, { id, open }],
  });
  if (!('failure' in result)) return { change: withAttempt(false) };
  const { failure } = result;
  if (REFUSED_BY_SCRIPT.includes(failure.code)) return { change, refused: failure };
  if (ENDED_BY_SCRIPT.includes(failure.code)) return { change: withAttempt(false), doubt: failure };
  return { change: await closeOpen(tools, withAttempt(true)), doubt: failure };
}

function refusedPhase(change: NodeChange, failure: Failure, setting: ProxySetting): ChangePhase {
  // An earlier attempt may have done its work, or still be at it.
  if (change.attempts.length > 0) return judge(change, setting, failure);
  if (failure.code === 'module-missing') return { at: 'module-missing' };
  if (failure.code === 'state-changed') return { at: 'moved', after: setting };
  return { at: 'failed', failure };
}

function lostOf(had: ReachedIds | undefined, reaches: ReachedIds | undefined): readonly string[] {
  return had === undefined || reaches === undefined ? [] : [...had].filter(id => !reaches.has(id));
}

/** Gives the node back what it had, and says so; where that fails, what is there now. */
async function rollBack(
  tools: ChangeTools,
  change: NodeChange,
  judged: Extract<ChangePhase, { at: 'mismatch' | 'verified' }>,
  reason: RollbackReason,
  lost: readonly string[],
  go: (next: Partial<NodeChange>) => NodeChange,
): Promise<ChangePhase> {
  const { before } = change;
  const differences = judged.at === 'mismatch' ? judged.differences : [];
  const doubtOf = (failure: Failure | undefined) => (failure === undefined ? {} : { doubt: failure });
  if (before?.node === undefined || judged.after.node === undefined) {
    return { at: 'mismatch', after: judged.after, differences, ...doubtOf(judged.doubt) };
  }
  go({ phase: { at: 'rolling-back' } });
  const order = orderToPutBack(before.node.values, judged.after.node.values);
  const sent = await send(tools, change, order, judged.after);
  const now = go({ attempts: sent.change.attempts });
  const back = await readProxy(tools.shell, change.node.fqdn);
  const failure = sent.refused ?? sent.doubt;
  if ('failure' in back) return { at: 'unknown', failure: failure ?? back.failure };
  if (isSameState(back.value, before)) {
    await note(tools, now, 'rolled-back');
    return { at: 'rolled-back', after: back.value, reason, lost, ...doubtOf(judged.doubt ?? failure) };
  }
  if (isOpen(now))
    return { at: 'unknown', failure: failure ?? { code: 'no-answer', message: '' }, after: back.value };
  return { at: 'mismatch', after: back.value, differences, ...doubtOf(failure ?? judged.doubt) };
}

/** For the history only: a node that does not take the note is as it was read. */
async function note(tools: ChangeTools, change: NodeChange, outcome: Outcome): Promise<void> {
  if (change.before?.node === undefined) return;
  for (const { id, open } of change.attempts) {
    if (!open) await closeChange(tools.shell, change.node.fqdn, id, outcome);
  }
}

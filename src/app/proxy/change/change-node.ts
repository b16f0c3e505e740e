import type { Node } from '../../cluster/cluster';
import type { RemoteShell } from '../../wac/remote-shell';
import type { Outcome } from '../setting/change-record';
import type { ProxySetting } from '../setting/proxy-setting';
import { ENDED_BY_SCRIPT, type Failure, REFUSED_BY_SCRIPT } from './failure';
import { type CallResult, closeChange, readProxy, sendOrder } from './node-calls';
import {
  type ChangePhase,
  differencesOf,
  isOpen,
  isSameState,
  judge,
  lostUnseen,
  type NodeChange,
  ownAttempts,
  type Proof,
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
  /** One more than the highest number of a change that is known of any node; absent: each node counts for itself. */
  readonly nextNumber?: () => number;
  /** Reads a node, and shows what it tells; absent: nobody looks. Never rejects. */
  readonly read?: (node: Node) => Promise<CallResult<ProxySetting>>;
  /** The node has noted how a command of this change came out. */
  readonly noted?: (node: Node, id: string, outcome: Outcome) => void;
  /** What the needed endpoints do on a node now; undefined when that could not be tested. Never rejects. */
  readonly probe?: (fqdn: string, setting: ProxySetting) => Promise<Proof | undefined>;
}

function readNode({ read, shell }: ChangeTools, node: Node): Promise<CallResult<ProxySetting>> {
  return read === undefined ? readProxy(shell, node.fqdn) : read(node);
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
  const seen = await readAtRest(tools, change);
  change = seen.change;
  if ('failure' in seen.reading) return end(notRead(change, seen.reading.failure));
  const setting = seen.reading.value;
  const early = leaveAlone(change, setting);
  if (early !== undefined) {
    return go(await concludeLate(tools, change.phase, { ...change, phase: early }, setting));
  }

  // Where nothing of this change ever began, the node may be another by now than when it was first looked at.
  const { before = setting } = ownAttempts(change).length > 0 ? change : {};
  go({ before, phase: { at: 'applying' } });
  const sent = await send(tools, change, orderFor(change.wish, setting), setting);
  change = sent.change;
  if (sent.refused !== undefined) {
    // The node says that it is not as it was read.
    const again = sent.refused.code === 'state-changed' ? await readNode(tools, change.node) : seen.reading;
    return end(refusedPhase(change, sent.refused, 'failure' in again ? undefined : again.value));
  }

  go({ phase: { at: 'reading-back' } });
  const back = await readNode(tools, change.node);
  const failure = sent.doubt ?? ('failure' in back ? back.failure : undefined);
  if ('failure' in back) {
    return end({ at: change.attempts.length > 0 ? 'unknown' : 'failed', failure: failure ?? back.failure });
  }
  const judged = judge(change, back.value, sent.doubt);
  if (judged.at === 'mismatch') return end(await rollBack(tools, change, judged, 'mismatch', [], go));
  if (judged.at !== 'verified') return end(judged);
  go({ phase: { at: 'verifying' } });
  const proof = await prove(tools, change, back.value);
  if (proof !== undefined) go({ proof });
  const lost = change.wish.kind === 'set' ? lostUnseen(change, proof) : [];
  if (lost.length > 0 || isCutOff(change, proof)) {
    return end(await rollBack(tools, change, judged, lost.length > 0 ? 'lost' : 'nothing-reached', lost, go));
  }
  await note(tools, change, 'applied');
  return end(judged);
}

/** Asks a node how its open attempts stand, and reads it; a node that is not known yet, or is still worked on. */
export async function settleNode(tools: ChangeTools, start: NodeChange): Promise<Seen> {
  const change = await closeOpen(tools, start);
  const reading = await readNode(tools, change.node);
  const { phase } = change;
  if (!('failure' in reading)) {
    const seen = seenLater(change, reading.value);
    return { change: await concludeLate(tools, phase, seen, reading.value), reading };
  }
  // Until it is read after its command was over, the node is looked at again.
  if (phase.at !== 'unknown') return { change: start, reading };
  // What was read before may not be so any more: the command went on since, and nobody saw it.
  const at = change.attempts.length === 0 ? 'failed' : 'unknown';
  return { change: { ...change, phase: { at, failure: phase.failure } }, reading };
}

/** A node that turned out to be as wanted gets its proof and its note late, too. */
async function concludeLate(
  tools: ChangeTools,
  former: ChangePhase,
  change: NodeChange,
  setting: ProxySetting,
): Promise<NodeChange> {
  if (former.at === 'verified' || change.phase.at !== 'verified' || isOpen(change)) return change;
  const proof = await prove(tools, change, setting);
  await note(tools, change, 'applied');
  return proof === undefined ? change : { ...change, proof };
}

interface Seen {
  readonly change: NodeChange;
  readonly reading: CallResult<ProxySetting>;
}

/** Reads a node anew when a command ended between its reading and the question how that stands. */
async function readAtRest(tools: ChangeTools, start: NodeChange, tries = 3): Promise<Seen> {
  const reading = await readNode(tools, start.node);
  if ('failure' in reading) return { change: start, reading };
  const known = withEarlier(start, reading.value);
  const change = await closeOpen(tools, known);
  const atWork = new Set(change.attempts.filter(({ open }) => open).map(({ id }) => id));
  if (known.attempts.every(({ id, open }) => !open || atWork.has(id))) return { change, reading };
  // What a node tells now so and now otherwise stays open, and is followed.
  return tries === 1 ? { change: known, reading } : readAtRest(tools, change, tries - 1);
}

/** Commands of other changes that the node keeps, and that may still write. */
function withEarlier(change: NodeChange, { node }: ProxySetting): NodeChange {
  const known = new Set(change.attempts.map(({ id }) => id));
  const open = node?.records.filter(({ id, begun, ended }) => begun && !ended && !known.has(id)) ?? [];
  return {
    ...change,
    attempts: [...change.attempts, ...open.map(({ id }) => ({ id, open: true, earlier: true }))],
  };
}

/** Attempts that never began are none; those that told their end are not open, and of other changes are no more of interest. */
async function closeOpen(tools: ChangeTools, change: NodeChange): Promise<NodeChange> {
  const attempts = [];
  for (const attempt of change.attempts) {
    if (!attempt.open) {
      attempts.push(attempt);
      continue;
    }
    const state = await closeChange(tools.shell, change.node.fqdn, attempt.id, 'closed');
    if ('failure' in state) attempts.push(attempt);
    else if (!state.value.begun || (attempt.earlier === true && state.value.ended)) continue;
    else attempts.push({ ...attempt, open: !state.value.ended });
  }
  return { ...change, attempts };
}

function notRead(change: NodeChange, failure: Failure): ChangePhase {
  return { at: change.attempts.length > 0 ? 'unknown' : 'failed', failure };
}

/** Nodes that are right, protected, or not what the preview showed, are not touched. */
function leaveAlone(change: NodeChange, setting: ProxySetting): ChangePhase | undefined {
  const isOwn = ownAttempts(change).length > 0;
  if ((isOwn ? differencesOf(change, setting) : differencesTo(setting, change.wish)).length === 0) {
    return { at: isOwn ? 'verified' : 'unchanged', after: setting };
  }
  const obstacle = obstacleFor(change.wish, setting);
  const { expected, former } = change;
  if (obstacle !== undefined) {
    // Where a command of this change ran, how that ended stands.
    return former !== undefined && isOwn
      ? seenLater({ ...change, phase: former }, setting).phase
      : { at: 'protected', obstacle, after: setting };
  }
  const hasMoved = expected !== undefined && !isOwn && !isAsSeen(expected, setting);
  return hasMoved ? { at: 'moved', after: setting } : undefined;
}

/** Whether a node is what the preview showed: to the byte, or to the word where it told no more then. */
function isAsSeen(seen: ProxySetting, now: ProxySetting): boolean {
  if (seen.node !== undefined && now.node === undefined) return false;
  return isSameState(seen, now) || (!seen.readable && !now.readable && seen.node === undefined);
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
    number: tools.nextNumber?.() ?? 0,
    note: noteFor(change.wish, kind, tools.change, setting),
    expected: setting.node?.values,
  };
  const result = await sendOrder(tools.shell, change.node.fqdn, order, ties);
  const withAttempt = (open: boolean): NodeChange => ({
    ...change,
    attempts: [...change.attempts, { id, open }],
  });
  if (!('failure' in result)) return { change: { ...withAttempt(false), ...byOf(result.value) } };
  const { failure } = result;
  if (REFUSED_BY_SCRIPT.includes(failure.code)) return { change, refused: failure };
  if (ENDED_BY_SCRIPT.includes(failure.code)) return { change: withAttempt(false), doubt: failure };
  return { change: await closeOpen(tools, withAttempt(true)), doubt: failure };
}

function byOf(answer: unknown): Pick<NodeChange, 'by'> {
  const by = typeof answer === 'object' && answer !== null ? (answer as { by?: unknown }).by : undefined;
  return by === 'module' || by === 'commands' ? { by } : {};
}

function refusedPhase(change: NodeChange, failure: Failure, setting?: ProxySetting): ChangePhase {
  // An earlier attempt may have done its work, or still be at it.
  if (ownAttempts(change).length > 0)
    return setting === undefined ? { at: 'unknown', failure } : judge(change, setting, failure);
  if (failure.code === 'module-missing') return { at: 'module-missing' };
  if (failure.code === 'state-changed') return { at: 'moved', ...(setting && { after: setting }) };
  return { at: 'failed', failure };
}

function isCutOff({ wish }: NodeChange, proof: Proof | undefined): boolean {
  return wish.kind === 'set' && proof !== undefined && proof.reached.size === 0 && proof.failed.size > 0;
}

/** A failure is believed when it was seen twice: a hiccup of the line must not take a good setting back. */
async function prove(
  tools: ChangeTools,
  change: NodeChange,
  setting: ProxySetting,
): Promise<Proof | undefined> {
  const first = await tools.probe?.(change.node.fqdn, setting);
  const isSeenEnough = change.wish.kind !== 'set' || lostUnseen(change, first).length === 0;
  if (isSeenEnough && !isCutOff(change, first)) return first;
  return (await tools.probe?.(change.node.fqdn, setting)) ?? first;
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
  // Nothing exact is known of what to give back: it stays as it was read back, and its proof says what that is worth.
  if (before?.node === undefined || judged.after.node === undefined) return judged;
  go({ phase: { at: 'rolling-back' } });
  const order = orderToPutBack(before.node.values, judged.after.node.values);
  const sent = await send(tools, change, order, judged.after);
  const now = go({ attempts: sent.change.attempts });
  const back = await readNode(tools, change.node);
  const failure = sent.refused ?? sent.doubt;
  if ('failure' in back) return { at: 'unknown', failure: failure ?? back.failure };
  if (isSameState(back.value, before)) {
    await note(tools, now, 'rolled-back');
    const doubt = doubtOf(judged.doubt ?? failure);
    return { at: 'rolled-back', after: back.value, reason, lost, differences, ...doubt };
  }
  if (isOpen(now))
    return { at: 'unknown', failure: failure ?? { code: 'no-answer', message: '' }, after: back.value };
  await note(tools, now, 'failed');
  const doubt = doubtOf(failure ?? judged.doubt);
  return { at: 'mismatch', after: back.value, differences, ...doubt, notRolledBack: true };
}

/** For the history only: a node that does not take the note is as it was read. */
async function note(tools: ChangeTools, change: NodeChange, outcome: Outcome): Promise<void> {
  if (change.before?.node === undefined) return;
  for (const { id, open } of ownAttempts(change)) {
    if (open) continue;
    const closed = await closeChange(tools.shell, change.node.fqdn, id, outcome);
    if (!('failure' in closed) && closed.value.begun) tools.noted?.(change.node, id, outcome);
  }
}

import { hideCredentials } from './credentials';
import { type AgentReading, parseAgent } from './layers/arc-agent';
import { parseRawValues, parseSpelledNames, type RawValues, type SpelledNames } from './layers/raw-values';
import { newestFirst } from './record-order';

export type ChangeKind = 'set' | 'remove' | 'put-back';

/** How a change ended on a node, as the tool noted it there. */
export const OUTCOMES = ['applied', 'rolled-back', 'failed', 'closed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What was wanted, in words of the tool; noted on the node before anything changed. */
export interface ChangeNote {
  readonly kind: ChangeKind;
  /** The change of the cluster: the same on all its nodes. */
  readonly change: string;
  /** Short texts for people; '' for none. */
  readonly from: string;
  readonly to: string;
  /** What the node was to have, for telling drift: server and bypass list; absent for other kinds. */
  readonly server?: string;
  readonly bypass?: readonly string[];
  /** Layers that were changed beside WinINet. */
  readonly winHttp?: boolean;
  readonly environment?: boolean;
  /** Each node kept its own server. */
  readonly keepsServer?: boolean;
  /** The change whose former state was given back. */
  readonly target?: string;
  /** What the Arc agent itself held then, or why it could not be asked; absent: there was none. */
  readonly agent?: AgentReading;
}

/** The newest form of a snapshot that this version reads whole; one without a number is the first. */
const FORMAT = 2;

/** Why a snapshot cannot be gone back to; each has its sentence under `proxy.history.trouble.<code>`. */
export type SnapshotTrouble =
  /** Missing, cut off, or with something in it that no command of this tool writes. */
  | 'damaged'
  /** A later version made it: what it kept beyond this version's knowledge would be left out without a word. */
  | 'newer';

/** One change as its node keeps it, under ProgramData. */
export interface ChangeRecord {
  /** Of this attempt on this node. */
  readonly id: string;
  /** Its place among the changes of the cluster; absent when an earlier version kept it. */
  readonly number?: number;
  /** ISO text in UTC, of the node's clock; '' when the snapshot could not be read. */
  readonly when: string;
  readonly who: string;
  readonly note?: ChangeNote;
  /** Every value before the change, to the byte; absent when there is {@link trouble}. */
  readonly values?: RawValues;
  /** Of those values; absent where all have the tool's own spelling, or an earlier version kept them. */
  readonly names?: SpelledNames;
  readonly trouble?: SnapshotTrouble;
  /** The command got so far as to take the change for its own. */
  readonly begun: boolean;
  /** The command writes no more: it told its end, or its process is gone. */
  readonly ended: boolean;
  /** It never told its end: it is at work, or was cut off. */
  readonly cutOff: boolean;
  readonly outcome?: Outcome;
}

/** Makes records of the script's output, newest first. From a node's files, so nothing in it is trusted. */
export function parseRecords(output: unknown): readonly ChangeRecord[] {
  const list: readonly unknown[] = Array.isArray(output) ? output : [output];
  return newestFirst(
    list.flatMap(item => {
      const record = parseRecord(item);
      return record === undefined ? [] : [record];
    }),
  );
}

function parseRecord(item: unknown): ChangeRecord | undefined {
  const fields = recordOf(item);
  const { id, number } = fields;
  if (typeof id !== 'string' || !isChangeId(id)) return undefined;
  const snapshot = parseJson(fields['snapshot']);
  const outcome = parseJson(fields['outcome'])['outcome'];
  const known = OUTCOMES.find(each => each === outcome);
  const note = parseNote(snapshot['note']);
  return {
    id,
    ...(Number.isSafeInteger(number) && Number(number) > 0 && { number: Number(number) }),
    when: timeOf(snapshot['when']),
    who: textOf(snapshot['who']),
    begun: fields['begun'] === true,
    ended: fields['ended'] === true,
    cutOff: fields['cutOff'] === true,
    ...(note && { note }),
    ...readSnapshot(snapshot),
    ...(known && { outcome: known }),
  };
}

function readSnapshot(
  snapshot: Readonly<Record<string, unknown>>,
): Pick<ChangeRecord, 'values' | 'names'> | Pick<ChangeRecord, 'trouble'> {
  const { format = 1 } = snapshot;
  if (!Number.isInteger(format) || Number(format) < 1) return { trouble: 'damaged' };
  if (Number(format) > FORMAT) return { trouble: 'newer' };
  const values = parseRawValues(snapshot['values']);
  if (values === undefined) return { trouble: 'damaged' };
  const names = parseSpelledNames(snapshot['names']);
  return { values, ...(names && { names }) };
}

/** Names of folders on the node: time first, so that they sort. */
export function isChangeId(text: string): boolean {
  return /^\d{8}T\d{6}Z-[0-9a-z]{6,12}$/.test(text);
}

/** `count` keeps those of one millisecond in their order. */
export function makeChangeId(now: Date, count: number, random: () => number): string {
  const time = now.toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');
  const order = String(now.getMilliseconds()).padStart(3, '0') + (count % 1296).toString(36).padStart(2, '0');
  const tail = Array.from({ length: 5 }, () => Math.floor(random() * 36).toString(36)).join('');
  return `${time}-${order}${tail}`;
}

function parseNote(text: unknown): ChangeNote | undefined {
  const fields = parseJson(text);
  const { kind, server, bypass, target } = fields;
  if (kind !== 'set' && kind !== 'remove' && kind !== 'put-back') return undefined;
  const agent = parseAgent(fields['agent']);
  return {
    kind,
    change: textOf(fields['change']),
    from: hideCredentials(textOf(fields['from'])),
    to: hideCredentials(textOf(fields['to'])),
    ...(typeof server === 'string' && { server: hideCredentials(server) }),
    ...(Array.isArray(bypass) && {
      bypass: bypass.filter((entry): entry is string => typeof entry === 'string'),
    }),
    ...(fields['winHttp'] === true && { winHttp: true }),
    ...(fields['environment'] === true && { environment: true }),
    ...(fields['keepsServer'] === true && { keepsServer: true }),
    ...(typeof target === 'string' && { target }),
    ...(agent && { agent }),
  };
}

function parseJson(text: unknown): Readonly<Record<string, unknown>> {
  if (typeof text !== 'string' || text === '') return {};
  try {
    // Windows PowerShell puts a byte order mark before UTF-8.
    return recordOf(JSON.parse(text.replace(/^\ufeff/, '')));
  } catch {
    return {};
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** As the node writes it: any other text would be sorted by what somebody put there. */
function timeOf(value: unknown): string {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(textOf(value)) ? textOf(value) : '';
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

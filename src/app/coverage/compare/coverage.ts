import type { Protocol } from '../../allowlist/catalog/catalog';
import type { Entry, HostPattern } from '../entries/entry';
import { readPattern } from '../entries/read-pattern';
import { contains, matches } from './contains';

/** A door that is needed. */
export interface Needed {
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
}

/**
 * Why a door is only half open. `port`: the host is open at other ports or for another protocol. `apex-missing`: only
 * names below it are. `apex-only`: itself is, what stands below it is not. `one-level`: only one label before it.
 * `narrower`: some of its names are.
 */
export type Half = 'port' | 'apex-missing' | 'apex-only' | 'one-level' | 'narrower';

export type RowCoverage<Row extends Needed> =
  | { readonly row: Row; readonly state: 'covered'; readonly by: Entry }
  | { readonly row: Row; readonly state: 'half'; readonly half: Half; readonly by: readonly Entry[] }
  | { readonly row: Row; readonly state: 'missing' };

/** `wider`: opens what is needed, and more. `unrelated`: opens nothing of this list. */
export interface Excess {
  readonly entry: Entry;
  readonly kind: 'wider' | 'unrelated';
}

export interface Coverage<Row extends Needed> {
  readonly rows: readonly RowCoverage<Row>[];
  readonly excess: readonly Excess[];
}

/** Holds what is needed against what the firewall has. Each door is covered, half covered or missing; nothing is guessed. */
export function coverageOf<Row extends Needed>(
  rows: readonly Row[],
  entries: readonly Entry[],
): Coverage<Row> {
  const needed = rows.flatMap(row => {
    const pattern = patternOf(row.host);
    return pattern === undefined ? [] : [{ row, pattern }];
  });
  return {
    rows: rows.map(row => rowCoverage(row, patternOf(row.host), entries)),
    excess: entries.flatMap(entry => {
      const sameDoor = needed.filter(({ row }) => opensDoor(entry, row));
      if (
        isNeeded(
          entry,
          sameDoor.map(({ pattern }) => pattern),
        )
      )
        return [];
      const opens = sameDoor.some(
        ({ pattern }) => contains(entry.pattern, pattern) || contains(pattern, entry.pattern),
      );
      return [{ entry, kind: opens ? ('wider' as const) : ('unrelated' as const) }];
    }),
  };
}

function rowCoverage<Row extends Needed>(
  row: Row,
  pattern: HostPattern | undefined,
  entries: readonly Entry[],
): RowCoverage<Row> {
  if (pattern === undefined) return { row, state: 'missing' };
  const open = entries.filter(entry => opensDoor(entry, row));
  const by = open.find(entry => contains(entry.pattern, pattern));
  if (by !== undefined) return { row, state: 'covered', by };
  const half = (reason: Half, found: readonly Entry[]): readonly [Half, readonly Entry[]][] =>
    found.length === 0 ? [] : [[reason, found]];
  const name = 'name' in pattern ? pattern.name : '';
  const [first] = [
    ...(pattern.kind === 'exact'
      ? half(
          'apex-missing',
          open.filter(entry => entry.pattern.kind === 'below' && entry.pattern.name === name),
        )
      : []),
    ...(pattern.kind === 'below'
      ? half(
          'one-level',
          open.filter(entry => entry.pattern.kind === 'label' && entry.pattern.name === name),
        )
      : []),
    ...half(
      'narrower',
      open.filter(entry => contains(pattern, entry.pattern)),
    ),
    ...(pattern.kind === 'below'
      ? half(
          'apex-only',
          open.filter(entry => matches(entry.pattern, name)),
        )
      : []),
    ...half(
      'port',
      entries.filter(entry => !opensDoor(entry, row) && contains(entry.pattern, pattern)),
    ),
  ];
  return first === undefined
    ? { row, state: 'missing' }
    : { row, state: 'half', half: first[0], by: first[1] };
}

/** Whether the entry is for this port and protocol; one that does not say is for all. */
function opensDoor({ port, protocol }: Entry, row: Needed): boolean {
  if (typeof port === 'number' && port !== row.port) return false;
  if (typeof port === 'object' && (row.port < port.from || row.port > port.to)) return false;
  if (protocol === undefined || protocol === row.protocol) return true;
  return protocol === 'tcp' && row.protocol !== 'udp';
}

/** Whether every host of the entry is needed. The name itself may be needed by another row than those below it. */
function isNeeded({ pattern }: Entry, needed: readonly HostPattern[]): boolean {
  if (needed.some(each => contains(each, pattern))) return true;
  return (
    pattern.kind === 'below' &&
    pattern.apex &&
    needed.some(each => matches(each, pattern.name)) &&
    needed.some(each => contains(each, { ...pattern, apex: false }))
  );
}

function patternOf(host: string): HostPattern | undefined {
  const read = readPattern(host);
  return read.ok ? read.pattern : undefined;
}

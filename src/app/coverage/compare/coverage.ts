import type { Protocol } from '../../allowlist/catalog/catalog';
import type { Denial, Entry, Have, HostPattern } from '../entries/entry';
import { byName, type Finder, nearIn } from '../entries/by-name';
import { rangeOf } from '../entries/port-ranges';
import { readPattern } from '../entries/read-pattern';
import { contains, matches, overlaps } from '../entries/contains';

/** A door that is needed. */
export interface Needed {
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
}

/**
 * Why a door is only half open. `denied`: another rule refuses it, or a part of it. `port`: the host is open at other
 * ports or for another protocol. `path`: only a path of it is. `apex-missing`: only names below it are. `apex-only`: itself is, what stands below it is
 * not. `one-level`: only one label before it. `narrower`: some of its names are.
 */
export type Half = 'denied' | 'path' | 'port' | 'apex-missing' | 'apex-only' | 'one-level' | 'narrower';

export type RowCoverage<Row extends Needed> =
  | { readonly row: Row; readonly state: 'covered'; readonly by: Entry }
  | { readonly row: Row; readonly state: 'half'; readonly half: Half; readonly by: readonly Entry[] }
  | { readonly row: Row; readonly state: 'missing' };

/** `wider`: opens what is needed, and more hosts; `ports`: more ports. `unrelated`: opens nothing of this list. */
export interface Excess {
  readonly entry: Entry;
  readonly kind: 'wider' | 'ports' | 'unrelated';
}

export interface Coverage<Row extends Needed> {
  readonly rows: readonly RowCoverage<Row>[];
  readonly excess: readonly Excess[];
}

/**
 * Holds what is needed against what the firewall has. A door is covered only where one entry opens all of it and no rule
 * refuses any of it; several entries are never added up.
 */
export function coverageOf<Row extends Needed>(
  rows: readonly Row[],
  { entries, denials }: Pick<Have, 'entries' | 'denials'>,
): Coverage<Row> {
  const near = { entries: byName(entries), denials: byName(denials) };
  return { rows: rows.map(row => rowCoverage(row, near)), excess: excessOf(rows, entries) };
}

interface Near {
  readonly entries: Finder<Entry>;
  readonly denials: Finder<Denial>;
}

function rowCoverage<Row extends Needed>(row: Row, near: Near): RowCoverage<Row> {
  const pattern = patternOf(row.host);
  if (pattern === undefined) return { row, state: 'missing' };
  const found = near.entries(pattern);
  const open = found.filter(({ each }) => opensDoor(each, row));
  const wide = open.filter(({ each }) => contains(each.pattern, pattern));
  const cut = wide.filter(({ each }) => leavesOut(each, pattern));
  const whole = wide.filter(found => found.each.path !== true && !cut.includes(found));
  const denials = near
    .denials(pattern)
    .map(({ each }) => each)
    .filter(denial => opensDoor(denial, row) && overlaps(denial.pattern, pattern));
  const free = whole.filter(({ index }) => !denials.some(denial => refuses(denial, index)));
  // One that names the port says more than one that leaves it open; one for all sources more than one for some.
  const named = free.filter(({ each }) => each.port !== undefined);
  const by = [...named, ...free].find(({ each }) => each.sources === undefined) ?? named[0] ?? free[0];
  if (by !== undefined) return { row, state: 'covered', by: by.each };
  const [half] = halves(pattern, row, {
    denied: [...(whole.length === 0 ? [] : denials), ...cut.map(({ each }) => each)],
    path: wide.map(({ each }) => each).filter(({ path }) => path === true),
    open: open.map(({ each }) => each),
    closed: found.map(({ each }) => each).filter(each => !opensDoor(each, row)),
  });
  return half === undefined ? { row, state: 'missing' } : { row, state: 'half', half: half[0], by: half[1] };
}

/** Whether the entry does not open some of these hosts, although they are of its pattern. */
function leavesOut({ but }: Entry, pattern: HostPattern): boolean {
  return but !== undefined && nearIn(but)(pattern).some(({ each }) => overlaps(each.pattern, pattern));
}

/** What closes a file refuses only what nothing before it has let through. */
function refuses(denial: Denial, index: number): boolean {
  return index >= denial.after || (denial.ordered !== true && denial.pattern.kind !== 'all');
}

function halves(
  pattern: HostPattern,
  row: Needed,
  found: {
    readonly denied: readonly Entry[];
    readonly path: readonly Entry[];
    readonly open: readonly Entry[];
    readonly closed: readonly Entry[];
  },
): readonly (readonly [Half, readonly Entry[]])[] {
  const { open } = found;
  const isOf = (each: Entry, kind: HostPattern['kind']): boolean =>
    each.pattern.kind === kind && 'name' in each.pattern && each.pattern.name === nameOf(pattern);
  const isBelow = pattern.kind === 'below';
  const reasons: readonly (readonly [Half, readonly Entry[]])[] = [
    ['denied', found.denied],
    ['path', found.path],
    ['apex-missing', pattern.kind === 'exact' ? open.filter(each => isOf(each, 'below')) : []],
    ['one-level', isBelow ? open.filter(each => isOf(each, 'label')) : []],
    // Also what opens some of them and others.
    ['narrower', open.filter(each => overlaps(pattern, each.pattern))],
    ['apex-only', isBelow ? open.filter(each => matches(each.pattern, nameOf(pattern))) : []],
    ['port', found.closed.filter(each => contains(each.pattern, pattern))],
  ];
  return reasons.filter(([, entries]) => entries.length > 0);
}

/** Whether the entry is for this port and protocol; one that does not say is for all. */
function opensDoor({ port, protocol }: Entry, row: Needed): boolean {
  if (port !== undefined) {
    const { from, to } = rangeOf(port);
    if (row.port < from || row.port > to) return false;
  }
  if (protocol === undefined || protocol === row.protocol) return true;
  if (protocol === 'tunnel') return row.protocol === 'https' || row.protocol === 'tcp';
  return protocol === 'tcp' && row.protocol !== 'udp';
}

/** What the file opens beyond the list. A line that has several entries, such as one for each port, is named once. */
function excessOf(rows: readonly Needed[], entries: readonly Entry[]): readonly Excess[] {
  const needed = byName(
    rows.flatMap(row => {
      const pattern = patternOf(row.host);
      return pattern === undefined ? [] : [{ row, pattern }];
    }),
  );
  const lines = new Map<string, Line>();
  for (const entry of entries) {
    const key = `${entry.line ?? ''} ${entry.text}`;
    const line = lines.get(key) ?? { entry, kinds: new Set() };
    lines.set(key, line);
    const kind = excessKind(entry, needed);
    if (kind !== 'unrelated' || entry.sitePorts !== true || line.kinds.size === 0) line.kinds.add(kind);
    if (kind !== 'unrelated' && entry.sitePorts === true) line.kinds.delete('unrelated');
  }
  return [...lines.values()].flatMap(({ entry, kinds }) => {
    const kind = kindOfLine(kinds);
    return kind === undefined ? [] : [{ entry, kind }];
  });
}

interface Line {
  readonly entry: Entry;
  /** Undefined: all of an entry is needed. */
  readonly kinds: Set<Excess['kind'] | undefined>;
}

function kindOfLine(kinds: Line['kinds']): Excess['kind'] | undefined {
  if (kinds.has('wider')) return 'wider';
  if (kinds.has('ports')) return 'ports';
  // Of use at one port, of none at another.
  if (kinds.has('unrelated')) return kinds.has(undefined) ? 'ports' : 'unrelated';
  return undefined;
}

type NeededPattern = { readonly row: Needed; readonly pattern: HostPattern };

function excessKind(entry: Entry, needed: Finder<NeededPattern>): Excess['kind'] | undefined {
  const sameDoor = needed(entry.pattern)
    .map(({ each }) => each)
    .filter(({ row }) => opensDoor(entry, row));
  const patterns = sameDoor.map(({ pattern }) => pattern);
  if (isNeeded(entry, patterns)) return hasMorePorts(entry, sameDoor) ? 'ports' : undefined;
  const opens = patterns.some(
    pattern => contains(entry.pattern, pattern) || contains(pattern, entry.pattern),
  );
  return opens ? 'wider' : 'unrelated';
}

function hasMorePorts({ port, sitePorts }: Entry, sameDoor: readonly NeededPattern[]): boolean {
  if (port === undefined || sitePorts === true) return false;
  const { from, to } = rangeOf(port);
  return to - from + 1 > new Set(sameDoor.map(({ row }) => row.port)).size;
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

function nameOf(pattern: HostPattern): string {
  return 'name' in pattern ? pattern.name : '';
}

function patternOf(host: string): HostPattern | undefined {
  const read = readPattern(host);
  return read.ok ? read.pattern : undefined;
}

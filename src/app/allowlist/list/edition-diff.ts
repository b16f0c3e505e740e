import { type AllowlistRow, makeAllowlist, rowsOf } from './allowlist';
import { type Edition, REQUIREMENTS } from '../catalog/catalog';
import type { Choice } from '../choice/choice';
import { withFeatures } from './filter';
import { covers, isWildcard } from '../catalog/host-pattern';
import { type MergedRows, mergeRows } from './merged-rows';

/** What can differ of a door that both lists open. Its state is what we know today, in both. */
export const DOOR_FIELDS = ['features', 'requirement', 'when', 'connects', 'arcGateway'] as const;
export type DoorField = (typeof DOOR_FIELDS)[number];

/**
 * What a list says of one door, all its features together, as codes: ids of features, requirement, `deployment` …,
 * `wininet` …, `yes` or `no`. None where the list does not say.
 */
export type DoorFacts = Readonly<Record<DoorField, readonly string[]>>;

export type DiffReason =
  /** The newer edition names a source that says why. */
  | { readonly kind: 'change'; readonly text: string; readonly source: string }
  /** It is superseded or retired. */
  | { readonly kind: 'state'; readonly text: string; readonly source: string }
  /** One of the lists has it only because we corrected it; `correctionText` says how. */
  | { readonly kind: 'correction'; readonly row: AllowlistRow }
  /** The other list opens it with this wildcard, on the same port. */
  | { readonly kind: 'covered'; readonly host: string };

/** A door that only one list opens. */
export interface DoorDiff {
  readonly rows: MergedRows;
  readonly facts: DoorFacts;
  readonly reasons: readonly DiffReason[];
}

export interface ChangedDoor {
  readonly from: MergedRows;
  readonly to: MergedRows;
  /** Never empty. */
  readonly changes: readonly {
    readonly field: DoorField;
    readonly from: readonly string[];
    readonly to: readonly string[];
  }[];
  readonly reasons: readonly DiffReason[];
}

/** A door is a host, port and protocol: one that moved to another port is removed and added. */
export interface EditionDiff {
  readonly from: Edition;
  readonly to: Edition;
  readonly choice: Choice;
  readonly added: readonly DoorDiff[];
  readonly removed: readonly DoorDiff[];
  readonly changed: readonly ChangedDoor[];
}

/**
 * How the list for one choice differs between two editions, without features that must be chosen. What we added to the
 * older one counts only where the newer one has it for the same reason: otherwise it would hide what came.
 */
export function diffEditions(from: Edition, to: Edition, choice: Choice): EditionDiff {
  const [older, newer] = to.published >= from.published ? [from, to] : [to, from];
  const all = doorsOf(newer, choice);
  const old = withoutAdded(doorsOf(older, choice), all);
  const [before, after] = older === from ? [old, all] : [all, old];
  const known = changesSince(older.published, newer);
  const only = (rows: MergedRows, others: ReadonlyMap<string, MergedRows>): DoorDiff => ({
    rows,
    facts: factsOf(rows),
    reasons: [...reasonsFor(rows, known), ...coveredBy(rows, others)],
  });
  return {
    ...{ from, to, choice },
    added: [...after].flatMap(([door, rows]) => (before.has(door) ? [] : [only(rows, before)])),
    removed: [...before].flatMap(([door, rows]) => (after.has(door) ? [] : [only(rows, after)])),
    changed: [...after].flatMap(([door, rows]) => {
      const past = before.get(door);
      const changes = past === undefined ? [] : changesBetween(factsOf(past), factsOf(rows));
      return past === undefined || changes.length === 0
        ? []
        : [{ from: past, to: rows, changes, reasons: reasonsFor(rows, known) }];
    }),
  };
}

type Doors = ReadonlyMap<string, MergedRows>;

function doorsOf(edition: Edition, choice: Choice): Doors {
  const doors = mergeRows(rowsOf(withFeatures(makeAllowlist(edition, choice), undefined)));
  return new Map(doors.map(rows => [`${rows[0].protocol}://${rows[0].host}:${rows[0].port}`, rows]));
}

function withoutAdded(older: Doors, newer: Doors): Doors {
  const doors = [...older].flatMap(([door, rows]): (readonly [string, MergedRows])[] => {
    const other: readonly AllowlistRow[] = newer.get(door) ?? [];
    const addedToBoth = ({ feature }: AllowlistRow): boolean =>
      other.some(each => isAdded(each) && each.feature.id === feature.id) ||
      (other.length > 0 && other.every(isAdded));
    const [first, ...others] = rows.filter(row => !isAdded(row) || addedToBoth(row));
    return first === undefined ? [] : [[door, [first, ...others]]];
  });
  return new Map(doors);
}

/** Whether the published list does not have it. */
function isAdded({ use }: AllowlistRow): boolean {
  return use.correction?.field === 'added';
}

function factsOf(rows: MergedRows): DoorFacts {
  const codes = (of: (row: AllowlistRow) => string | undefined): readonly string[] =>
    [...new Set(rows.map(of))].filter(code => code !== undefined).sort();
  return {
    features: codes(row => row.feature.id),
    requirement: REQUIREMENTS.filter(each => rows.some(row => row.requirement === each)).slice(0, 1),
    when: codes(row => row.when),
    connects: codes(row => row.connects),
    arcGateway: codes(row => (row.arcGateway === undefined ? undefined : row.arcGateway ? 'yes' : 'no')),
  };
}

function changesBetween(from: DoorFacts, to: DoorFacts): ChangedDoor['changes'] {
  return DOOR_FIELDS.filter(field => from[field].join() !== to[field].join()).map(field => ({
    field,
    from: from[field],
    to: to[field],
  }));
}

type Changes = NonNullable<Edition['changes']>;

/** An edition also tells of changes before those that made it; what the older one had behind it is no reason. */
function changesSince(published: string, { changes = [], sources }: Edition): Changes {
  return changes.filter(({ source }) => {
    const date = sources[source]?.date;
    return date === undefined || date > published;
  });
}

function reasonsFor(rows: MergedRows, changes: Changes): readonly DiffReason[] {
  const hosts = rows.flatMap(({ host, rule }) => [host, rule.host]);
  const states = new Map(rows.flatMap(({ state }) => (state === undefined ? [] : [[state.text, state]])));
  return [
    ...changes
      .filter(change => change.hosts.some(host => hosts.includes(host)))
      .map(({ text, source }): DiffReason => ({ kind: 'change', text, source })),
    ...[...states.values()].map(({ text, source }): DiffReason => ({ kind: 'state', text, source })),
    ...rows
      .filter(({ correction }) => correction !== undefined)
      .map((row): DiffReason => ({ kind: 'correction', row })),
  ];
}

function coveredBy(
  [{ host, port, protocol }]: MergedRows,
  others: ReadonlyMap<string, MergedRows>,
): DiffReason[] {
  return [...others.values()]
    .map(([other]) => other)
    .filter(other => other.port === port && other.protocol === protocol)
    .filter(other => isWildcard(other.host) && !isWildcard(host) && covers(other.host, host))
    .map(other => ({ kind: 'covered', host: other.host }));
}

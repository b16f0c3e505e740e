import { type Door, doorName } from '../catalog/door';
import { covers } from '../catalog/host-pattern';
import type { Allowlist, AllowlistRow } from './allowlist';

/** The rows of these ids alone, without rules inside the network. Ids that the list does not know change nothing. */
export function onlyRows(allowlist: Allowlist, ids: ReadonlySet<string>): Allowlist {
  return withRows(allowlist, row => (ids.has(row.id) ? [row] : []));
}

/** An endpoint of a check. */
export interface TriedEndpoint extends Door {
  /** Ids of the rules by which it was tried. */
  readonly rules: readonly string[];
  /** Wildcards of these rules for which it was tried as an example. */
  readonly standsFor: readonly string[];
}

/**
 * What these endpoints need and no more: the rules by which they were tried, in the features that were checked. A wildcard
 * is asked for where an endpoint was tried as its example; where a rule has become wider since, or another feature means
 * more by it, it is narrowed to the endpoint.
 *
 * @param features ids; none: not known, all
 */
export function onlyTried(
  allowlist: Allowlist,
  tried: readonly TriedEndpoint[],
  features: readonly string[],
): Allowlist {
  const checked = new Set(features);
  const byRule = new Map<string, TriedEndpoint[]>();
  for (const endpoint of tried)
    for (const rule of endpoint.rules) byRule.set(rule, [...(byRule.get(rule) ?? []), endpoint]);
  return withRows(allowlist, row => {
    if (checked.size > 0 && !checked.has(row.feature.id)) return [];
    const hosts = (byRule.get(row.rule.id) ?? []).flatMap(endpoint => hostFor(row, endpoint) ?? []);
    return [...new Set(hosts)].map(host => narrowed(row, host));
  });
}

/** Endpoints for which the list has no row any more: of another list, or of other names than were filled in then. */
export function withoutRow(tried: readonly TriedEndpoint[], allowlist: Allowlist): readonly TriedEndpoint[] {
  const doors = new Set(allowlist.groups.flatMap(({ rows }) => rows.map(doorName)));
  return tried.filter(
    endpoint =>
      ![endpoint.host, ...endpoint.standsFor].some(host => doors.has(doorName({ ...endpoint, host }))),
  );
}

function hostFor(row: AllowlistRow, { host, port, protocol, standsFor }: TriedEndpoint): string | undefined {
  if (row.port !== port || row.protocol !== protocol) return undefined;
  if (standsFor.includes(row.host)) return row.host;
  return covers(row.host, host) ? host : undefined;
}

function narrowed(row: AllowlistRow, host: string): AllowlistRow {
  if (host === row.host) return row;
  // What opening a wildcard also opens is not opened.
  return { ...row, id: `${row.id}/${host}`, host, risk: undefined, corrected: undefined };
}

function withRows(allowlist: Allowlist, pick: (row: AllowlistRow) => readonly AllowlistRow[]): Allowlist {
  const groups = allowlist.groups.map(group => ({ ...group, rows: group.rows.flatMap(pick) }));
  return { ...allowlist, groups, internal: [] };
}

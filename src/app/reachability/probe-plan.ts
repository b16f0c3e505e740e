import type { Protocol, Rule } from '../allowlist/catalog';

/** What the plan needs of an allowlist row. */
export interface PlanRow {
  /** Placeholders are filled in; still a wildcard when nobody knows more. */
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly rule: Pick<Rule, 'id' | 'representatives'>;
}

/** A line of the matrix. */
interface PlanEntry {
  /** `host:port/protocol`; unique in a plan. */
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** Ids of the rules that it stands for. */
  readonly rules: readonly string[];
}

/** A concrete host and port that is measured. */
export interface ProbeTarget extends PlanEntry {
  /** Wildcards for which this host is a known example. Reaching it does not prove them open. */
  readonly standsFor: readonly string[];
}

/** A wildcard under which no source names a host: it is listed, and says that it was not tested. */
export type UntestedEntry = PlanEntry;

export interface ProbePlan {
  readonly targets: readonly ProbeTarget[];
  readonly untested: readonly UntestedEntry[];
}

/** Each concrete host, port and protocol once, in the order of the list; wildcards through their representatives. */
export function makePlan(rows: readonly PlanRow[]): ProbePlan {
  const targets = new Map<string, ProbeTarget>();
  const untested = new Map<string, UntestedEntry>();
  for (const row of rows) {
    if (!row.host.includes('*')) {
      addTarget(targets, row, row.host, []);
      continue;
    }
    const representatives = row.rule.representatives ?? [];
    for (const { host } of representatives) addTarget(targets, row, host, [row.host]);
    if (representatives.length === 0) {
      const entry = entryOf(row, row.host);
      untested.set(entry.id, { ...entry, rules: union(untested.get(entry.id)?.rules ?? [], entry.rules) });
    }
  }
  return { targets: [...targets.values()], untested: [...untested.values()] };
}

function addTarget(
  targets: Map<string, ProbeTarget>,
  row: PlanRow,
  host: string,
  standsFor: readonly string[],
): void {
  const entry = entryOf(row, host);
  const known = targets.get(entry.id);
  targets.set(entry.id, {
    ...entry,
    rules: union(known?.rules ?? [], entry.rules),
    standsFor: union(known?.standsFor ?? [], standsFor),
  });
}

function entryOf(row: PlanRow, host: string): PlanEntry {
  const { port, protocol } = row;
  return { id: `${host}:${port}/${protocol}`, host, port, protocol, rules: [row.rule.id] };
}

function union(first: readonly string[], second: readonly string[]): readonly string[] {
  return [...new Set([...first, ...second])];
}

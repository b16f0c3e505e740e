import type { Protocol, Rule } from '../allowlist/catalog';

/** What the plan needs of an allowlist row. */
export interface PlanRow {
  /** Placeholders are filled in; still a wildcard when nobody knows more. */
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly rule: Pick<Rule, 'id' | 'representatives'>;
}

/** A host and port of the list: a line of the matrix. */
export interface PlanEntry {
  /** `host:port/protocol`; unique in a plan. */
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** Ids of the rules that it stands for. */
  readonly rules: readonly string[];
  /** Wildcards for which this host is a known example. Reaching it does not prove them open. */
  readonly standsFor: readonly string[];
}

export interface ProbePlan {
  /** Concrete hosts, which are measured. */
  readonly targets: readonly PlanEntry[];
  /** Wildcards under which no source names a host: they are listed, and say that they were not tested. */
  readonly untested: readonly PlanEntry[];
}

/** Each concrete host, port and protocol once, in the order of the list; wildcards through their representatives. */
export function makePlan(rows: readonly PlanRow[]): ProbePlan {
  const targets = new Map<string, PlanEntry>();
  const untested = new Map<string, PlanEntry>();
  for (const row of rows) {
    const representatives = row.rule.representatives ?? [];
    if (!row.host.includes('*')) add(targets, row, row.host, []);
    else if (representatives.length === 0) add(untested, row, row.host, []);
    else for (const { host } of representatives) add(targets, row, host, [row.host]);
  }
  return { targets: [...targets.values()], untested: [...untested.values()] };
}

function add(
  entries: Map<string, PlanEntry>,
  { port, protocol, rule }: PlanRow,
  host: string,
  standsFor: readonly string[],
): void {
  const id = `${host}:${port}/${protocol}`;
  const known = entries.get(id);
  entries.set(id, {
    ...{ id, host, port, protocol },
    rules: union(known?.rules ?? [], [rule.id]),
    standsFor: union(known?.standsFor ?? [], standsFor),
  });
}

function union(first: readonly string[], second: readonly string[]): readonly string[] {
  return [...new Set([...first, ...second])];
}

import type { PlanEntry } from '../plan/probe-plan';
import type { ListFact } from './finding';

/**
 * What a use of a rule needs: the rule and the host that it means. One rule can be a wildcard for one feature and, with a name
 * filled in, a single host for another: what that host is says nothing of the wildcard.
 */
export function needOf({ rule, host }: Pick<ListFact, 'rule' | 'host'>): string {
  return `${rule} ${host}`;
}

/** The needs for which an endpoint was tried; made once, since each node and each capability asks. */
export function needsOf(entry: PlanEntry): readonly string[] {
  const known = needs.get(entry);
  if (known !== undefined) return known;
  const hosts = [entry.host, ...entry.standsFor];
  const made = entry.rules.flatMap(rule => hosts.map(host => needOf({ rule, host })));
  needs.set(entry, made);
  return made;
}

const needs = new WeakMap<PlanEntry, readonly string[]>();

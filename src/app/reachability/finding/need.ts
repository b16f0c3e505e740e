import type { PlanEntry } from '../plan/probe-plan';
import type { ListFact } from './finding';

/**
 * What a use of a rule needs: the rule and the host that it means. One rule can be a wildcard for one feature and, with a name
 * filled in, a single host for another: what that host is says nothing of the wildcard.
 */
export function needOf({ rule, host }: Pick<ListFact, 'rule' | 'host'>): string {
  return `${rule} ${host}`;
}

/** The needs for which an endpoint was tried. */
export function needsOf({ rules, host, standsFor }: PlanEntry): readonly string[] {
  return rules.flatMap(rule => [host, ...standsFor].map(each => needOf({ rule, host: each })));
}

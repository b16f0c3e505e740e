import type { Allowlist } from './allowlist';

/**
 * The rows of these rules alone, without rules inside the network; an id is that of a rule, or of one row of it. Ids that the
 * list does not know change nothing.
 */
export function onlyRules(allowlist: Allowlist, rules: ReadonlySet<string>): Allowlist {
  return {
    ...allowlist,
    groups: allowlist.groups.map(group => ({
      ...group,
      rows: group.rows.filter(({ id, rule }) => rules.has(rule.id) || rules.has(id)),
    })),
    internal: [],
  };
}

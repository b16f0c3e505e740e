import { type Allowlist, rowsOf } from '../../allowlist/list/allowlist';
import type { Blocked } from '../../allowlist/catalog/catalog';
import { blocksOf } from '../../allowlist/list/rule/blocks-of';
import { severityOf } from '../../allowlist/catalog/blocks';
import type { ListFact } from './finding';

/** What each rule that the list has stops or limits. What is only worth knowing counts as nothing that fails. */
export function blocksByRule(facts: readonly ListFact[]): ReadonlyMap<string, readonly Blocked[]> {
  const found = new Map<string, Blocked[]>();
  for (const { rule, blocks } of facts)
    found.set(rule, [
      ...(found.get(rule) ?? []),
      ...blocks.filter(({ severity }) => severity !== 'informational').map(({ what }) => what),
    ]);
  return found;
}

/** What findings and capabilities need of a list. */
export function listFactsOf(allowlist: Allowlist): readonly ListFact[] {
  return rowsOf(allowlist).map(row => {
    const blocks = blocksOf(row);
    return {
      rule: row.rule.id,
      feature: row.feature.id,
      host: row.host,
      port: row.port,
      protocol: row.protocol,
      requirement: row.requirement,
      blocks: blocks.what.map(what => ({ what, severity: severityOf(blocks, what) ?? blocks.severity })),
    };
  });
}

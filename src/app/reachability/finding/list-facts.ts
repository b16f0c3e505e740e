import { type Allowlist, rowsOf } from '../../allowlist/list/allowlist';
import { blocksOf } from '../../allowlist/list/rule/blocks-of';
import { severityOf } from '../../allowlist/catalog/blocks';
import type { ListFact } from './finding';

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

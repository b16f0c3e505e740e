import { type Allowlist, rowsOf } from '../../allowlist/list/allowlist';
import type { ListFact } from './finding';

/** What findings and capabilities need of a list. */
export function listFactsOf(allowlist: Allowlist): readonly ListFact[] {
  return rowsOf(allowlist).map(row => ({
    rule: row.rule.id,
    feature: row.feature.id,
    host: row.host,
    port: row.port,
    protocol: row.protocol,
    requirement: row.requirement,
    blocks: [],
  }));
}

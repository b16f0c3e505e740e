import { type Allowlist, rowsOf } from '../../allowlist/list/allowlist';
import { type MergedRows, mergeRows } from '../../allowlist/list/merged-rows';
import { type Edition, notNode, REQUIREMENTS } from '../../allowlist/catalog/catalog';
import type { Text } from '../../ui/words/make-text';
import { blocksOfAll } from '../../allowlist/list/rule/blocks-of';
import { sourceText } from '../text/source-text';
import type { FirewallRow } from './contract';

/** The doors of an allowlist, each once, with all features that want it. Rules inside the network are not among them. */
export function firewallRows(allowlist: Allowlist, t: Text): readonly FirewallRow[] {
  return mergeRows(rowsOf(allowlist)).map(rows => firewallRow(rows, allowlist.edition, t));
}

function firewallRow(rows: MergedRows, edition: Edition, t: Text): FirewallRow {
  const [first] = rows;
  const blocks = blocksOfAll(rows).what.map(each => t(`allowlist.blocks.${each}`));
  const risk = rows.find(row => row.risk !== undefined)?.risk;
  return {
    host: first.host,
    port: first.port,
    protocol: first.protocol,
    requirement: REQUIREMENTS.find(each => rows.some(row => row.requirement === each)) ?? first.requirement,
    features: unique(rows.map(row => row.feature.title)),
    purposes: unique(rows.map(row => row.purpose)),
    ...(blocks.length === 0 ? {} : { blocks }),
    ...(risk === undefined ? {} : { risk }),
    bypassInspection: rows.some(row => row.bypassInspection),
    connects: whoConnects(rows),
    sources: unique(
      rows.flatMap(row =>
        row.use.origins.slice(0, 1).map(origin => sourceText(origin, edition, t) ?? origin.section),
      ),
    ),
  };
}

/** The nodes, where any row is theirs; else the first that is named. */
function whoConnects(rows: MergedRows): FirewallRow['connects'] {
  const others = rows.flatMap(row => notNode(row.connects) ?? []);
  return others.length === rows.length ? (others[0] ?? 'nodes') : 'nodes';
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

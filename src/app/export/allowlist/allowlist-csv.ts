import { type Allowlist, type AllowlistRow, rowsOf } from '../../allowlist/list/allowlist';
import { blocksOf } from '../../allowlist/list/rule/blocks-of';
import { type Edition, type InternalRule, notNode } from '../../allowlist/catalog/catalog';
import { correctionText } from '../../allowlist/list/rule/correction-text';
import type { Text } from '../../ui/words/make-text';
import { type CsvCell, csvText } from '../text/csv';
import { sourceText } from '../text/source-text';
import { listIds } from './list-ids';

const COLUMNS = [
  'host',
  'port',
  'protocol',
  'clouds',
  'feature',
  'requirement',
  'purpose',
  'serviceTag',
  'correction',
  'risk',
  'documentUrl',
  'source',
  'direction',
  'from',
  'to',
  'when',
  'connects',
  'arcGateway',
  'state',
  'bypassInspection',
  'regions',
  'blocks',
  'severity',
  'blocksSource',
  'alternative',
  'edition',
  'listRegion',
] as const;

type CsvRow = Partial<Readonly<Record<(typeof COLUMNS)[number], CsvCell>>>;

/**
 * One record a rule, under a header; cloud, protocol, requirement and the like as the catalog's codes. Rules inside the
 * network follow those that lead out of it, and have no host.
 */
export function allowlistCsv(allowlist: Allowlist, t: Text): string {
  const { edition, internal } = allowlist;
  return table(
    [
      ...rowsOf(allowlist).map(row => outbound(row, edition, t)),
      ...internal.map(rule => inside(rule, edition, t)),
    ],
    allowlist,
    t,
  );
}

/** The rules inside the network alone, in the same columns. */
export function internalCsv(allowlist: Allowlist, t: Text): string {
  const { edition, internal } = allowlist;
  return table(
    internal.map(rule => inside(rule, edition, t)),
    allowlist,
    t,
  );
}

/** Every record says of which list it is, so that records of two files can be told apart. */
function table(rows: readonly CsvRow[], allowlist: Allowlist, t: Text): string {
  const [edition, listRegion] = listIds(allowlist);
  const header = COLUMNS.map(column => t(`export.column.${column}`));
  return csvText([
    header,
    ...rows.map(row => COLUMNS.map(column => ({ ...row, edition, listRegion })[column] ?? '')),
  ]);
}

function outbound(row: AllowlistRow, edition: Edition, t: Text): CsvRow {
  const { what, severity, from } = blocksOf(row);
  const isKnown = what.length > 0;
  return {
    host: row.host,
    port: row.port,
    protocol: row.protocol,
    clouds: row.clouds.join(' '),
    feature: row.feature.title,
    requirement: row.requirement,
    purpose: row.purpose,
    serviceTag: row.serviceTag,
    correction: correctionText(row, t),
    risk: row.risk,
    documentUrl: row.asWritten.url,
    source: firstSource(row.use.origins, edition, t),
    direction: 'outbound',
    from: t(`export.from.${notNode(row.connects) ?? 'nodes'}`),
    to: row.host,
    when: row.when,
    connects: row.connects,
    arcGateway: row.arcGateway === undefined ? '' : row.arcGateway ? 'yes' : 'no',
    state: row.state?.kind ?? 'current',
    bypassInspection: row.bypassInspection ? 'yes' : '',
    regions: row.regions?.join(' '),
    blocks: what.join(' '),
    severity: isKnown ? severity : '',
    blocksSource: isKnown ? from : '',
    alternative: row.use.alternative,
  };
}

function inside(rule: InternalRule, edition: Edition, t: Text): CsvRow {
  return {
    port: rule.ports.join(' '),
    protocol: rule.protocol,
    feature: rule.group,
    requirement: rule.requirement,
    purpose: rule.note === undefined ? rule.purpose : `${rule.purpose} ${rule.note}`,
    source: firstSource(rule.origins, edition, t),
    direction: 'internal',
    from: rule.from,
    to: rule.to,
  };
}

/** '' where there is no place, or the document is not known. */
function firstSource(origins: readonly Place[], edition: Edition, t: Text): string {
  const [first] = origins;
  return (first && sourceText(first, edition, t)) ?? '';
}

type Place = Parameters<typeof sourceText>[0];

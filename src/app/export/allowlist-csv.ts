import { type Allowlist, type AllowlistRow, rowsOf } from '../allowlist/allowlist';
import { correctionText } from '../allowlist/correction-text';
import type { Text } from '../ui/make-text';
import { csvText } from './csv';

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
] as const;

/** One record a row, under a header; cloud, protocol and requirement as the catalog's codes. */
export function allowlistCsv(allowlist: Allowlist, t: Text): string {
  const header = COLUMNS.map(column => t(`export.column.${column}`));
  return csvText([header, ...rowsOf(allowlist).map(row => record(row, allowlist, t))]);
}

function record(row: AllowlistRow, { edition }: Allowlist, t: Text): (string | number)[] {
  const [origin] = row.use.origins;
  const source = origin && edition.sources[origin.source];
  return [
    row.host,
    row.port,
    row.protocol,
    row.clouds.join(' '),
    row.feature.title,
    row.requirement,
    row.purpose,
    row.serviceTag ?? '',
    correctionText(row, t) ?? '',
    row.risk ?? '',
    row.asWritten.url,
    origin && source ? t('export.source', source.title, edition.published, origin.section) : '',
  ];
}

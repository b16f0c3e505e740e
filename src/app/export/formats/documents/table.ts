import { doorName } from '../../../allowlist/catalog/door';
import type { FirewallRow, FormatOptions } from '../contract';
import { oneLine } from '../one-line';

/** A cell for people: text on one line, or a number. */
export type Cell = string | number;

export interface Column {
  readonly heading: string;
  readonly cell: (row: FirewallRow) => Cell;
  /** Set as code: a host or a port that must be copied to the letter. */
  readonly isCode?: boolean;
}

/** What a network team reads in a row, in the same order in every document. */
export function columns({ t, reasons }: Pick<FormatOptions, 't' | 'reasons'>): readonly Column[] {
  return [
    { heading: t('export.column.host'), cell: row => row.host, isCode: true },
    { heading: t('export.column.port'), cell: row => row.port, isCode: true },
    { heading: t('export.column.protocol'), cell: row => row.protocol, isCode: true },
    { heading: t('export.column.direction'), cell: () => t('formats.outbound') },
    { heading: t('export.column.from'), cell: row => t(`export.from.${row.connects}`) },
    { heading: t('export.column.requirement'), cell: row => t(`common.requirement.${row.requirement}`) },
    { heading: t('export.column.feature'), cell: row => oneLine(row.features.join('; ')) },
    { heading: t('export.column.purpose'), cell: row => line(row.purposes) },
    { heading: t('export.column.blocks'), cell: row => oneLine((row.blocks ?? []).join(', ')) },
    ...(reasons === undefined
      ? []
      : [
          {
            heading: t('formats.column.whyNow'),
            cell: (row: FirewallRow) => oneLine(reasons.get(doorName(row)) ?? ''),
          },
        ]),
    { heading: t('export.column.risk'), cell: row => oneLine(row.risk ?? '') },
    {
      heading: t('export.column.bypassInspection'),
      cell: row => (row.bypassInspection ? t('formats.yes') : ''),
    },
    { heading: t('export.column.source'), cell: row => line(row.sources) },
  ];
}

function line(texts: readonly string[]): string {
  return oneLine(texts.join(' '));
}

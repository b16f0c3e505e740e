import { doorName } from '../../allowlist/catalog/door';
import type { FormatOptions, Skipped } from './contract';
import { localDate } from '../text/file-name';
import { oneLine } from './one-line';

/** The lines that open a text file: what it holds, of which day, and what was left out, each on one line. */
export function headerLines(
  { t, title, date, facts = [] }: FormatOptions,
  {
    count,
    skipped,
    notes,
  }: { readonly count: number; readonly skipped: readonly Skipped[]; readonly notes: readonly string[] },
): readonly string[] {
  return [
    t('formats.header.title', title, localDate(date)),
    t('formats.header.count', count),
    ...facts,
    ...notes,
    ...skipped.map(({ rule, reason }) => t('formats.header.skipped', doorName(rule), reason)),
  ].map(oneLine);
}

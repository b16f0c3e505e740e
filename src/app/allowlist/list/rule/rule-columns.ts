import type { Sorting } from '../../../ui/tables/sorting';

/** In the order of the table; each can sort it. */
export const RULE_COLUMNS = ['host', 'port', 'protocol', 'blocks', 'requirement', 'state'] as const;

/** All that rules can be sorted by, beside the order of the list. */
export const RULE_SORTINGS: readonly Sorting[] = RULE_COLUMNS.flatMap(column => [column, `-${column}`]);

/** What other code may have written there sorts by nothing. */
export function readSorting(kept: string | undefined): Sorting {
  return RULE_SORTINGS.find(each => each === kept) ?? '';
}

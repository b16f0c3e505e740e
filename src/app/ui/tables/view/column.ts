import { sortedBy, type Sorting } from '../sorting';

/** A column of a table: its heading, and what a cell of it says where it is searched, sorted, filtered or copied. */
export interface Column<T> {
  readonly id: string;
  readonly title: string;
  /** What a cell says, on one line; absent where cells hold only buttons. */
  readonly text?: (item: T) => string;
  /** What the column sorts by, where that is not the text. */
  readonly key?: (item: T) => string | number;
  readonly sorts?: false;
  /** What of a line can be chosen in a filter and grouped by. */
  readonly facet?: (item: T) => readonly string[];
  /** Without a place of its own in the table: only searched, filtered and grouped by. */
  readonly isHidden?: true;
  readonly isNumber?: true;
  /** CSS; where columns have widths of their own. */
  readonly width?: string;
}

/** Sorted by a column: by its key, else by its text, however that is written. */
export function sortedByColumn<T>(
  items: readonly T[],
  sorting: Sorting,
  columns: readonly Column<T>[],
): readonly T[] {
  return sortedBy(items, sorting, (item, id) => {
    const column = columns.find(each => each.id === id);
    return column?.key?.(item) ?? column?.text?.(item).toLowerCase() ?? 0;
  });
}

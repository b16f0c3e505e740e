import papa from 'papaparse';
import { tidy } from './cell-text.ts';

const SEPARATORS = ['\t', ';', ','] as const;

/** What separates the cells of a file, by the heading's line; undefined where nothing does. */
export function separatorOf(heading: string): string | undefined {
  const [most] = [...SEPARATORS].sort((a, b) => cellsOf(heading, b).length - cellsOf(heading, a).length);
  return most !== undefined && cellsOf(heading, most).length > 1 ? most : undefined;
}

/** The cells of a line, without the quotes that a spreadsheet puts around them. Undefined: its quotes do not fit together. */
export function separatedCells(line: string, separator: string): readonly string[] | undefined {
  const { data, errors } = papa.parse<string[]>(line, { delimiter: separator, newline: '\n' });
  return errors.length > 0 ? undefined : (data[0] ?? []).map(tidy);
}

function cellsOf(line: string, separator: string): readonly string[] {
  return separatedCells(line, separator) ?? [];
}

/** Without the empty cells with which a spreadsheet ends a line, down to so many. */
export function trimmedTo(cells: readonly string[], least: number): readonly string[] {
  let end = cells.length;
  while (end > least && cells[end - 1] === '') end -= 1;
  return cells.slice(0, end);
}

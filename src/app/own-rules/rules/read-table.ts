import { parse } from 'papaparse';

export interface TableRow {
  /** Where it begins, from 1; a cell may hold line breaks. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Table {
  /** Empty when there is no line. */
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
  /** Lines whose quotes do not fit together. What follows is read again from the next line. */
  readonly badLines: readonly number[];
  /** Where reading ended early, since hardly anything was a table. */
  readonly stoppedAt?: number;
}

const SEPARATORS = [',', ';', '\t'] as const;
/** Each bad line costs one more reading of the rest. */
const MOST_BAD_LINES = 100;

/**
 * Reads separated values. The separator is the one with which the first line has the most known columns, or that a line
 * `sep=;` before it names, as spreadsheets write it. A byte order mark and empty lines are skipped, and the apostrophe that
 * `csvText` puts before what looks like a formula is taken away again.
 */
export function readTable(text: string, isColumn: (name: string) => boolean): Table {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const told = /^"?sep=(.)"?$/i.exec(lines[0] ?? '')?.[1];
  const first = told === undefined ? 0 : 1;
  const separator = told ?? separatorOf(lines.slice(first), isColumn);
  const { rows, badLines, stoppedAt } = readRows(lines, first, separator);
  const [header, ...others] = rows;
  return {
    header: header?.cells ?? [],
    rows: others,
    badLines,
    ...(stoppedAt !== undefined && { stoppedAt }),
  };
}

function separatorOf(lines: readonly string[], isColumn: (name: string) => boolean): string {
  const header = lines.find(line => line.trim() !== '') ?? '';
  const known = (separator: string): number =>
    new Set(cellsOf(header, separator).flatMap(cells => cells.filter(isColumn))).size;
  return SEPARATORS.reduce((best, each) => (known(each) > known(best) ? each : best), SEPARATORS[0]);
}

function readRows(
  lines: readonly string[],
  first: number,
  separator: string,
): Pick<Table, 'rows' | 'badLines' | 'stoppedAt'> {
  const rows: TableRow[] = [];
  const badLines: number[] = [];
  let at = first;
  while (at < lines.length) {
    if (badLines.length === MOST_BAD_LINES) return { rows, badLines, stoppedAt: at + 1 };
    const { data, errors } = parse<string[]>(lines.slice(at).join('\n'), {
      delimiter: separator,
      newline: '\n',
    });
    const bad = Math.min(...errors.flatMap(error => error.row ?? []));
    for (const cells of data.slice(0, bad)) {
      if (cells.length > 1 || cells[0] !== '') rows.push({ line: at + 1, cells: cells.map(unguarded) });
      at += 1 + cells.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0);
    }
    if (bad === Infinity) break;
    badLines.push(at + 1);
    at += 1;
  }
  return { rows, badLines };
}

function cellsOf(line: string, separator: string): readonly (readonly string[])[] {
  return parse<string[]>(line, { delimiter: separator, newline: '\n' }).data;
}

function unguarded(cell: string): string {
  return /^'[=+\-@\t\n]/.test(cell) ? cell.slice(1) : cell;
}

export interface CsvRecord {
  /** Where it begins, from 1; a cell may hold line breaks. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvContent {
  readonly records: readonly CsvRecord[];
  /** Lines that are no CSV: a quote where none may be, or one that is never closed. The next line is read again. */
  readonly badLines: readonly number[];
}

/**
 * Reads RFC 4180 – commas, quotes only around whole cells – with CRLF or LF. A byte order mark and empty lines are
 * skipped, and the apostrophe that {@link csvText} puts before what looks like a formula is taken away again.
 */
export function readCsv(text: string): CsvContent {
  const cell = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  const records: CsvRecord[] = [];
  const badLines: number[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const cells: string[] = [];
    let end: string | undefined = ',';
    cell.lastIndex = at;
    while (end === ',') {
      const match = cell.exec(text);
      end = match?.[3];
      if (match !== null) cells.push(unguarded(match[1]?.replace(/""/g, '"') ?? match[2] ?? ''));
    }
    if (end === undefined) badLines.push(line);
    else if (cells.length > 1 || cells[0] !== '') records.push({ line, cells });
    const next = end === undefined ? afterLine(text, at) : cell.lastIndex;
    line += text.slice(at, next).split('\n').length - 1;
    at = next;
  }
  return { records, badLines };
}

function unguarded(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

function afterLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

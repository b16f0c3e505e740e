export type CsvCell = string | number;

/**
 * RFC 4180: comma, CRLF after every record, cells quoted where needed. Spreadsheets run cells that begin like a
 * formula, and much of what is exported comes from nodes and networks: such cells get a leading apostrophe (OWASP, CSV
 * injection). A leading `*`, as in wildcards, starts no formula and stays.
 */
export function csvText(records: readonly (readonly CsvCell[])[]): string {
  return records.map(record => `${record.map(csvCell).join(',')}\r\n`).join('');
}

/** For pasting into a spreadsheet: tabs between cells, lines between records, no other white space than blanks. */
export function tabText(records: readonly (readonly string[])[]): string {
  return records
    .map(record => `${record.map(cell => withoutFormula(cell.replace(/\s+/g, ' ').trim())).join('\t')}\r\n`)
    .join('');
}

function withoutFormula(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}

function csvCell(cell: CsvCell): string {
  if (typeof cell === 'number') return String(cell);
  const safe = withoutFormula(cell);
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

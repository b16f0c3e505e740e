import type { Problem } from './problem.ts';

/** A row of a published list, each cell as it stands there but for spaces around it. */
export interface ListRow {
  readonly line: number;
  /** The list's own number. */
  readonly id: string;
  /** What the list calls the part of the product, or of a vendor's list the endpoint. */
  readonly component: string;
  readonly url: string;
  readonly port: string;
  readonly arcGateway: string;
  readonly requiredFor: string;
}

/** What the first line says of the list's origin: `# source: github.com/OWNER/NAME PATH commit HASH; …`. */
export interface ListOrigin {
  readonly repository: string;
  readonly path: string;
  readonly commit: string;
}

export interface ReadList {
  readonly origin?: ListOrigin;
  readonly rows: readonly ListRow[];
  readonly problems: readonly Problem[];
}

type Column = Exclude<keyof ListRow, 'line'>;

/** Headings that the lists have had for a column. */
const HEADINGS: Readonly<Record<Column, readonly string[]>> = {
  id: ['id'],
  component: ['azure local component', 'hci component', 'endpoint description'],
  url: ['endpoint url'],
  port: ['port'],
  arcGateway: ['arc gateway support'],
  requiredFor: ['required for', 'required'],
};
const COLUMNS = Object.keys(HEADINGS) as Column[];
/** Read by people only. */
const LEFT_OUT = ['notes'];

/** Reads a list: cells between tabs, or the first Markdown table with an endpoint column. */
export function readList(text: string): ReadList {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const isMarkdown = lines.some(line => /^\s*\|/.test(line));
  const problems: Problem[] = [];
  const rows: ListRow[] = [];
  let columns: readonly (Column | undefined)[] | undefined;
  lines.forEach((content, at) => {
    const cells = isMarkdown ? markdownCells(content, columns !== undefined) : tabCells(content);
    const line = at + 1;
    if (cells === undefined) {
      // Text after the table is none of it.
      if (isMarkdown && rows.length > 0) columns = undefined;
    } else if (cells.some(isUrlHeading)) {
      if (rows.length > 0) problems.push({ line, text: 'a second table of endpoints: keep one' });
      columns = readHeadings(cells, line, problems);
    } else if (columns === undefined && rows.length > 0 && /^\d+$/.test(cells[0] ?? '')) {
      problems.push({ line, text: 'a row after the end of the table: take out the empty line before it' });
    } else if (columns !== undefined && !cells.every(cell => /^:?-+:?$/.test(cell))) {
      const row = readRow(columns, cells, line);
      if (row === undefined)
        problems.push({ line, text: `${cells.length} cells where the heading has ${columns.length}` });
      else rows.push(row);
    }
  });
  if (rows.length === 0 && problems.length === 0)
    problems.push({ line: 0, text: 'no table with a column "Endpoint URL"' });
  return { origin: readOrigin(lines[0] ?? ''), rows, problems };
}

function tabCells(line: string): readonly string[] | undefined {
  return line.trim() === '' || line.startsWith('#') ? undefined : line.split('\t').map(tidy);
}

/** Bars at both ends are usual; within a table a line needs neither, until an empty line ends it. */
function markdownCells(line: string, inTable: boolean): readonly string[] | undefined {
  const content = line.trim();
  if (content === '' || !(inTable || content.startsWith('|'))) return undefined;
  const inner = content.replace(/^\|/, '').replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map(tidy);
}

/** Lists have had zero-width and no-break spaces at the ends of cells. */
function tidy(cell: string): string {
  return cell
    .replace(/^[\s\u200b-\u200f\u2060\u00ad]+|[\s\u200b-\u200f\u2060\u00ad]+$/g, '')
    .replace(/^`(.*)`$/, '$1');
}

function isUrlHeading(cell: string): boolean {
  return HEADINGS.url.includes(cell.toLowerCase());
}

function readHeadings(cells: readonly string[], line: number, problems: Problem[]): (Column | undefined)[] {
  const found = cells.map(cell => COLUMNS.find(column => HEADINGS[column].includes(cell.toLowerCase())));
  cells.forEach((cell, at) => {
    if (found[at] === undefined && !LEFT_OUT.includes(cell.toLowerCase()))
      problems.push({ line, text: `unknown column "${cell}"` });
  });
  for (const column of COLUMNS)
    if (!found.includes(column))
      problems.push({ line, text: `no column "${HEADINGS[column][0] ?? column}"` });
  return found;
}

function readRow(
  columns: readonly (Column | undefined)[],
  cells: readonly string[],
  line: number,
): ListRow | undefined {
  if (cells.length !== columns.length) return undefined;
  const cell = (column: Column): string => cells[columns.indexOf(column)] ?? '';
  return {
    line,
    id: cell('id'),
    component: cell('component'),
    url: cell('url'),
    port: cell('port'),
    arcGateway: cell('arcGateway'),
    requiredFor: cell('requiredFor'),
  };
}

function readOrigin(line: string): ListOrigin | undefined {
  const found = /^# source: github\.com\/([\w.-]+\/[\w.-]+) (\S+) commit ([0-9a-f]{40})\b/.exec(line);
  const [, repository, path, commit] = found ?? [];
  return repository === undefined || path === undefined || commit === undefined
    ? undefined
    : { repository, path, commit };
}

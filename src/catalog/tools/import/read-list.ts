import { plainText, wordOf } from './cells/cell-text.ts';
import { linesOf } from './cells/decode.ts';
import { separatedCells, separatorOf, trimmedTo } from './cells/separated.ts';
import type { Problem } from './problem.ts';

/** A row of a published list, each cell as a reader of the list sees it. */
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

/** Which list of an edition the files are; region or vendor. */
export type ListTarget = { readonly region: string; readonly cloud: string } | { readonly vendor: string };

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

/** Headings that lists have had for a column, and others that mean nothing else. */
const HEADINGS: Readonly<Record<Column, readonly string[]>> = {
  id: ['id', '#', 'no', 'no.', 'row'],
  component: [
    'azure local component',
    'hci component',
    'azure stack hci component',
    'component',
    'endpoint description',
    'oem sbe package url',
  ],
  url: ['endpoint url', 'endpoint urls', 'endpoint', 'url', 'urls', 'fqdn', 'host'],
  port: ['port', 'ports', 'port(s)'],
  arcGateway: ['arc gateway support', 'arc gateway supported', 'arc gateway'],
  requiredFor: ['required for', 'required'],
};
const COLUMNS = Object.keys(HEADINGS) as Column[];
/** Read by people only. */
const LEFT_OUT = ['notes', 'note', 'description', 'comments', 'purpose'];

const DELIMITERS = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$/;
const NO_TABLE =
  'no table with a column "Endpoint URL" and one "Port": take the list itself, as Markdown or with tabs between its cells';

/** Reads a list: the first Markdown table with a column of endpoints, or cells between tabs, semicolons or commas. */
export function readList(text: string): ReadList {
  const lines = linesOf(text);
  const isMarkdown = lines.some(line => /^\s*\|/.test(line) || DELIMITERS.test(line));
  const { rows, problems } = isMarkdown ? readMarkdown(shownLines(lines)) : readSeparated(lines);
  if (rows.length === 0 && problems.length === 0) problems.push(nothingIn(lines));
  return { origin: readOrigin(lines[0] ?? ''), rows, problems };
}

interface Found {
  readonly rows: ListRow[];
  readonly problems: Problem[];
}

/** Lines without what HTML comments hide; a comment over several lines leaves them empty. */
function shownLines(lines: readonly string[]): readonly string[] {
  return lines
    .join('\n')
    .replace(/<!--[\s\S]*?-->/g, hidden => hidden.replace(/[^\n]/g, ''))
    .split('\n');
}

function readMarkdown(lines: readonly string[]): Found {
  const found: Found = { rows: [], problems: [] };
  const { rows, problems } = found;
  let columns: readonly (Column | undefined)[] | undefined;
  lines.forEach((content, at) => {
    const isHeading = DELIMITERS.test(lines[at + 1] ?? '');
    const cells = markdownCells(content, columns !== undefined || isHeading);
    const line = at + 1;
    if (cells === undefined) {
      // Text after the table is none of it.
      if (rows.length > 0) columns = undefined;
    } else if (isTableOfEndpoints(cells)) {
      if (rows.length > 0) problems.push({ line, text: 'a second table of endpoints: keep one' });
      columns = readHeadings(cells, line, problems);
    } else if (columns === undefined && rows.length > 0 && /^\d+$/.test(cells[0] ?? '')) {
      problems.push({ line, text: 'a row after the end of the table: take out the empty line before it' });
    } else if (columns !== undefined && !cells.every(cell => /^:?-+:?$/.test(cell))) {
      takeRow(columns, cells, line, '|', found);
    }
  });
  return found;
}

function readSeparated(lines: readonly string[]): Found {
  const found: Found = { rows: [], problems: [] };
  let separator: string | undefined;
  let columns: readonly (Column | undefined)[] | undefined;
  lines.forEach((content, at) => {
    if (content.trim() === '' || /^#(?![\t;,])/.test(content)) return;
    separator ??= separatorOf(content);
    if (separator === undefined) return;
    const line = at + 1;
    const cells = separatedCells(content, separator)?.map(plainText);
    if (cells === undefined)
      found.problems.push({
        line,
        text: 'quotes that do not fit together: close them, or double one that is text',
      });
    else if (isTableOfEndpoints(cells)) {
      if (found.rows.length > 0) found.problems.push({ line, text: 'a second table of endpoints: keep one' });
      columns = readHeadings(trimmedTo(cells, 0), line, found.problems);
    } else if (columns === undefined) separator = undefined;
    else
      takeRow(
        columns,
        trimmedTo(cells, columns.length),
        line,
        separator === '\t' ? 'a tab' : separator,
        found,
      );
  });
  return found;
}

/** Bars at both ends are usual; within a table a line needs neither, until an empty line ends it. */
function markdownCells(line: string, inTable: boolean): readonly string[] | undefined {
  const content = line.trim();
  if (content === '' || !(inTable || content.startsWith('|'))) return undefined;
  const inner = content.replace(/^\|/, '').replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map(plainText);
}

function isTableOfEndpoints(cells: readonly string[]): boolean {
  const words = cells.map(wordOf);
  const has = (column: Column): boolean => words.some(word => HEADINGS[column].includes(word));
  return words.includes('endpoint url') || (has('url') && has('port'));
}

function readHeadings(cells: readonly string[], line: number, problems: Problem[]): (Column | undefined)[] {
  const found = cells.map(cell => COLUMNS.find(column => HEADINGS[column].includes(wordOf(cell))));
  cells.forEach((cell, at) => {
    const column = found[at];
    if (column === undefined && !LEFT_OUT.includes(wordOf(cell)))
      problems.push({ line, text: `unknown column "${cell}": take it out, or mend its name` });
    else if (column !== undefined && found.indexOf(column) !== at)
      problems.push({ line, text: `the column "${cell}" means what another one does: keep one of them` });
  });
  for (const column of COLUMNS)
    if (!found.includes(column))
      problems.push({ line, text: `no column "${HEADINGS[column][0] ?? column}": add it, with its values` });
  return found;
}

function takeRow(
  columns: readonly (Column | undefined)[],
  cells: readonly string[],
  line: number,
  between: string,
  { rows, problems }: Found,
): void {
  if (cells.length !== columns.length) {
    const text = `${cells.length} cells where the heading has ${columns.length}: put ${between} between two cells, also around an empty one`;
    problems.push({ line, text });
    return;
  }
  const cell = (column: Column): string => cells[columns.indexOf(column)] ?? '';
  rows.push({
    line,
    id: cell('id').replace(/^(\d+)\.$/, '$1'),
    component: cell('component'),
    url: cell('url'),
    port: cell('port'),
    arcGateway: cell('arcGateway'),
    requiredFor: cell('requiredFor'),
  });
}

function nothingIn(lines: readonly string[]): Problem {
  const html = lines.findIndex(line => /<table\b/i.test(line));
  return html < 0
    ? { line: 1, text: NO_TABLE }
    : { line: html + 1, text: 'a table in HTML: write it as Markdown, or with tabs between its cells' };
}

function readOrigin(line: string): ListOrigin | undefined {
  const found = /^# source: github\.com\/([\w.-]+\/[\w.-]+) (\S+) commit ([0-9a-f]{40})\b/.exec(line);
  const [, repository, path, commit] = found ?? [];
  return repository === undefined || path === undefined || commit === undefined
    ? undefined
    : { repository, path, commit };
}

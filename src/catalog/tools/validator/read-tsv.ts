import { linesOf } from '../import/cells/decode.ts';
import { separatedCells, separatorOf, trimmedTo } from '../import/cells/separated.ts';
import type { Problem } from '../import/problem.ts';
import type { RawRow, ReadManifest } from './read-rows.ts';

/** In the order in which they are usually written; `remediation` is read by people only. */
const COLUMNS = [
  'endpoint',
  'protocol',
  'severity',
  'mandatory',
  'operation',
  'arcGateway',
  'service',
  'name',
  'title',
] as const;
type Column = (typeof COLUMNS)[number];
/** Properties of the module's targets that nothing is taken from. */
const LEFT_OUT = [
  'remediation',
  'description',
  'tags',
  'group',
  'system',
  'status',
  'timestamp',
  'targetresourceid',
  'targetresourcename',
  'targetresourcetype',
  'additionaldata',
  'healthchecksource',
];
/** The module's own name for a column, and one that files of several regions have. */
const OTHER_NAMES: Readonly<Record<string, string>> = { operationtype: 'operation' };
const REGION = 'region';
const KNOWN: readonly string[] = [...COLUMNS.map(column => column.toLowerCase()), ...LEFT_OUT, REGION];

/**
 * Reads a manifest in columns, in any order, with tabs between them, or semicolons or commas. Its first line may say where it
 * is from: `# OWNER/NAME PATH commit HASH (AzStackHci.EnvironmentChecker VERSION)`.
 */
export function readTsv(text: string): ReadManifest {
  const lines = linesOf(text);
  const problems: Problem[] = [];
  const rows: RawRow[] = [];
  let separator = '\t';
  let header: readonly string[] | undefined;
  lines.forEach((content, at) => {
    const line = at + 1;
    if (content.trim() === '' || content.startsWith('#') || isForeign(header)) return;
    if (header === undefined) separator = separatorOf(content) ?? separator;
    const cells = separatedCells(content, separator);
    if (cells === undefined)
      problems.push({
        line,
        text: 'quotes that do not fit together: close them, or double one that is text',
      });
    else if (header === undefined) {
      const names = trimmedTo(cells, 0);
      header = names.map(columnOf);
      problems.push(...headerProblems(names, header, line));
    } else {
      const fitting = trimmedTo(cells, header.length);
      if (fitting.length === header.length) rows.push(rowOf(header, fitting, line));
      else
        problems.push({
          line,
          text: `${fitting.length} cells where the header has ${header.length}: put ${separator === '\t' ? 'a tab' : separator} between two cells, also around an empty one`,
        });
    }
  });
  if (header === undefined)
    problems.push({
      line: 1,
      text: `no header: write the columns ${COLUMNS.join(', ')} with tabs between them`,
    });
  else if (rows.length === 0 && problems.length === 0)
    problems.push({ line: lines.length, text: 'no row follows the header: take the whole manifest' });
  return { ...originOf(lines[0] ?? ''), rows, problems };
}

/** `ArcGateway`, `Arc gateway` and `arcGateway` are one column. */
function columnOf(cell: string): string {
  const plain = cell.toLowerCase().replace(/[^a-z]/g, '');
  return Object.hasOwn(OTHER_NAMES, plain) ? (OTHER_NAMES[plain] ?? plain) : plain;
}

/** Whether it is the first line of something else. */
function isForeign(header: readonly string[] | undefined): boolean {
  return header !== undefined && !header.some(column => KNOWN.includes(column));
}

function headerProblems(
  cells: readonly string[],
  header: readonly string[],
  line: number,
): readonly Problem[] {
  if (isForeign(header))
    return [
      {
        line,
        text: `none of the columns ${COLUMNS.join(', ')}: take the module's own XML, or its columns with tabs between them`,
      },
    ];
  const missing = COLUMNS.filter(column => !header.includes(column.toLowerCase()));
  return [
    ...missing.map(column => ({ line, text: `no column "${column}": add it, with its values` })),
    ...cells.flatMap((cell, at) => {
      const column = header[at] ?? '';
      if (!KNOWN.includes(column))
        return [{ line, text: `the column "${cell}" is not known: take it out, or mend its name` }];
      return header.indexOf(column) === at
        ? []
        : [{ line, text: `the column "${cell}" is there twice: keep one` }];
    }),
  ];
}

function rowOf(header: readonly string[], cells: readonly string[], line: number): RawRow {
  const cell = (column: Column): string => cells[header.indexOf(column.toLowerCase())] ?? '';
  const region = cells[header.indexOf(REGION)] ?? '';
  return {
    line,
    endpoint: cell('endpoint'),
    protocol: cell('protocol'),
    severity: cell('severity'),
    mandatory: cell('mandatory'),
    operations: cell('operation')
      .split(/[,;]/)
      .map(each => each.trim())
      .filter(each => each !== ''),
    arcGateway: cell('arcGateway'),
    service: cell('service'),
    name: cell('name'),
    title: cell('title'),
    ...(region !== '' && { region }),
  };
}

function originOf(line: string): Pick<ReadManifest, 'origin' | 'version'> {
  const found = /^# ([\w.-]+\/[\w.-]+) (\S.*?) commit ([0-9a-f]{40})\b/.exec(line);
  const [, repository, path, commit] = found ?? [];
  const version = /\(AzStackHci\.EnvironmentChecker ([\d.]+)\)/.exec(line)?.[1];
  return {
    ...(repository !== undefined &&
      path !== undefined &&
      commit !== undefined && { origin: { repository, path, commit } }),
    ...(version !== undefined && { version }),
  };
}

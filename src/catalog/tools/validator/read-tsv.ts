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
const LEFT_OUT = ['remediation'];

/**
 * Reads a manifest with tabs between its cells, under a header. Its first line may say where it is from:
 * `# OWNER/NAME PATH commit HASH (AzStackHci.EnvironmentChecker VERSION)`.
 */
export function readTsv(text: string): ReadManifest {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const problems: Problem[] = [];
  const rows: RawRow[] = [];
  let header: readonly string[] | undefined;
  lines.forEach((content, at) => {
    const line = at + 1;
    if (content.trim() === '' || content.startsWith('#')) return;
    const cells = content.split('\t').map(cell => cell.trim());
    if (header === undefined) {
      header = cells.map(cell => cell.toLowerCase());
      problems.push(...headerProblems(cells, line));
      return;
    }
    if (cells.length !== header.length) {
      problems.push({
        line,
        text: `${cells.length} cells where the header has ${header.length}: put a tab between two cells, also around an empty one`,
      });
      return;
    }
    rows.push(rowOf(header, cells, line));
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

function headerProblems(cells: readonly string[], line: number): readonly Problem[] {
  const lower = cells.map(cell => cell.toLowerCase());
  const known: readonly string[] = [...COLUMNS, ...LEFT_OUT].map(column => column.toLowerCase());
  const missing = COLUMNS.filter(column => !lower.includes(column.toLowerCase()));
  return [
    ...missing.map(column => ({ line, text: `no column "${column}": add it, with its values` })),
    ...cells
      .filter((cell, at) => !known.includes(cell.toLowerCase()) || lower.indexOf(cell.toLowerCase()) !== at)
      .map(cell => ({
        line,
        text: known.includes(cell.toLowerCase())
          ? `the column "${cell}" is there twice: keep one`
          : `the column "${cell}" is not known: take it out, or mend its name`,
      })),
  ];
}

function rowOf(header: readonly string[], cells: readonly string[], line: number): RawRow {
  const cell = (column: Column): string => cells[header.indexOf(column.toLowerCase())] ?? '';
  return {
    line,
    endpoint: cell('endpoint'),
    protocol: cell('protocol'),
    severity: cell('severity'),
    mandatory: cell('mandatory'),
    operations: cell('operation')
      .split(',')
      .map(each => each.trim())
      .filter(each => each !== ''),
    arcGateway: cell('arcGateway'),
    service: cell('service'),
    name: cell('name'),
    title: cell('title'),
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

import type { FormatOptions, WriteFormat } from '../contract';
import { type AdmittedRow, gate } from '../gate';
import { headerLines } from '../header';
import { oneLine } from '../one-line';
import { type Column, columns } from './table';

/** A table for a ticket or a wiki. Hosts stand in backticks: a star outside them would be emphasis, and vanish. */
export const writeMarkdown: WriteFormat = (rows, options) => {
  const { admitted, skipped } = gate(rows, options);
  const notes = [options.t('formats.note.apex')];
  return {
    fileName: options.fileName('md'),
    mediaType: 'text/markdown;charset=utf-8',
    content: markdownText(
      admitted,
      headerLines(options, { count: admitted.length, skipped, notes }),
      options,
    ),
    skipped,
    notes,
  };
};

export function markdownText(
  rows: readonly AdmittedRow[],
  [title = '', ...header]: readonly string[],
  options: Pick<FormatOptions, 't' | 'reasons'>,
): string {
  const cells = columns(options);
  return `${[
    `# ${text(title)}`,
    '',
    ...header.flatMap(line => [`- ${text(line)}`]),
    '',
    tableRow(cells.map(({ heading }) => text(heading))),
    tableRow(cells.map(() => '---')),
    ...rows.map(row => tableRow(cells.map(column => cell(column, row)))),
  ].join('\n')}\n`;
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function cell({ cell: read, isCode }: Column, row: AdmittedRow): string {
  const value = String(read(row));
  return isCode === true ? code(value) : text(value);
}

/** Longer than any run of backticks within; a bar would end the cell even there. */
function code(value: string): string {
  const line = oneLine(value);
  const fence = '`'.repeat(Math.max(0, ...(line.match(/`+/g) ?? []).map(run => run.length)) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line.replaceAll('|', '\\|')}${pad}${fence}`;
}

/** Every sign that Markdown could take for its own, as text. */
function text(value: string): string {
  return (
    oneLine(value)
      .replace(/[\\`*_{}[\]<>()#+!|~&]/g, '\\$&')
      // What begins a list within a list.
      .replace(/^[-=](?=\s|[-=]|$)/, '\\$&')
      .replace(/^(\d{1,9})\./, '$1\\.')
      // What readers make links of by themselves.
      .replace(/:(?=\/)/g, '&#58;')
      .replace(/\/(?=\/)/g, '&#47;')
      .replaceAll('@', '&#64;')
      .replace(/\b(www)\./gi, '$1&#46;')
  );
}

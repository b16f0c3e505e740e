import type { FormatOptions, WriteFormat } from '../contract';
import { type AdmittedRow, gate } from '../gate';
import { headerLines } from '../header';
import { escaped, htmlPage } from './html-page';
import { columns } from './table';

/** One file that prints well: no script, nothing from elsewhere, opens from a mail under a strict policy. */
export const writeHtml: WriteFormat = (rows, options) => {
  const { admitted, skipped } = gate(rows, options);
  const notes = [options.t('formats.note.apex')];
  return {
    fileName: options.fileName('html'),
    mediaType: 'text/html;charset=utf-8',
    content: htmlText(admitted, headerLines(options, { count: admitted.length, skipped, notes }), options),
    skipped,
    notes,
  };
};

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.4 system-ui, sans-serif; }
body { margin: 1.5rem; }
table { border-collapse: collapse; inline-size: 100%; font-size: 0.8125rem; }
caption { text-align: start; font-weight: 600; padding-block: 0.5rem; }
th, td { border: 1px solid #8a8886; padding: 0.25rem 0.5rem; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
code { font-family: ui-monospace, monospace; }
.wide { overflow-x: auto; }
@page { size: A4 landscape; margin: 1cm; }
@media print { body { margin: 0; } table { font-size: 7pt; } }
`;

export function htmlText(
  rows: readonly AdmittedRow[],
  [title = '', ...header]: readonly string[],
  options: Pick<FormatOptions, 't' | 'reasons'>,
): string {
  const cells = columns(options);
  return htmlPage(title, STYLE, options.t, [
    '<ul>',
    ...header.map(line => `<li>${escaped(line)}</li>`),
    '</ul>',
    `<div class="wide" role="region" tabindex="0" aria-label="${escaped(options.t('formats.table'))}">`,
    '<table>',
    `<caption>${escaped(options.t('formats.table'))}</caption>`,
    `<thead><tr>${cells.map(({ heading }) => `<th scope="col">${escaped(heading)}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map(
      row =>
        `<tr>${cells
          .map(({ cell, isCode }, index) => {
            const value = escaped(String(cell(row)));
            const content = isCode === true ? `<code>${value}</code>` : value;
            return index === 0 ? `<th scope="row">${content}</th>` : `<td>${content}</td>`;
          })
          .join('')}</tr>`,
    ),
    '</tbody>',
    '</table>',
    '</div>',
  ]);
}

import { strToU8, zipSync } from 'fflate';
import type { FormatOptions, WriteFormat } from '../contract';
import { type AdmittedRow, gate } from '../gate';
import { headerLines } from '../header';
import { type Cell, columns } from './table';

const MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Excel's own limit of a cell's text. */
const LONGEST_CELL = 32_767;
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** An Excel workbook (ECMA-376): the rows with a filter and a fixed heading, and what to know beside them. Nothing is a formula. */
export const writeXlsx: WriteFormat = (rows, options) => {
  const { admitted, skipped } = gate(rows, options);
  const notes = [options.t('formats.note.apex')];
  return {
    fileName: options.fileName('xlsx'),
    mediaType: MEDIA_TYPE,
    content: workbook(admitted, headerLines(options, { count: admitted.length, skipped, notes }), options),
    skipped,
    notes,
  };
};

export function workbook(
  rows: readonly AdmittedRow[],
  header: readonly string[],
  options: FormatOptions,
): Uint8Array<ArrayBuffer> {
  const cells = columns(options);
  const list = [cells.map(({ heading }) => heading), ...rows.map(row => cells.map(({ cell }) => cell(row)))];
  const about = [[options.t('formats.about')], ...header.map(line => [line])];
  const range = `A1:${columnName(cells.length - 1)}${list.length}`;
  const parts: Readonly<Record<string, string>> = {
    '[Content_Types].xml': contentTypes(),
    '_rels/.rels': relationships([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': book(options, cells.length, list.length),
    'xl/_rels/workbook.xml.rels': relationships([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['worksheet', 'worksheets/sheet2.xml'],
      ['styles', 'styles.xml'],
    ]),
    'xl/styles.xml': STYLES,
    'xl/worksheets/sheet1.xml': sheet(list, range),
    'xl/worksheets/sheet2.xml': sheet(about),
  };
  // A fixed time, so that the same list is the same file.
  const zipped = zipSync(
    Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])),
    { mtime: new Date(2026, 0, 1) },
  );
  return new Uint8Array(zipped);
}

function sheet(records: readonly (readonly Cell[])[], filter?: string): string {
  const width = Math.max(...records.map(record => record.length));
  const widths = Array.from({ length: width }, (_, index) =>
    Math.min(60, Math.max(10, ...records.map(record => String(record[index] ?? '').length + 2))),
  );
  const cols = widths
    .map((size, index) => `<col min="${index + 1}" max="${index + 1}" width="${size}" customWidth="1"/>`)
    .join('');
  const data = records
    .map((record, row) => {
      const style = row === 0 ? ' s="1"' : '';
      return `<row r="${row + 1}">${record.map((value, index) => cellXml(value, `${columnName(index)}${row + 1}`, style)).join('')}</row>`;
    })
    .join('');
  const frozen =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
  const autoFilter = filter === undefined ? '' : `<autoFilter ref="${filter}"/>`;
  return `${XML}<worksheet xmlns="${MAIN}">${frozen}<cols>${cols}</cols><sheetData>${data}</sheetData>${autoFilter}</worksheet>`;
}

/** Text is inline text, never a formula, whatever it begins with. */
function cellXml(value: Cell, reference: string, style: string): string {
  return typeof value === 'number'
    ? `<c r="${reference}"${style}><v>${value}</v></c>`
    : `<c r="${reference}"${style} t="inlineStr"><is><t xml:space="preserve">${xmlText(value.slice(0, LONGEST_CELL))}</t></is></c>`;
}

function xmlText(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return (
    text
      // What XML cannot hold: control characters and halves of surrogate pairs.
      // Excel takes `_x0041_` for a letter by its number (ECMA-376, ST_Xstring).
      .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
      .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
      .replace(/[&<>"]/g, sign => entities[sign] ?? sign)
  );
}

/** A for 0; no table here has more than 26 columns. */
function columnName(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}

function book({ t }: FormatOptions, width: number, height: number): string {
  const names = [sheetName(t('formats.sheet.rows')), sheetName(t('formats.sheet.about'))];
  const sheets = names
    .map((name, index) => `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
    .join('');
  const filtered = `'${(names[0] ?? '').replaceAll("'", "''")}'!$A$1:$${columnName(width - 1)}$${height}`;
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${sheets}</sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">${xmlText(filtered)}</definedName></definedNames></workbook>`;
}

/** At most 31 characters, none of those that Excel refuses. */
function sheetName(text: string): string {
  return text.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31);
}

function contentTypes(): string {
  const type = (part: string, kind: string): string =>
    `<Override PartName="/xl/${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`;
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${type('workbook.xml', 'sheet.main')}${type('worksheets/sheet1.xml', 'worksheet')}${type('worksheets/sheet2.xml', 'worksheet')}${type('styles.xml', 'styles')}</Types>`;
}

function relationships(targets: readonly (readonly [kind: string, target: string])[]): string {
  const each = targets.map(
    ([kind, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/${kind}" Target="${target}"/>`,
  );
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`;
}

const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

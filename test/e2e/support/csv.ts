/**
 * Reads CSV as RFC 4180 defines it, and nothing more: records end with CRLF, a quote in a field is doubled, and a field
 * with a quote, a comma or a line break stands in quotes.
 * @throws when the text is anything else
 */
export function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/y;
  const body = text.replace(/^\uFEFF/, '');
  while (field.lastIndex < body.length) {
    const at = field.lastIndex;
    const match = field.exec(body);
    if (!match) throw new Error(`Not CSV at character ${at}: ${JSON.stringify(body.slice(at, at + 40))}`);
    record.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}

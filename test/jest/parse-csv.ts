/** Reads RFC 4180 strictly: CRLF between records, quotes only around whole fields. Throws on anything else. */
export function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (match === null)
      throw new Error(`No RFC 4180 field at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
    const [, quoted, plain = '', end] = match;
    record.push(quoted === undefined ? plain : quoted.replace(/""/g, '"'));
    if (end === '\r\n') {
      records.push(record);
      record = [];
    }
  }
  return records;
}

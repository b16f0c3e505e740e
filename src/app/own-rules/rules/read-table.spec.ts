import fc from 'fast-check';
import { csvText } from '../../export/text/csv';
import { readTable } from './read-table';

// Hundreds of generated cases: slow on a busy machine, never stuck.
jest.setTimeout(30_000);

const isColumn = (name: string): boolean => ['host', 'port'].includes(name.toLowerCase());
const read = (text: string) => {
  const { header, rows, badLines } = readTable(text, isColumn);
  return { cells: [header, ...rows.map(row => row.cells)], lines: rows.map(row => row.line), badLines };
};

describe('readTable', () => {
  it('reads what csvText writes', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"', ',', '\r\n', '\n', '=1', '-', '"",\r\n"'),
    );
    // An apostrophe before a formula is the writer's own sign and cannot be told from one that was there.
    const plain = cell.filter(text => !/^'[=+\-@\t\r\n]/.test(text));
    const record = fc.array(plain, { minLength: 2 });
    fc.assert(
      fc.property(fc.array(record), records => {
        const table = read(csvText([['Host', 'Port'], ...records]));
        expect(table.badLines).toEqual([]);
        expect(table.cells.slice(1)).toEqual(
          records.map(cells => cells.map(each => each.replace(/\r\n?/g, '\n'))),
        );
      }),
    );
  });

  it.each([
    [',', 'Host,Port\na,1'],
    [';', 'Host;Port\r\na;1\r\n'],
    ['tab', 'Host\tPort\na\t1'],
    ['; with commas in its names', '"Host";"Why, then";Port\na;b, c;1'],
    ['what the line before the header says', 'sep=|\nHost|Port\na|1'],
    ['what a spreadsheet says', '\uFEFFsep=;\r\nHost;Port\r\na;1'],
  ])('separates by %s', (_, text) => {
    const { cells } = read(text);
    expect([cells[0]?.[0], cells[0]?.at(-1)]).toEqual(['Host', 'Port']);
    expect([cells[1]?.[0], cells[1]?.at(-1)]).toEqual(['a', '1']);
  });

  it('takes a byte order mark, any line ends, a last line without one, and empty lines', () => {
    expect(read('\uFEFFHost,Port\nc,d\r\n\r\n\ne,f\rg,h').cells).toEqual([
      ['Host', 'Port'],
      ['c', 'd'],
      ['e', 'f'],
      ['g', 'h'],
    ]);
    expect(read('')).toEqual({ cells: [[]], lines: [], badLines: [] });
  });

  it('counts lines, also those within cells', () => {
    expect(read('Host,Port\r\n"two\r\nlines",c\r\n\r\nd,e\r\n').lines).toEqual([2, 5]);
  });

  it.each([
    ['text after a quoted cell', '"a"b,c'],
    ['a quote that is never closed', '"a,b'],
  ])('gives up a line with %s and reads on after it', (_, bad) => {
    expect(read(`Host,Port\r\n${bad}\r\nz,w\r\n`)).toEqual({
      cells: [
        ['Host', 'Port'],
        ['z', 'w'],
      ],
      lines: [3],
      badLines: [2],
    });
  });

  it('stops where hardly anything is a table', () => {
    const table = readTable(['Host,Port', ...Array<string>(500).fill('"a'), 'b,1'].join('\n'), isColumn);
    expect(table.badLines).toHaveLength(100);
    expect(table.stoppedAt).toBe(102);
  });
});

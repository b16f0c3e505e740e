import fc from 'fast-check';
import { csvText } from './csv';
import { readCsv } from './read-csv';

// Hundreds of generated cases: slow on a busy machine, never stuck.
jest.setTimeout(30_000);

const cells = (text: string) => readCsv(text).records.map(record => record.cells);

describe('readCsv', () => {
  it('reads what csvText writes', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"', ',', '\r\n', '\n', '=1', '-', '"",\r\n"'),
    );
    // An apostrophe before a formula is the writer's own sign and cannot be told from one that was there.
    const plain = cell.filter(text => !/^'[=+\-@\t\r]/.test(text));
    const record = fc.array(plain, { minLength: 2 });
    fc.assert(
      fc.property(fc.array(record, { minLength: 1 }), records => {
        const read = readCsv(csvText(records));
        expect(read.badLines).toEqual([]);
        expect(read.records.map(each => each.cells)).toEqual(records);
      }),
    );
  });

  it('takes a byte order mark, LF, a last line without end, and empty lines', () => {
    expect(cells('\uFEFFa,b\nc,d\r\n\r\n\ne,f')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
    ]);
    expect(cells('a,')).toEqual([['a', '']]);
    expect(cells('')).toEqual([]);
  });

  it('counts lines, also those within cells', () => {
    expect(readCsv('a,b\r\n"two\r\nlines",c\r\n\r\nd,e\r\n').records.map(({ line }) => line)).toEqual([
      1, 2, 5,
    ]);
  });

  it.each([
    ['a quote within a cell', 'a"b,c'],
    ['text after a quoted cell', '"a"b,c'],
    ['a quote that is never closed', '"a,b'],
    ['a lone carriage return', 'a\rb,c'],
  ])('gives up a line with %s and reads on after it', (_, bad) => {
    expect(readCsv(`x,y\r\n${bad}\r\nz,w\r\n`)).toEqual({
      records: [
        { line: 1, cells: ['x', 'y'] },
        { line: 3, cells: ['z', 'w'] },
      ],
      badLines: [2],
    });
  });
});

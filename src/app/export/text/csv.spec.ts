import fc from 'fast-check';
import { csvText, tabText } from './csv';
import { parseCsv } from '../../../../test/jest/parse-csv';

// Hundreds of generated cases: slow on a busy machine, never stuck.
jest.setTimeout(30_000);

describe('csvText', () => {
  it('ends every record with CRLF and quotes only where it must', () => {
    expect(
      csvText([
        ['host', 443],
        ['a,b', 'say "hi"'],
        ['two\r\nlines', ''],
      ]),
    ).toBe('host,443\r\n"a,b","say ""hi"""\r\n"two\r\nlines",\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('makes %j harmless', cell => {
    expect(parseCsv(csvText([[cell]]))).toEqual([[`'${cell}`]]);
  });

  it('leaves a leading wildcard and numbers below zero alone', () => {
    expect(csvText([['*.windowsupdate.com', -1]])).toBe('*.windowsupdate.com,-1\r\n');
  });

  it('can be read back by any RFC 4180 reader', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"', ',', '\r\n', '\n', '=', '"",\r\n"'),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1 }), { minLength: 1 }), records => {
        const expected = records.map(record =>
          record.map(each => (/^[=+\-@\t\r]/.test(each) ? `'${each}` : each)),
        );
        expect(parseCsv(csvText(records))).toEqual(expected);
      }),
    );
  });
});

describe('tabText', () => {
  it('has tabs and line ends only where cells and records end, and no formulas', () => {
    expect(
      tabText([
        ['a\tb', ' two\r\nlines '],
        ['=1+1', ''],
      ]),
    ).toBe("a b\ttwo lines\r\n'=1+1\t\r\n");
  });
});

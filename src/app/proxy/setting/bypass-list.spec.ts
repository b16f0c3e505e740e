import * as fc from 'fast-check';
import { parseBypassList } from './bypass-list';

describe('parseBypassList', () => {
  it('takes entries behind semicolons and on lines, trimmed, each once', () => {
    expect(
      parseBypassList(' localhost; *.contoso.com ;\r\n\r\n192.168.1.*\nLOCALHOST;[fe80::1];node_1;'),
    ).toEqual({
      entries: ['localhost', '*.contoso.com', '192.168.1.*', '[fe80::1]', 'node_1'],
      errors: [],
    });
  });

  it('is empty for nothing', () => {
    expect(parseBypassList(' \n ')).toEqual({ entries: [], errors: [] });
  });

  it.each([
    ['a;;b', '', 'empty'],
    [';', '', 'empty'],
    ['a,b', 'a,b', 'comma'],
    ['<local>', '<local>', 'local'],
    ['<LOCAL>', '<LOCAL>', 'local'],
    ['http://a', 'http://a', 'scheme'],
    ['10.0.0.0/8', '10.0.0.0/8', 'cidr'],
    ['a b', 'a b', 'space'],
    ['a:80', 'a:80', 'port'],
    ['“a”', '“a”', 'quotes'],
    ['x’); Get-Process', 'x’)', 'quotes'],
    ['$(1)', '$(1)', 'character'],
    ['`u', '`u', 'quotes'],
    ['ä.example', 'ä.example', 'character'],
    ['a'.repeat(254), 'a'.repeat(254), 'too-long'],
  ])('refuses %j', (typed, entry, problem) => {
    expect(parseBypassList(typed).errors[0]).toEqual({ entry, problem });
  });

  it('keeps the good entries beside a bad one', () => {
    expect(parseBypassList('localhost;10.0.0.0/8;*.contoso.com').entries).toEqual([
      'localhost',
      '*.contoso.com',
    ]);
  });

  it('gives entries that stay the same when read again', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'B', '.', '*', ';', '\n', ' ', '-', '[', ':', ']', '1') }),
        typed => {
          const { entries } = parseBypassList(typed);
          expect(parseBypassList(entries.join(';'))).toEqual({ entries, errors: [] });
        },
      ),
    );
  });
});

import { ariaSort, hostKey, nextSorting, sortedBy } from './sorting';

describe('Sorting', () => {
  it('goes up, down, and back to the own order; or down first', () => {
    expect(nextSorting('', 'port')).toBe('port');
    expect(nextSorting('port', 'port')).toBe('-port');
    expect(nextSorting('-port', 'port')).toBe('');
    expect(nextSorting('-port', 'host')).toBe('host');
    expect(nextSorting('', 'result', true)).toBe('-result');
    expect(nextSorting('-result', 'result', true)).toBe('result');
    expect(nextSorting('result', 'result', true)).toBe('');
  });

  it('is told of the column that sorts, and of no other', () => {
    expect(ariaSort('port', 'port')).toBe('ascending');
    expect(ariaSort('-port', 'port')).toBe('descending');
    expect(ariaSort('-port', 'host')).toBeNull();
    expect(ariaSort('', 'host')).toBeNull();
  });

  it('takes numbers as numbers, and leaves what is alike as it was, both ways', () => {
    const rows = [
      { port: 8080, name: 'a' },
      { port: 443, name: 'b' },
      { port: 80, name: 'c' },
      { port: 443, name: 'd' },
    ];
    const names = (sorting: string): string =>
      sortedBy(rows, sorting, ({ port }) => port)
        .map(({ name }) => name)
        .join('');
    expect(names('')).toBe('abcd');
    expect(names('port')).toBe('cbda');
    expect(names('-port')).toBe('abdc');
  });

  it('puts a wildcard beside the name that it stands for', () => {
    const hosts = ['b.example', '*.a.example', 'a.example', '*.B.example'];
    expect(sortedBy(hosts, 'host', hostKey)).toEqual([
      '*.a.example',
      'a.example',
      'b.example',
      '*.B.example',
    ]);
  });
});

import { foundIn, searchWords } from './searching';

describe('Searching in a table', () => {
  const rows = [
    { host: 'Login.example', what: 'Sign in' },
    { host: '*.blob.example', what: 'Sign and store' },
  ];
  const hosts = (text: string): readonly string[] =>
    foundIn(rows, text, ({ host, what }) => [host, what]).map(({ host }) => host);

  it('leaves what has each word somewhere, however it is written', () => {
    expect(hosts('SIGN blob')).toEqual(['*.blob.example']);
    expect(hosts('sign')).toHaveLength(2);
    expect(hosts('sign nowhere')).toEqual([]);
  });

  it('leaves everything where nothing is looked for', () => {
    expect(foundIn(rows, '  ', () => [])).toBe(rows);
  });

  it('takes the host of a pasted URL, and no text for a pattern', () => {
    expect(searchWords('https://login.example:443/a?b  X')).toEqual(['login.example', 'x']);
    expect(hosts('https://login.example/path')).toEqual(['Login.example']);
    expect(hosts('.*')).toEqual([]);
  });
});

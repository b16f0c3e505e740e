import { coverageOf } from '../compare/coverage';
import { have } from '../../../../test/jest/have';

/** What is said of one needed door, given a file. */
function said(file: string): string {
  const [only] = coverageOf([{ host: 'login.example.com', port: 443, protocol: 'https' }], have(file)).rows;
  return only?.state === 'half' ? `half: ${only.half}` : (only?.state ?? 'nothing');
}
const reasons = (file: string) => have(file).unread.map(({ reason }) => reason);

describe('tables and lists: what is not plainly open is never called covered', () => {
  it.each([
    ['an unknown action', 'host,port,action\nlogin.example.com,443,Log', 'missing'],
    ['switched off', 'host,port,enabled\nlogin.example.com,443,FALSE', 'missing'],
    ['inbound', 'host,port,direction\nlogin.example.com,443,Inbound', 'missing'],
    ['another protocol', 'host,port,protocol\nlogin.example.com,443,GRE', 'missing'],
    ['a port that is none', 'host,port\nlogin.example.com,443x', 'missing'],
    ['one port of two that is none', 'host,port\nlogin.example.com,"443, x"', 'covered'],
    ['services by name', 'host,service\nlogin.example.com,HTTPS', 'covered'],
    ['a line break in a cell', 'host,port,note\nlogin.example.com,443,"two\nlines"\nx', 'covered'],
    ['all addresses', 'destination,port,protocol\n0.0.0.0/0,443,tcp', 'covered'],
    ['all addresses as a range', 'destination,port\n0.0.0.0-255.255.255.255,443', 'covered'],
    ['all addresses of version 6 alone', 'destination,port\n::/0,443', 'missing'],
    [
      'all addresses refused in front',
      'host,action\n0.0.0.0/0,deny\nlogin.example.com,allow',
      'half: denied',
    ],
    ['all addresses refused in the end', 'host,action\nlogin.example.com,allow\n0.0.0.0/0,deny', 'covered'],
    ['an apostrophe in front', "host,port\n'login.example.com,443", 'missing'],
  ])('a table: %s', (_, file, expected) => {
    expect(said(file)).toBe(expected);
  });

  it.each<readonly [string, string]>([
    ...[
      'rejected',
      'planned',
      'requested',
      'open',
      'not approved',
      '❌',
      '~~approved~~',
      'N',
      '-',
      'denied',
    ].map(word => ['Status', word] as const),
    ['Rule state', 'Denied'],
    ['Approved', 'No'],
    ['Approved', ''],
    ['Freigegeben', 'nein'],
    ['Disabled', 'yes'],
    ['Gesperrt', 'x'],
    ['Valid until', '2020-01-01'],
    ['Gültig bis', '31.12.2020'],
    ['Expires', 'next year'],
    ['Valid from', '2999-01-01'],
    ['Comment', 'CHG4711: REJECTED by security'],
    ['Decision of the board', 'declined'],
  ])('a table of requests: nothing is open where %s says %s', (heading, word) => {
    const file = `host,port,${heading}\nlogin.example.com,443,${word}`;
    expect([said(file), reasons(file)]).toEqual(['missing', ['condition']]);
  });

  it('a list of our own to which a column was added: nothing is open where that says no', () => {
    const own = (status: string): string =>
      `Host,Port,Anforderung,Zustand,Status\nlogin.example.com,443,required,current,${status}`;
    expect([said(own('approved')), said(own('rejected'))]).toEqual(['covered', 'missing']);
  });

  it.each<readonly [string, string]>([
    ...['', 'approved', 'Active', 'yes', '1', 'Implemented', 'freigegeben', '✅'].map(
      word => ['Status', word] as const,
    ),
    ['Approved', 'Y'],
    ['Freigegeben', 'Ja'],
    ['Disabled', 'false'],
    ['Valid until', '2999-12-31'],
    ['Valid until', 'unlimited'],
    ['Valid from', '01.01.2020'],
    ['Comment', 'requested by the Azure team'],
    ['TLS inspection', 'no'],
  ])('a table of requests: it is open where %s says %s', (heading, word) => {
    expect(said(`host,port,${heading}\nlogin.example.com,443,${word}`)).toBe('covered');
  });

  it.each([
    ['UDP by its prefix', 'host,port\nlogin.example.com,udp/443', 'half: port'],
    ['UDP behind the port', 'host,port\nlogin.example.com,443/udp', 'half: port'],
    ['TCP behind the port', 'host,port\nlogin.example.com,443/tcp', 'covered'],
    ['UDP against its protocol', 'host,port,protocol\nlogin.example.com,udp/443,tcp', 'missing'],
    ['UDP in the own form', '[{"URL":"login.example.com","Port":"udp/443"}]', 'missing'],
    ['a name beside all addresses', 'Destination Address,FQDN,Port\n*,x.example.com,443', 'missing'],
    ['a name beside no address', 'Destination Address,FQDN,Port\n,login.example.com,443', 'covered'],
    ['an address where no name is', 'FQDN,Destination Address,Port\n,*,443', 'covered'],
    ['a quote that is left open', 'fqdn,port\n"login.example.com,443\nx.example.com,443\n', 'missing'],
    ['German headings', 'Ziel;Zielport;Protokoll;Aktion\nlogin.example.com;443;TCP;Zulassen\n', 'covered'],
    [
      'a German refusal',
      'Ziel;Zielport;Aktion\n*.example.com;443;Zulassen\nlogin.example.com;443;Verweigern',
      'half: denied',
    ],
  ])('a table of another hand: %s', (_, file, expected) => {
    expect(said(file)).toBe(expected);
  });

  it.each([
    ['stars as bullets', '* x.example.com\n* y.example.com\n', 'missing'],
    ['bullets of any kind', '- x.example.com\n1. y.example.com\n\u2022 login.example.com\n', 'covered'],
    ['a star with a port', '* 443\n', 'covered'],
    ['a file of hosts that blocks', '0.0.0.0 login.example.com\n127.0.0.1 login.example.com\n', 'missing'],
    ['two ports behind a name', 'login.example.com 443 80\n', 'covered'],
    ['two ports behind a colon', 'login.example.com:443,80\n', 'covered'],
  ])('a list of another hand: %s', (_, file, expected) => {
    expect(said(file)).toBe(expected);
  });

  it.each([
    ['letters that only look alike', 'login.example.com'.replace('e', '\u0435')],
    ['a letter that becomes another in lower case', 'lo\u212Agin.example.com'],
    ['the words any and all', 'any\nall\n'],
    ['prose', 'Please open login.example.com for us'],
    ['a star in the middle', 'login.*.com'],
    ['a star at the end', 'login.example.*'],
    ['a placeholder', '<name>.example.com\n{name}.example.com'],
    ['an expression', '^.*\\.example\\.com$'],
    ['a network of version 6', '2001:db8::/32\n[2001:db8::1]:443'],
    ['another scheme', 'ftp://login.example.com'],
    ['a name for a user', 'https://login.example.com@evil.example/'],
  ])('a list: %s', (_, file) => {
    expect(said(file)).toBe('missing');
    expect(reasons(file).length).toBeGreaterThan(0);
  });
});

import { proxyFor } from './proxy-route';

const target = (host: string, protocol = 'https', port = protocol === 'http' ? 80 : 443) => ({
  host,
  port,
  protocol,
});

describe('The proxy on the way to a host', () => {
  it.each<[string, string, string, string]>([
    ['proxy.contoso.com:8080', 'a.com', 'https', 'proxy.contoso.com:8080'],
    ['http://proxy.contoso.com:8080/', 'a.com', 'http', 'proxy.contoso.com:8080'],
    ['proxy.contoso.com', 'a.com', 'https', 'proxy.contoso.com:80'],
    ['http=h:1;https=s:2', 'a.com', 'https', 's:2'],
    ['http=h:1;https=s:2', 'a.com', 'http', 'h:1'],
    ['http=h:1;https=s:2', 'a.com', 'tcp', 's:2'],
    ['http=h:1', 'a.com', 'https', ''],
    ['[2001:db8::1]:3128', 'a.com', 'https', '[2001:db8::1]:3128'],
    ['', 'a.com', 'https', ''],
    ['a"b:1', 'a.com', 'https', 'a"b:1'],
    ['x:0', 'a.com', 'https', ''],
  ])('%s for %s by %s is %s', (server, host, protocol, expected) => {
    expect(proxyFor({ server, bypass: [] }, target(host, protocol))).toBe(expected);
  });

  it.each<[string, string, boolean]>([
    ['*.contoso.com', 'a.contoso.com', true],
    ['*.contoso.com', 'contoso.com', false],
    ['*contoso.com', 'notcontoso.com', true],
    ['A.Contoso.com', 'a.contoso.COM', true],
    ['a.com', 'xa.com', false],
    ['a*c*e', 'abcde', true],
    ['a*b*b', 'ab', false],
    ['10.*', '10.1.2.3', true],
    ['*', 'anything', true],
    ['<local>', 'server', true],
    ['<local>', 'server.contoso.com', false],
    ['https://a.com', 'a.com', true],
    ['a.com:443', 'a.com', true],
    ['a.com:8443', 'a.com', false],
    ['[fe80::1]', 'fe80::1', true],
    ['.com', 'a.com', false],
  ])('bypass entry %s and host %s: %s', (entry, host, bypassed) => {
    const rules = { server: 'p:1', bypass: [`x.invalid; ${entry}`] };
    expect(proxyFor(rules, target(host))).toBe(bypassed ? '' : 'p:1');
  });
});

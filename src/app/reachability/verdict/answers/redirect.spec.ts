import type { ProbeResult } from '../probe-result';
import { domainsOf, redirectOf, type RedirectRules } from './redirect';

const RULES: RedirectRules = { ports: new Set([8443]), domains: ['hci.contoso.com'] };

function from(location: string, change: Partial<ProbeResult> = {}, status = 302): ProbeResult {
  return {
    ...{ node: 'n1', host: 'a.example', port: 443, protocol: 'https', rules: [], standsFor: [] },
    ...{ verdict: 'reachable', cause: 'answered', route: { kind: 'direct' }, phases: [], addresses: [] },
    http: { status, server: '', location },
    startedAt: '',
    ...change,
  };
}
const leads = (location: string, change?: Partial<ProbeResult>) => {
  const redirect = redirectOf(from(location, change), RULES);
  return redirect?.kind === 'refused' ? redirect.reason : redirect?.to;
};

describe('Where a redirect leads', () => {
  it.each([
    ['https://b.example/', { host: 'b.example', port: 443, protocol: 'https' }],
    ['http://B.Example.', { host: 'b.example', port: 80, protocol: 'http' }],
    ['//b.example/x', { host: 'b.example', port: 443, protocol: 'https', path: '/x' }],
    ['https://b.example/x/y?z#w', { host: 'b.example', port: 443, protocol: 'https', path: '/x/y' }],
    ['https://b.example/%0d%0a', { host: 'b.example', port: 443, protocol: 'https' }],
    // What everybody on the way can write gets no path.
    ['http://b.example/x', { host: 'b.example', port: 80, protocol: 'http' }],
    ['https://b.example:8443/', { host: 'b.example', port: 8443, protocol: 'https' }],
    ['http://a.example/', { host: 'a.example', port: 80, protocol: 'http' }],
    ['https://xn--bcher-kva.example/', { host: 'xn--bcher-kva.example', port: 443, protocol: 'https' }],
  ])('%s is followed', (location, to) => {
    expect(leads(location)).toEqual(to);
  });

  it.each([
    ['/elsewhere'],
    ['https://a.example/x'],
    ['?y'],
    ['https://A.EXAMPLE:443/'],
    ['https://a.example./'],
  ])('%s stays at the host', location => {
    expect(leads(location)).toBeUndefined();
  });

  it.each([
    ['https://10.0.0.1/', 'address'],
    ['https://0x7f.1/', 'address'],
    ['https://2130706433/', 'address'],
    ['https://169.254.169.254/metadata/instance', 'address'],
    ['https://[::1]/', 'address'],
    ['https://[::ffff:10.0.0.1]/', 'address'],
    ['https://portal/', 'single-label'],
    ['https://localhost/', 'internal'],
    ['https://x.localhost/', 'internal'],
    ['http://blocked.contoso.local/', 'internal'],
    ['http://proxy.corp/', 'internal'],
    ['https://dc1.HCI.contoso.com/', 'internal'],
    ['https://hci.contoso.com/', 'internal'],
    ['https://b.example:22/', 'port'],
    ['https://b.example:65536/', 'unreadable'],
    ['https://b.example:0/', 'port'],
    ['ftp://b.example/', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['ms-settings:network', 'scheme'],
    ['https://login.microsoftonline.com@b.example/', 'unreadable'],
    ['https://a_b.example/', 'unreadable'],
    ['https://-b.example/', 'unreadable'],
    ['https://b..example/', 'unreadable'],
    ['https://b.example\\@c.example/', 'unreadable'],
    ['https:\\\\b.example', 'unreadable'],
    ['https://b.example/\u202e', 'unreadable'],
    ['https://b\u0430d.example/', 'unreadable'],
    ['https://b.example/\r\nSet-Cookie: x', 'unreadable'],
    ['https://b.example/, https://c.example/', 'unreadable'],
    [`https://${'b'.repeat(64)}.example/`, 'unreadable'],
    [`https://${'b.'.repeat(140)}example/`, 'unreadable'],
    ['https://b.123/', 'unreadable'],
    ['https://', 'unreadable'],
  ])('%s is not followed', (location, reason) => {
    expect(leads(location)).toBe(reason);
  });

  it('is nowhere without a redirecting status, whatever is written', () => {
    for (const status of [200, 201, 300, 304, 404, 500])
      expect(redirectOf(from('https://b.example/', {}, status), RULES)).toBeUndefined();
    expect(leads('', {})).toBeUndefined();
  });

  it('is not followed from whoever answered in place of the service', () => {
    const filter = { verdict: 'http-blocked', cause: 'http-redirected-away' } as const;
    expect(leads('http://portal.filter.example/', filter)).toBe('unproven');
  });

  it('knows the domains of the nodes, and none of a short name', () => {
    expect(domainsOf(['n1.HCI.contoso.com', 'n2.hci.contoso.com', 'n3', 'n4.local', ''])).toEqual([
      'hci.contoso.com',
    ]);
  });
});

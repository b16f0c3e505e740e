import { ANSWER, chainTo, endedAt } from '../../../../test/jest/observations';
import { runOf } from '../../../../test/jest/runs';
import { englishStrings } from '../../../../test/jest/strings';
import { wayOf } from '../../overview/rules/way';
import { makeText } from '../../ui/words/make-text';
import type { ObservedCertificate, ObservedPhase, Observation } from '../probe/observation';
import type { RunState } from '../run/run';
import type { Finding, ListFact } from './finding';
import { findingsOf } from './findings';
import { requestText } from './request-text';
import { say } from './say';

const t = makeText(englishStrings());
const NODES = ['node1', 'node2', 'node3'];
const DOORS = ['a.example:443', 'b.example:443', 'c.example:443', 'd.example:80', 'e.example:80'];
const PROXY = { route: 'proxy', proxy: 'proxy.example:8080' } as const;

const dropped = (): Partial<Observation> => endedAt({ phase: 'connect', outcome: 'timeout' });
const unknownName = (): Partial<Observation> =>
  endedAt({ phase: 'name', code: 'HostNotFound' }, { addresses: [] });
/** A plain request, which a proxy is asked to pass on. */
const plainEnd = (last: Partial<ObservedPhase>): Partial<Observation> =>
  endedAt({ phase: 'http', ...last }, { ...PROXY, protocol: 'http' });

function titles(run: RunState, facts: readonly ListFact[] = []): readonly string[] {
  return findingsOf(run, facts).map(finding => say(finding.title, t));
}

describe('The findings of a run', () => {
  it('name a wrong clock by the dates of services before anything fails for it, and claim nothing', () => {
    const dated = { http: { ...ANSWER, date: '2026-11-24T04:00:00.000Z', headers: ['x-ms-request-id'] } };
    const run = runOf(NODES, DOORS, node => (node === 'node2' ? dated : {}));
    expect(titles(run)).toEqual([
      'The clock of node2 is wrong: it does not agree with the clocks of the services.',
    ]);
    const [finding] = findingsOf(run, []);
    expect(finding).toMatchObject({ kind: 'clock', owner: 'server', cells: [], scope: { nodes: ['node2'] } });
    const text = requestText(finding as Finding, run, t);
    expect(text).toContain('the clock of node2 is ahead by 3 hours.');
    expect(text).not.toContain('To:');
    expect(wayOf(findingsOf(run, [])).every(({ findings }) => findings === 0)).toBe(true);
  });

  it('tell a clock for which certificates fail from one that is only a little off', () => {
    const off = { http: { ...ANSWER, date: '2026-11-24T06:50:00.000Z', headers: ['x-ms-request-id'] } };
    const expired = endedAt({ phase: 'tls' }, { tlsErrors: ['NotTimeValid'], certificates: chainTo('CN=x') });
    const run = runOf(NODES, DOORS, (node, { protocol }) => {
      if (node === 'node3') return off;
      return node === 'node2' && protocol === 'https'
        ? { ...expired, startedAt: '2029-11-24T07:00:00.000Z' }
        : {};
    });
    expect(titles(run)).toEqual([
      'The clock of node2 is wrong: to it, the certificates of 3 hosts are out of date.',
      'The clock of node3 is wrong: it does not agree with the clocks of the services.',
    ]);
  });

  it('do not blame a clock that services say is right', () => {
    const right = { http: { ...ANSWER, date: '2026-11-24T07:00:01.000Z', headers: ['x-ms-request-id'] } };
    const tomorrow = endedAt(
      { phase: 'tls' },
      { certificates: chainTo('CN=x', '2026-12-01T00:00:00.000Z'), tlsErrors: ['NotTimeValid'] },
    );
    const run = runOf(['node1'], DOORS, (_, { host }) => (host === 'a.example' ? tomorrow : right));
    expect(titles(run)).toEqual(['a.example shows a certificate that is not right on node1.']);
  });

  it.each([
    ['a page in the tunnel', { ...endedAt({ phase: 'tls', code: 'NotTls' }, PROXY), proxyStatus: 200 }],
    ['another protocol', { ...endedAt({ phase: 'http', code: 'NotHttp' }, PROXY), proxyStatus: 200 }],
  ])('tell what a proxy shows in place of the service from what it does not reach: %s', (_, shown) => {
    const run = runOf(NODES, DOORS, (_, { host }) => (host === 'a.example' ? shown : PROXY));
    expect(titles(run)).toEqual([
      'Behind the proxy proxy.example:8080 something else answers in place of a.example:443 on all nodes: a block page, or a sign-in page.',
    ]);
    expect(findingsOf(run, [])[0]).toMatchObject({ kind: 'page-instead', owner: 'proxy' });
  });

  describe('of a proxy that never answers in HTTP', () => {
    const ends: readonly (readonly [string, Partial<Observation>, Partial<Observation>])[] = [
      ['silent', endedAt({ phase: 'proxy', outcome: 'timeout' }, PROXY), plainEnd({ outcome: 'timeout' })],
      [
        'closing',
        endedAt({ phase: 'proxy', code: 'ConnectionClosed' }, PROXY),
        plainEnd({ code: 'ConnectionClosed' }),
      ],
      [
        'another protocol',
        endedAt({ phase: 'proxy', code: 'ConnectionClosed' }, PROXY),
        plainEnd({ code: 'NotHttp' }),
      ],
    ];

    it.each(ends)('blame the proxy alone, and say nothing of what is behind it: %s', (_, tunnel, plain) => {
      const run = runOf(NODES, DOORS, (_node, { port }) => (port === 80 ? plain : tunnel));
      expect(titles(run)).toEqual([
        'The proxy proxy.example:8080 gives no HTTP answer on all nodes, whatever it is asked for: 5 endpoints.',
      ]);
      expect(findingsOf(run, [])[0]).toMatchObject({
        kind: 'proxy-no-http',
        owner: 'proxy',
        cells: { length: 15 },
      });
    });

    it.each(ends)(
      'not where one answer came through it, nor for fewer than three hosts: %s',
      (_, tunnel, plain) => {
        const answers = runOf(['node1'], DOORS, (_node, { host, port }) =>
          host === 'a.example' ? PROXY : port === 80 ? plain : tunnel,
        );
        const two = runOf(['node1'], DOORS, (_node, { host }) => (host < 'c' ? tunnel : {}));
        for (const run of [answers, two])
          expect(findingsOf(run, []).map(({ kind }) => kind)).not.toContain('proxy-no-http');
      },
    );

    it('not where it agreed to the connections that it then closed', () => {
      const agreed = { ...endedAt({ phase: 'proxy', code: 'ConnectionClosed' }, PROXY), proxyStatus: 200 };
      const run = runOf(['node1'], DOORS.slice(0, 3), () => agreed);
      expect(findingsOf(run, []).map(({ kind }) => kind)).toEqual(['proxy-upstream']);
    });

    it('also where another node gets answers from it', () => {
      const run = runOf(NODES, DOORS.slice(0, 3), node => (node === 'node3' ? (ends[0]?.[1] ?? {}) : PROXY));
      expect(findingsOf(run, [])[0]).toMatchObject({ kind: 'proxy-no-http', scope: { nodes: ['node3'] } });
    });
  });

  it('name block addresses, and on which nodes the names have others', () => {
    const blocked = { addresses: ['0.0.0.0'] };
    const run = runOf(NODES, DOORS, (node, { port }) => (node === 'node3' && port === 443 ? blocked : {}));
    expect(titles(run)).toEqual(['The name server gives 3 hosts the block address 0.0.0.0 on node3.']);
    const [finding] = findingsOf(run, []);
    expect(finding).toMatchObject({ kind: 'sinkhole', owner: 'dns' });
    expect(finding?.context.map(each => say(each, t))).toEqual([
      'On node1, node2 these names have other addresses.',
    ]);
  });

  it('send names without IPv4 addresses to the DNS team, and ask for no rule', () => {
    const alone = {
      ...endedAt({ phase: 'connect', code: 'NetworkUnreachable' }),
      addresses: ['2001:db8::1', '2001:db8::2'],
    };
    const run = runOf(NODES, DOORS, (node, { host }) => (node === 'node3' && host < 'c' ? alone : {}));
    expect(titles(run)).toEqual([
      'a.example and b.example: only IPv6 addresses on node3, and no way to them.',
    ]);
    const [finding] = findingsOf(run, []);
    expect(finding).toMatchObject({ kind: 'only-ipv6', owner: 'dns', cause: 'only-ipv6' });
    expect(finding?.context.map(each => say(each, t))).toEqual([
      'On node1, node2 these names have other addresses.',
    ]);
    const both = { ...alone, addresses: ['2001:db8::1', '192.0.2.8'] };
    const other = runOf(NODES, DOORS, (node, { host }) => (node === 'node3' && host < 'c' ? both : {}));
    expect(findingsOf(other, []).map(({ kind }) => kind)).not.toContain('only-ipv6');
  });

  describe('of one address for names that have nothing in common', () => {
    const NAMES = ['a.one.net:443', 'b.two.org:443', 'c.three.com:443', 'd.four.com:443', 'e.one.net:443'];
    const led = ['a.one.net', 'b.two.org', 'c.three.com'];
    const to =
      (address: string, end: Partial<Observation>) =>
      (_: string, { host }: { host: string }) =>
        led.includes(host) ? { ...end, addresses: [address] } : {};
    const ends: readonly Partial<Observation>[] = [
      dropped(),
      endedAt({ phase: 'connect', code: 'ConnectionRefused' }),
      endedAt({ phase: 'tls', code: 'ConnectionReset' }),
      { ...endedAt({ phase: 'tls' }), certificates: chainTo('CN=Gate'), tlsErrors: ['UntrustedRoot'] },
    ];

    it.each(ends)('name the name server, however it ends there: %#', end => {
      for (const [address, kind] of [
        ['10.9.9.9', 'sinkhole'],
        ['203.0.113.9', 'one-address'],
      ] as const) {
        const [finding, ...others] = findingsOf(runOf(NODES, NAMES, to(address, end)), []);
        expect(others).toEqual([]);
        expect(finding).toMatchObject({ kind, owner: 'dns', cells: { length: 9 } });
        expect(finding && say(finding.title, t)).toContain(`one address on all nodes: ${address}`);
      }
    });

    it('take what else was led there with it, though nothing on that port connects', () => {
      const more = [...NAMES, 'a.one.net:80', 'b.two.org:80'];
      const lied = runOf(['node1'], more, (_, { host }) =>
        led.includes(host) ? { ...dropped(), addresses: ['203.0.113.9'] } : {},
      );
      const [finding, ...others] = findingsOf(lied, []);
      expect(others).toEqual([]);
      expect(finding).toMatchObject({ kind: 'one-address', cells: { length: 5 } });
    });

    it('blame no name server for an address at which a service was found', () => {
      const shared = (_: string, { host }: { host: string }) => ({
        ...(led.includes(host) ? endedAt({ phase: 'tls', code: 'ConnectionReset' }) : {}),
        addresses: ['203.0.113.9'],
      });
      expect(findingsOf(runOf(NODES, NAMES, shared), []).map(({ kind }) => kind)).toEqual(['filtered']);
    });

    it('blame no name server for names of one company, nor for a node without a way out', () => {
      const two = (_: string, { host }: { host: string }) =>
        host.endsWith('one.net') || host === 'b.two.org' ? { ...ends[2], addresses: ['203.0.113.9'] } : {};
      expect(findingsOf(runOf(NODES, NAMES, two), []).map(({ kind }) => kind)).toEqual(['filtered']);
      const cutOff = () => ({ ...dropped(), addresses: ['203.0.113.9'] });
      expect(findingsOf(runOf(['node1'], NAMES, cutOff), []).map(({ kind }) => kind)).toEqual(['no-way-out']);
    });

    it('send nobody to the firewall for what goes past a proxy that works', () => {
      const [, ...direct] = NAMES;
      const past = (_: string, { host, port }: { host: string; port: number }) =>
        direct.includes(`${host}:${port}`)
          ? dropped()
          : { route: 'proxy' as const, proxy: 'proxy.contoso.com:8080' };
      const found = findingsOf(runOf(['node1'], NAMES, past), []);
      expect(found.map(({ kind, owner }) => [kind, owner])).toEqual([['past-proxy', 'server']]);
    });
  });

  describe('of lists of revoked certificates', () => {
    const LISTS = ['crl3.digicert.com:80', 'ocsp.example:80', 'oneocsp.microsoft.com:80'];
    const facts: readonly ListFact[] = [
      {
        ...{
          rule: 'rule ocsp.example:80',
          feature: 'certificate-revocation',
          host: 'ocsp.example',
          port: 80,
        },
        ...{
          protocol: 'http',
          requirement: 'required',
          blocks: [{ what: 'extensions', severity: 'warning' }],
        },
      },
    ];
    const isList = (host: string): boolean => LISTS.some(door => door.startsWith(`${host}:`));

    it('say what fails for them, apart from other endpoints', () => {
      const run = runOf(NODES, [...DOORS, ...LISTS], (_, { host }) =>
        isList(host) || host === 'a.example' ? dropped() : {},
      );
      expect(titles(run, facts)).toEqual([
        'Windows cannot fetch lists of revoked certificates on all nodes: 3 endpoints. What checks them fails for it, extensions of Azure Arc among others.',
        'The network does not let a.example:443 through on all nodes.',
      ]);
      const [finding] = findingsOf(run, facts);
      expect(finding).toMatchObject({
        kind: 'revocation',
        owner: 'network',
        scope: { blocks: ['extensions'] },
      });
      expect(requestText(finding as Finding, run, t)).toContain('- oneocsp.microsoft.com, TCP 80 (http)');
    });

    it('have the owner of what stops them, and say by which way they were tried', () => {
      const refused = { ...PROXY, http: { ...ANSWER, status: 403 }, client: 'winhttp' } as const;
      const proxied = runOf(NODES, [...DOORS, ...LISTS], (_, { host }) => (isList(host) ? refused : PROXY));
      const [finding] = findingsOf(proxied, facts);
      expect(finding).toMatchObject({ kind: 'revocation', owner: 'proxy' });
      expect(finding?.context.map(each => say(each, t))).toEqual([
        'Tried through the proxy proxy.example:8080, as WinHTTP goes there.',
      ]);
      const nameless = runOf(NODES, [...DOORS, ...LISTS], (_, { host }) =>
        isList(host) ? unknownName() : {},
      );
      expect(findingsOf(nameless, facts)[0]).toMatchObject({ kind: 'revocation', owner: 'dns' });
    });

    it('are told with what is wider', () => {
      const run = runOf(NODES, [...DOORS, ...LISTS], (_, { port }) => (port === 80 ? dropped() : {}));
      const [finding, ...others] = findingsOf(run, facts);
      expect(others).toEqual([]);
      expect(finding?.kind).toBe('port-closed');
      expect(finding?.context.map(each => say(each, t)).join()).toContain('extensions of Azure Arc fail');
    });
  });

  it('name the root that a node lacks', () => {
    const lacking = {
      ...endedAt({ phase: 'tls' }),
      certificates: chainTo('CN=GlobalSign Root R46, O=GlobalSign nv-sa, C=BE').slice(0, 2),
      tlsErrors: ['PartialChain'],
    };
    const run = runOf(NODES, DOORS, (node, { port }) => (node === 'node2' && port === 443 ? lacking : {}));
    expect(titles(run)).toEqual([
      'node2 lacks the certificate of "GlobalSign Root R46", so that it does not trust 3 hosts.',
    ]);
    expect(findingsOf(run, [])[0]).toMatchObject({ kind: 'root-missing', owner: 'server' });
  });

  it('ask for what Windows gets missing intermediates from, where a host sent only its own certificate', () => {
    const issuer = 'CN=Microsoft Azure RSA TLS Issuing CA 03, O=Microsoft Corporation, C=US';
    const [leaf] = chainTo('x');
    const alone = endedAt(
      { phase: 'tls' },
      { certificates: [{ ...leaf, issuer } as ObservedCertificate], tlsErrors: ['PartialChain'] },
    );
    const run = runOf(NODES, DOORS, (node, { host }) => (node === 'node2' && host < 'c' ? alone : {}));
    const [finding, ...others] = findingsOf(run, []);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ kind: 'root-missing', cause: 'chain-incomplete', owner: 'server' });
    expect(finding && say(finding.ask, t)).toContain('cacerts.digicert.com');
    expect(finding && say(finding.next, t)).toContain('which device on the way shortens');
  });

  it('put what ends behind a proxy on its side, and together', () => {
    const ends = [
      endedAt({ phase: 'tls', code: 'ConnectionReset' }, PROXY),
      endedAt({ phase: 'tls', code: 'TlsAlert' }, PROXY),
      endedAt({ phase: 'http', outcome: 'timeout' }, PROXY),
    ];
    const run = runOf(NODES, DOORS, (_, { host }) => ends[DOORS.indexOf(`${host}:443`)] ?? PROXY);
    expect(titles(run)).toEqual([
      'The proxy proxy.example:8080 does not itself get through to 3 endpoints on all nodes.',
    ]);
    const opened = runOf(NODES, DOORS, () => ({ ...PROXY, certificates: chainTo('CN=Gate') }));
    expect(findingsOf(opened, []).map(({ owner }) => owner)).toEqual(['proxy']);
  });

  it('name pages that answer in place of services, and proxies that nobody asked', () => {
    const http = (change: Partial<typeof ANSWER>) => ({ http: { ...ANSWER, ...change } });
    const portal = runOf(NODES, DOORS, (_, { host }) =>
      host === 'd.example'
        ? http({ status: 302, location: 'http://portal.contoso.com/' })
        : host === 'e.example'
          ? http({ status: 511 })
          : {},
    );
    expect(titles(portal)).toEqual([
      'A page of the network answers in place of d.example:80 and e.example:80 on all nodes: a block page, or a sign-in page.',
    ]);
    const squid = http({ status: 403, headers: ['x-squid-error'] });
    expect(titles(runOf(NODES, DOORS, (_, { port }) => (port === 80 ? squid : {})))).toEqual([
      'A transparent proxy refuses d.example:80 and e.example:80 on all nodes: it answers although the nodes did not ask it.',
    ]);
    const unasked = http({ status: 407 });
    expect(titles(runOf(NODES, DOORS, (_, { port }) => (port === 80 ? unasked : {})))).toEqual([
      'A proxy on the way wants credentials for d.example:80 and e.example:80 on all nodes, although the nodes did not ask it: a transparent proxy.',
    ]);
  });
});

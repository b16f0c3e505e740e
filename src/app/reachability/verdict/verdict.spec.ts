import * as fc from 'fast-check';
import { CAUSES } from './causes';
import type { ObservedPhase, Observation } from '../probe/observation';
import { ANSWER, chainTo, endedAt, observed } from '../../../../test/jest/observations';
import { isKnownRoot, rootOf } from './certificates/authorities';
import { KNOWN_AUTHORITIES } from './certificates/known-authorities';
import { NO_FACTS } from './endpoint-facts';
import { carriesServiceMark } from './answers/service-marks';
import { expectedPhases, judge } from './verdict';

const causeOf = (observation: Observation): string => judge(observation, KNOWN_AUTHORITIES).cause;
const answered = (http: Partial<typeof ANSWER>, change: Partial<Observation> = {}): Observation =>
  observed({ ...change, http: { ...ANSWER, ...http } });

const viaProxy = { route: 'proxy' } as const;
const plain = { protocol: 'http' } as const;
const SQUID = { via: '1.1 proxy (squid/5.7)', headers: ['via', 'x-squid-error'] };

describe('The verdict', () => {
  it.each<[string, Observation, string]>([
    ['everything went well', observed(), 'answered'],
    ['a web port is open', observed({ protocol: 'tcp' }), 'connected-web-port'],
    [
      'a plain port behind the proxy is open',
      observed({ protocol: 'tcp', ...viaProxy }),
      'connected-web-port',
    ],
    ['another port is open', observed({ protocol: 'tcp', port: 8084 }), 'connected'],
    [
      'it was slow, but it came',
      observed({ phases: observed().phases.map(item => ({ ...item, ms: 4900 })) }),
      'answered',
    ],

    ['the name does not exist', endedAt({ phase: 'name', code: 'HostNotFound' }), 'no-such-name'],
    ['the name has no address', endedAt({ phase: 'name', code: 'NoData' }), 'no-such-name'],
    ['the name server is silent', endedAt({ phase: 'name', outcome: 'timeout' }), 'name-server-silent'],
    [
      'the resolver gave up on silence',
      endedAt({ phase: 'name', code: 'TryAgain', ms: 4003 }),
      'name-server-silent',
    ],
    ['the name server failed', endedAt({ phase: 'name', code: 'TryAgain', ms: 12 }), 'name-server-failed'],
    [
      'the proxy has no address',
      endedAt({ phase: 'name', code: 'HostNotFound' }, viaProxy),
      'proxy-name-not-resolved',
    ],

    ['the port is closed', endedAt({ phase: 'connect', code: 'ConnectionRefused' }), 'connection-refused'],
    ['the node forbids it', endedAt({ phase: 'connect', code: 'AccessDenied' }), 'blocked-on-node'],
    ['packets are dropped', endedAt({ phase: 'connect', outcome: 'timeout' }), 'connect-timed-out'],
    ['the system gave up', endedAt({ phase: 'connect', code: 'TimedOut' }), 'connect-timed-out'],
    ['there is no route', endedAt({ phase: 'connect', code: 'NetworkUnreachable' }), 'unreachable'],
    [
      'a reset counts as connecting on Linux',
      endedAt({ phase: 'connect', code: 'ConnectionReset' }),
      'tls-reset',
    ],
    ['the same for HTTP', endedAt({ phase: 'connect', code: 'ConnectionReset' }, plain), 'http-closed'],
    [
      'the same for TCP',
      endedAt({ phase: 'connect', code: 'ConnectionReset' }, { protocol: 'tcp' }),
      'connection-reset',
    ],
    ['the code is one of JavaScript', endedAt({ phase: 'connect', code: 'constructor' }), 'probe-failed'],
    [
      'the proxy is closed',
      endedAt({ phase: 'connect', code: 'ConnectionRefused' }, viaProxy),
      'proxy-refused',
    ],
    ['the proxy is silent', endedAt({ phase: 'connect', outcome: 'timeout' }, viaProxy), 'proxy-timed-out'],
    [
      'no route to the proxy',
      endedAt({ phase: 'connect', code: 'HostUnreachable' }, viaProxy),
      'proxy-unreachable',
    ],

    [
      'the proxy wants a name',
      endedAt({ phase: 'proxy' }, { ...viaProxy, proxyStatus: 407 }),
      'proxy-wants-credentials',
    ],
    ['the proxy refuses', endedAt({ phase: 'proxy' }, { ...viaProxy, proxyStatus: 403 }), 'proxy-policy'],
    [
      'the proxy cannot',
      endedAt({ phase: 'proxy' }, { ...viaProxy, proxyStatus: 503 }),
      'proxy-could-not-reach',
    ],
    ...[404, 405, 501].map((proxyStatus): [string, Observation, string] => [
      `it knows no CONNECT (${proxyStatus})`,
      endedAt({ phase: 'proxy' }, { ...viaProxy, proxyStatus }),
      'proxy-no-tunnel',
    ]),
    ...[302, 402, 429, 470].map((proxyStatus): [string, Observation, string] => [
      `the proxy refuses with ${proxyStatus}`,
      endedAt({ phase: 'proxy' }, { ...viaProxy, proxyStatus }),
      'proxy-policy',
    ]),
    ['the proxy does not answer', endedAt({ phase: 'proxy', outcome: 'timeout' }, viaProxy), 'proxy-silent'],
    ['the proxy hangs up', endedAt({ phase: 'proxy', code: 'ConnectionClosed' }, viaProxy), 'proxy-closed'],
    ['it is no proxy', endedAt({ phase: 'proxy', code: 'NotHttp' }, viaProxy), 'proxy-not-http'],

    ['the handshake is reset', endedAt({ phase: 'tls', code: 'ConnectionReset' }), 'tls-reset'],
    ['the handshake is closed', endedAt({ phase: 'tls', code: 'ConnectionClosed' }), 'tls-reset'],
    ['the handshake is silent', endedAt({ phase: 'tls', outcome: 'timeout' }), 'tls-timed-out'],
    ['the handshake is refused', endedAt({ phase: 'tls', code: 'Authentication' }), 'tls-handshake-failed'],

    ['an alert refuses it', endedAt({ phase: 'tls', code: 'TlsAlert' }), 'tls-alert'],
    ['no version is in common', endedAt({ phase: 'tls', code: 'TlsVersion' }), 'tls-version'],
    ['it is no TLS', endedAt({ phase: 'tls', code: 'NotTls' }), 'tls-not-tls'],

    ['the request is not answered', endedAt({ phase: 'http', outcome: 'timeout' }), 'http-timed-out'],
    ['the request is cut off', endedAt({ phase: 'http', code: 'ConnectionClosed' }), 'http-closed'],
    ['the answer is not HTTP', endedAt({ phase: 'http', code: 'NotHttp' }, plain), 'http-not-http'],

    [
      'the node had no time for it',
      endedAt({ phase: 'tls', outcome: 'timeout', ms: 1000 }, { heldUpMs: 900 }),
      'node-too-slow',
    ],
    [
      'the node paused, but not for long',
      endedAt({ phase: 'tls', outcome: 'timeout', ms: 4000 }, { heldUpMs: 1500 }),
      'tls-timed-out',
    ],
    ['the node paused, but it came', observed({ heldUpMs: 90_000 }), 'answered'],
    [
      'the node was held up to the end',
      observed({ outcome: 'deadline', phases: [], heldUpMs: 1000 }),
      'node-too-slow',
    ],
    ['the time was over', observed({ outcome: 'deadline', phases: [] }), 'deadline'],
    ['the time was over although all was there', observed({ outcome: 'deadline' }), 'deadline'],
  ])('says why when %s', (_, observation, cause) => {
    expect(causeOf(observation)).toBe(cause);
  });

  it.each([
    [200, 'answered'],
    [204, 'answered'],
    [302, 'answered'],
    [401, 'answered-refusal'],
    [403, 'answered-refusal'],
    [404, 'answered'],
    [418, 'answered'],
    [470, 'answered'],
    [503, 'answered-failure'],
  ])('takes status %i behind a proven certificate for the service itself', (status, cause) => {
    const result = judge(answered({ status, server: 'WebFilter' }), KNOWN_AUTHORITIES);
    expect(result).toEqual({ verdict: 'reachable', cause });
  });

  it.each<[number, string]>([
    ...[200, 204, 206, 301, 302, 400, 401, 404, 405, 410, 429, 500, 501].map((status): [number, string] => [
      status,
      'answered-unproven',
    ]),
    ...[299, 306, 418, 430, 444, 449, 470, 499, 520, 599, 600, 999].map((status): [number, string] => [
      status,
      'http-filter-status',
    ]),
    [403, 'http-forbidden'],
    [451, 'http-forbidden'],
    [502, 'http-unavailable'],
    [503, 'http-unavailable'],
    [504, 'http-unavailable'],
    [511, 'http-login-page'],
    [100, 'unclear-report'],
  ])('never takes status %i over plain HTTP without a mark for the service', (status, cause) => {
    const common = [
      'Microsoft-IIS/10.0',
      'Kestrel',
      'AkamaiGHost',
      'WebFilter',
      'not Windows-Azure-Blob/1.0',
    ];
    for (const server of common) {
      const answer = { status, server, headers: ['server', 'date'] };
      expect(causeOf(answered(answer, plain))).toBe(cause);
    }
  });

  it.each(['x-ms-request-id', 'x-azure-ref', 'x-msedge-ref', 'ms-cv', 'x-ccc'])(
    'takes any answer with %s for the service itself',
    header => {
      for (const status of [200, 204, 302, 403, 503])
        expect(causeOf(answered({ status, headers: ['date', header] }, plain))).toBe('answered');
    },
  );

  it('neither blames nor trusts an answer of which it saw no headers', () => {
    const unseen = { ...plain, unmeasured: ['headers'] } as const;
    for (const status of [200, 204, 302, 401, 403, 404, 502, 503])
      expect(judge(answered({ status }, unseen), KNOWN_AUTHORITIES)).toEqual({
        verdict: 'not-proven',
        cause: 'headers-not-seen',
      });
    expect(causeOf(answered({ status: 470 }, unseen))).toBe('http-filter-status');
    expect(causeOf(answered({ status: 511 }, unseen))).toBe('http-login-page');
    expect(causeOf(answered({ status: 407 }, unseen))).toBe('proxy-wants-credentials');
  });

  it.each([
    ...['0.0.0.0', '0.0.0.1', '127.0.0.1', '127.8.9.1', '169.254.1.1', '224.0.0.1', '240.0.0.1'],
    ...['255.255.255.255', '::', '::1', '0:0:0:0:0:0:0:0', '::ffff:0.0.0.0', '::ffff:127.0.0.1'],
    ...['fe80::1', 'ff02::1', '100::', '0000:0000:0000:0000:0000:0000:0000:0001'],
  ])('takes %s for a block address, whatever ends there', address => {
    const change = { addresses: [address] };
    for (const seen of [
      observed(change),
      endedAt({ phase: 'connect', outcome: 'timeout' }, change),
      endedAt({ phase: 'connect', code: 'ConnectionRefused' }, change),
      endedAt({ phase: 'tls', code: 'ConnectionReset' }, change),
    ])
      expect(judge(seen, KNOWN_AUTHORITIES)).toEqual({
        verdict: 'name-not-resolved',
        cause: 'blocked-by-name',
      });
    // Through a proxy the address is the proxy's.
    expect(causeOf(observed({ ...change, route: 'proxy' }))).toBe('answered');
  });

  it.each(['20.1.2.3', '1.1.1.1', '2600:1901::1', '126.1.1.1', '223.1.1.1', '100.63.1.1', '172.32.0.1'])(
    'sees nothing in the address %s',
    address => {
      expect(causeOf(observed({ addresses: [address], host: 'eastus.his.arc.azure.com' }))).toBe('answered');
    },
  );

  it.each([
    '10.1.2.3',
    '172.31.0.1',
    '192.168.0.1',
    '100.64.0.1',
    '100.127.9.9',
    'fd12::1',
    '::ffff:10.1.2.3',
  ])('knows %s for a private address', address => {
    expect(causeOf(observed({ addresses: [address], host: 'gbl.his.arc.azure.com' }))).toBe(
      'private-address-not-allowed',
    );
    expect(causeOf(observed({ addresses: [address] }))).toBe('answered');
    expect(causeOf(endedAt({ phase: 'connect', outcome: 'timeout' }, { addresses: [address] }))).toBe(
      'private-address',
    );
  });

  it('lets an own host be anywhere but at no address', () => {
    const own = { ...NO_FACTS, own: true };
    const at = (address: string): string =>
      judge(observed({ addresses: [address] }), KNOWN_AUTHORITIES, own).cause;
    expect([at('127.0.0.1'), at('10.1.1.1'), at('0.0.0.0'), at('::')]).toEqual([
      'answered',
      'answered',
      'blocked-by-name',
      'blocked-by-name',
    ]);
  });

  it.each<[string, Partial<Observation>, string]>([
    ['0.0.0.0', {}, 'blocked-by-name'],
    ['127.0.0.53', {}, 'blocked-by-name'],
    ['::', {}, 'blocked-by-name'],
    ['127.0.0.1', { host: 'localhost' }, 'answered'],
    ['10.1.2.3', {}, 'answered'],
    ['10.1.2.3', { host: 'eastus.his.arc.azure.com' }, 'private-address-not-allowed'],
    ['fd00::1', { host: 'agentserviceapi.guestconfiguration.azure.com' }, 'private-address-not-allowed'],
    ['20.1.2.3', { host: 'eastus.his.arc.azure.com' }, 'answered'],
    ['10.1.2.3', { route: 'proxy', host: 'eastus.his.arc.azure.com' }, 'answered'],
    ['10.1.2.3', { host: '10.1.2.3' }, 'answered'],
  ])('looks at the address %s', (address, change, cause) => {
    expect(causeOf(observed({ ...change, addresses: [address] }))).toBe(cause);
  });

  it('explains by a private address that nothing answers there', () => {
    const change = { addresses: ['192.168.7.4'] };
    for (const last of [
      { phase: 'connect', outcome: 'timeout' },
      { phase: 'connect', code: 'TimedOut' },
    ] as const)
      expect(causeOf(endedAt(last, change))).toBe('private-address');
    expect(causeOf(endedAt({ phase: 'connect', code: 'ConnectionRefused' }, change))).toBe(
      'private-address-refused',
    );
    expect(causeOf(endedAt({ phase: 'tls', code: 'ConnectionReset' }, change))).toBe('tls-reset');
    expect(
      causeOf(endedAt({ phase: 'connect', outcome: 'timeout' }, { addresses: ['10.0.0.4', '20.1.2.3'] })),
    ).toBe('connect-timed-out');
  });

  it('knows software that only the services run', () => {
    expect(causeOf(answered({ status: 400, server: 'Windows-Azure-Blob/1.0' }, plain))).toBe('answered');
  });

  it.each<[string, Partial<Observation>, Partial<typeof ANSWER>, string]>([
    [
      'the text that Windows expects',
      { host: 'www.msftconnecttest.com', path: '/connecttest.txt' },
      { body: 'Microsoft Connect Test', contentType: 'text/plain' },
      'answered',
    ],
    [
      'another text',
      { host: 'www.msftconnecttest.com', path: '/connecttest.txt' },
      { body: 'Please sign in' },
      'answered-unproven',
    ],
    [
      'a page that repeats it',
      { host: 'www.msftconnecttest.com', path: '/connecttest.txt' },
      { body: '<p>Microsoft Connect Test is blocked', contentType: 'text/html; charset=utf-8' },
      'http-other-content',
    ],
    [
      'a page in place of a list, through a proxy, too',
      { host: 'crl3.digicert.com', path: '/DigiCertGlobalRootG2.crl', ...viaProxy },
      { contentType: 'Text/HTML' },
      'http-other-content',
    ],
    [
      'a page where nothing was asked for',
      { host: 'crl3.digicert.com' },
      { contentType: 'text/html' },
      'answered-unproven',
    ],
    [
      'another file',
      { host: 'crl3.digicert.com', path: '/DigiCertGlobalRootG2.crl' },
      { contentType: 'application/octet-stream' },
      'answered-unproven',
    ],
    [
      'a host that answers without the file',
      { host: 'crl3.digicert.com', path: '/DigiCertGlobalRootG2.crl' },
      { status: 204 },
      'answered-unproven',
    ],
    [
      'the right text to another question',
      { host: 'www.msftconnecttest.com' },
      { body: 'Microsoft Connect Test' },
      'answered-unproven',
    ],
    [
      'a list of revoked certificates',
      { host: 'crl3.digicert.com', path: '/DigiCertGlobalRootG2.crl' },
      { contentType: 'application/pkix-crl' },
      'answered',
    ],
    [
      'such a list of which only the type came',
      { host: 'crl3.digicert.com', path: '/DigiCertGlobalRootG2.crl' },
      { contentType: 'application/pkix-crl', contentLength: 0 },
      'answered-unproven',
    ],
    [
      'such a list with an error',
      { host: 'crl3.digicert.com', path: '/DigiCertGlobalRootG2.crl' },
      { contentType: 'application/pkix-crl', status: 403 },
      'http-forbidden',
    ],
    [
      'the redirect that is expected',
      { host: 'aka.ms' },
      { status: 301, location: 'https://www.microsoft.com/' },
      'answered',
    ],
    [
      'another redirect',
      { host: 'aka.ms' },
      { status: 301, location: 'http://portal.contoso.com/' },
      'http-redirected-away',
    ],
  ])('knows over plain HTTP %s', (_, change, http, cause) => {
    expect(causeOf(answered(http, { ...plain, ...change }))).toBe(cause);
  });

  it.each([
    ['http://portal.contoso.com/blocked?url=a', 'http-redirected-away'],
    ['https://10.1.1.1:8090/', 'http-redirected-away'],
    ['//b.other/', 'http-redirected-away'],
    ['https://a.example/', 'answered-unproven'],
    ['https://www.a.example/', 'answered-unproven'],
    ['/elsewhere', 'answered-unproven'],
    ['', 'answered-unproven'],
    ['http://[', 'answered-unproven'],
  ])('looks where an unmarked redirect leads: %j', (location, cause) => {
    expect(causeOf(answered({ status: 302, location }, { ...plain, host: 'www.a.example' }))).toBe(cause);
  });

  it('tells a transparent proxy by the name on its refusal', () => {
    for (const status of [403, 470, 503])
      expect(causeOf(answered({ status, headers: ['x-squid-error'] }, plain))).toBe('transparent-proxy');
    expect(causeOf(answered({ status: 403, via: '1.1 gate (ProxySG)', headers: ['via'] }, plain))).toBe(
      'transparent-proxy',
    );
    expect(causeOf(answered({ status: 403, via: '1.1 varnish', headers: ['via'] }, plain))).toBe(
      'http-forbidden',
    );
    expect(causeOf(answered({ via: '1.1 squid', headers: ['via'] }, plain))).toBe('answered-unproven');
  });

  it('tells the refusal of a proxy from one that it passes on', () => {
    const change = { ...plain, ...viaProxy };
    expect(causeOf(answered({ status: 403 }, change))).toBe('proxy-policy');
    expect(causeOf(answered({ status: 470 }, change))).toBe('proxy-policy');
    expect(causeOf(answered({ status: 503, ...SQUID }, change))).toBe('proxy-could-not-reach');
    expect(causeOf(answered({ status: 403, via: '1.1 proxy', headers: ['via'] }, change))).toBe(
      'http-forbidden',
    );
    expect(causeOf(answered({ status: 407, ...SQUID }, change))).toBe('proxy-wants-credentials');
    expect(causeOf(answered({ status: 403, ...SQUID, headers: ['x-ms-request-id'] }, change))).toBe(
      'answered',
    );
  });

  it('blames nobody for a step to which the look-up of the name had left no time', () => {
    const after = (nameMs: number, end: Partial<ObservedPhase>): Observation => {
      const ended = endedAt({ phase: 'tls', outcome: 'timeout', ...end });
      const phases = ended.phases.map(each => (each.phase === 'name' ? { ...each, ms: nameMs } : each));
      return { ...ended, phases };
    };
    expect(judge(after(4300, { ms: 650 }), KNOWN_AUTHORITIES)).toEqual({
      ...{ verdict: 'not-tested', cause: 'name-took-the-time' },
    });
    expect(causeOf(after(4300, { ms: 650, phase: 'connect' }))).toBe('name-took-the-time');
    // It had its time, or the name had not taken it, or it was answered.
    expect(causeOf(after(9000, { ms: 2500 }))).toBe('tls-timed-out');
    expect(causeOf(after(900, { ms: 650 }))).toBe('tls-timed-out');
    expect(causeOf(after(4300, { ms: 650, outcome: 'failed', code: 'ConnectionReset' }))).toBe('tls-reset');
  });

  it.each<[string, Observation]>([
    ['it holds no phases', observed({ phases: [] })],
    ['phases are out of order', observed({ phases: [...observed().phases].reverse() })],
    ['it stops without a reason', observed({ phases: observed().phases.slice(0, 2) })],
    [
      'it went on after a failure',
      observed({ phases: observed().phases.map(item => ({ ...item, outcome: 'failed' })) }),
    ],
    ['a step is missing', observed({ route: 'proxy', phases: observed().phases })],
    ['HTTP went well without an answer', observed({ http: null })],
  ])('concludes nothing from a report when %s', (_, observation) => {
    expect(causeOf(observation)).toBe('unclear-report');
  });

  it('never throws, and says reachable only of what is proven to be the service', () => {
    fc.assert(
      fc.property(anyObservation, observation => {
        const { verdict, cause } = judge(observation, KNOWN_AUTHORITIES);
        expect(CAUSES[cause].verdict).toBe(verdict);
        if (verdict !== 'reachable') return;
        expect(observation.outcome).not.toBe('deadline');
        expect(observation.phases.map(item => item.phase)).toEqual(expectedPhases(observation));
        expect(observation.phases.every(item => item.outcome === 'ok')).toBe(true);
        expect(observation.http?.status).toBeGreaterThanOrEqual(200);
        if (observation.protocol !== 'https') {
          expect(observation.http !== null && carriesServiceMark(observation.http)).toBe(true);
        } else {
          expect(observation.tlsErrors).toEqual([]);
          expect(isKnownRoot(rootOf(observation.certificates), KNOWN_AUTHORITIES.roots)).toBe(true);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

/** Half sensible, half hostile: changes to whole observations find more than noise does. */
const anyPhase = fc.record({
  phase: fc.constantFrom('name', 'connect', 'proxy', 'tls', 'http'),
  ms: fc.double({ min: 0, max: 1e6, noNaN: true }),
  outcome: fc.constantFrom('ok', 'failed', 'timeout'),
  code: fc.oneof(fc.constantFrom('HostNotFound', 'ConnectionReset', '__proto__', 'toString'), fc.string()),
  detail: fc.string(),
});
const anyObservation: fc.Arbitrary<Observation> = fc
  .tuple(
    fc.constantFrom('https', 'http', 'tcp'),
    fc.constantFrom('direct', 'proxy'),
    fc.record(
      {
        outcome: fc.constantFrom('done', 'timeout', 'deadline'),
        phases: fc.array(anyPhase, { maxLength: 6 }),
        certificates: fc.oneof(
          fc.constant([]),
          fc.string().map(name => chainTo(name)),
          fc
            .constantFrom('CN=Filter, O=DigiCert Inc', 'CN=DigiCert Global Root G2')
            .map(name => chainTo(name)),
        ),
        tlsErrors: fc.array(fc.oneof(fc.constantFrom('UntrustedRoot', 'NotTimeValid'), fc.string()), {
          maxLength: 2,
        }),
        http: fc.option(
          fc.record({
            status: fc.integer({ min: 100, max: 999 }),
            server: fc.string(),
            via: fc.string(),
            location: fc.string(),
            headers: fc.array(fc.oneof(fc.constantFrom('x-ms-request-id', 'via'), fc.string())),
          }),
        ),
        proxyStatus: fc.option(fc.integer({ min: 0, max: 999 })),
        startedAt: fc.string(),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([protocol, route, change]) => observed({ protocol, route, ...change }));

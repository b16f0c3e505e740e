import * as fc from 'fast-check';
import type { Observation, ObservedPhase, Unmeasured } from '../../src/app/reachability/probe/observation';
import { expectedPhases } from '../../src/app/reachability/verdict/verdict';
import { chainTo, observed, PUBLIC_ROOT } from './observations';

const CODES = [
  ...[
    '',
    'HostNotFound',
    'NoData',
    'TryAgain',
    'NoRecovery',
    'TimedOut',
    'ConnectionRefused',
    'AccessDenied',
  ],
  ...[
    'ConnectionReset',
    'ConnectionClosed',
    'HostUnreachable',
    'NetworkUnreachable',
    'TlsAlert',
    'TlsVersion',
  ],
  ...['NotTls', 'NotHttp', 'NodeTls', 'Untrusted', '__proto__'],
];
const ADDRESSES = [
  [],
  ['192.0.2.1'],
  ['10.0.0.1'],
  ['0.0.0.0'],
  ['2001:db8::1'],
  ['127.0.0.1'],
  ['10.0.0.1', '192.0.2.1'],
];
const HEADERS = ['x-ms-request-id', 'x-squid-error', 'via', 'age'];

/** Whatever a probe can tell, seldom whole and seldom nonsense. */
export const anyMeasured: fc.Arbitrary<Observation> = fc
  .record({
    protocol: fc.constantFrom<Observation['protocol'][]>('https', 'http', 'tcp', 'udp'),
    route: fc.constantFrom<Observation['route'][]>('direct', 'proxy'),
    host: fc.constantFrom('a.example', 'his.arc.azure.com', 'www.msftconnecttest.com', '192.0.2.1'),
    port: fc.constantFrom(80, 443, 8084),
    end: fc.nat(7),
    outcome: fc.constantFrom<ObservedPhase['outcome'][]>('failed', 'timeout'),
    code: fc.constantFrom(...CODES),
    detail: fc.constantFrom('', 'words', 'ConnectionRefused: words'),
    ms: fc.constantFrom(5, 2000),
    addresses: fc.constantFrom(...ADDRESSES),
    certificates: fc.constantFrom(
      [],
      ...[PUBLIC_ROOT, 'CN=Zscaler Root CA', 'CN=Contoso', 'CN=SSL.com TLS RSA Root CA 2022'].map(root =>
        chainTo(root),
      ),
    ),
    tlsErrors: fc.constantFrom([], [], [], ['UntrustedRoot'], ['PartialChain'], ['NotTimeValid'], ['other']),
    http: fc.option(
      fc.record({
        status: fc.constantFrom(103, 200, 204, 302, 401, 403, 404, 407, 418, 451, 470, 502, 503, 511),
        server: fc.constantFrom('', 'squid', 'Windows-Azure-Blob/1.0'),
        via: fc.constantFrom('', '1.1 x', '1.1 squid'),
        location: fc.constantFrom('', 'https://b.other/', 'https://a.example/x', '/y'),
        headers: fc.subarray(HEADERS),
        contentType: fc.constantFrom('text/html', 'text/plain'),
      }),
      { freq: 8 },
    ),
    proxyStatus: fc.constantFrom(null, 200, 302, 400, 403, 407, 502),
    unmeasured: fc.constantFrom<Unmeasured[]>([], ['headers'], ['certificates']),
  })
  .map(({ end, outcome, code, detail, ms, ...change }) => {
    const phases = expectedPhases(change).map((phase): ObservedPhase => ({
      phase,
      ms,
      outcome: 'ok',
      code: '',
      detail: '',
    }));
    return observed({
      ...change,
      phases: phases
        .slice(0, end + 1)
        .map((each, at) => (at === end ? { ...each, outcome, code, detail } : each)),
    });
  });

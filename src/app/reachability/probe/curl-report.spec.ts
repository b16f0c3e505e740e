import * as fc from 'fast-check';
import { parseObservation } from './parse-observation';
import { CurlReader, type CurlTarget } from './curl-report';
import type { Observation } from './observation';

const HTTPS: CurlTarget = { id: 'a', host: 'a.example', port: 443, protocol: 'https', proxy: '' };
const report = (...fields: readonly (string | number)[]): string => `T0\t${fields.join('\t')}`;
const CHAIN = [
  'N0\tCN=a.example\tCN=Issuer\tAA\t2026-01-01T00:00:00Z\t2027-01-01T00:00:00Z',
  'N1\tCN=Issuer\tCN=Root\tBB\t2020-01-01T00:00:00Z\t2030-01-01T00:00:00Z',
  'C\t0,1',
];
/** The beginning of a certificate; see certificate-head.spec.ts. */
const LEAF =
  'MIIB1DCCAXmgAwIBAgIUBzPyJW+oNIR/rPWXAEtoLqdS7MIwCgYIKoZIzj0EAwIwPzELMAkGA1UEBhMCVVMxGDAKBgNVBAoMA09uZTAKBgNVBAsMA1R3bzEWMBQGA1UEAwwNIGxlZCBieSBibGFuazAeFw0yNjExMjYwNzU4NTJaFw0yNzAzMDYwNzU4NTJaMD8xCzAJBgNVBAYTAlVTMRgwCgYDVQQKDANPbmUwCgYDVQQLDANUd28xFjAUBgNVBAMMDSBsZWQgYnkgYmxhbmsw';
const OK = report(0, 200, '000', '198.18.0.1', '0.010', '0.030', '0.060', '0.1001', '0.101', 2, '');

function read(target: CurlTarget, ...lines: readonly string[]): Observation {
  const reader = new CurlReader([target], 5000);
  expect(reader.read('B\t2026-11-26T01:00:00.1234567Z')).toBeUndefined();
  const observation = reader.read(lines.join('\n'));
  if (observation === undefined) throw new Error('no observation');
  return observation;
}
const phases = (observation: Observation) =>
  observation.phases.map(({ phase, outcome, code }) => `${phase} ${outcome} ${code}`.trim());

describe('Reading what curl measured', () => {
  it('tells all of an answered endpoint, and is what the reader of observations takes', () => {
    const observation = read(
      HTTPS,
      OK,
      ...CHAIN,
      'H\t{"server":["x"],"x-ms-id":[],"date":["Thu, 26 Nov 2026 01:00:00 GMT"]}',
    );
    expect(observation).toMatchObject({
      id: 'a',
      route: 'direct',
      outcome: 'done',
      addresses: ['198.18.0.1'],
      tlsErrors: [],
      proxyStatus: null,
      startedAt: '2026-11-26T01:00:00.123Z',
      http: { status: 200, server: 'x', headers: ['server', 'x-ms-id', 'date'] },
      certificates: [{ subject: 'CN=a.example' }, { issuer: 'CN=Root', thumbprint: 'BB' }],
    });
    expect(observation.phases.map(({ phase, ms }) => [phase, ms])).toEqual([
      ['name', 10],
      ['connect', 20],
      ['tls', 30],
      ['http', 40.1],
    ]);
    expect(parseObservation(JSON.parse(JSON.stringify(observation)))).toMatchObject({
      id: 'a',
      certificates: observation.certificates,
    });
  });

  it("takes the endpoint's own certificate from its beginning, and its issuer as the node writes it", () => {
    const authority = 'N7\tOther=DigiCert, O=One\tCN=Root\tBB\t2020-01-01T00:00:00Z\t2030-01-01T00:00:00Z';
    const { certificates, unmeasured } = read(HTTPS, OK, authority, `P\t${LEAF}`, 'C\t7');
    expect(certificates).toMatchObject([
      { subject: 'CN=" led by blank", O=One + OU=Two, C=US', thumbprint: '' },
      { issuer: 'CN=Root', thumbprint: 'BB' },
    ]);
    expect(unmeasured).toEqual(['headers']);
    const own =
      'N8\tX.1=" led by blank", A=One + B=Two, C=US\tCN=Root\tBB\t2020-01-01T00:00:00Z\t2030-01-01T00:00:00Z';
    expect(read(HTTPS, OK, own, `P\t${LEAF}`, 'C\t8').certificates[0]?.issuer).toBe(
      'X.1=" led by blank", A=One + B=Two, C=US',
    );
  });

  it('judges no chain by the others when the certificate itself cannot be read', () => {
    const observation = read(HTTPS, OK, ...CHAIN.slice(0, 2), `P\t${LEAF.slice(0, 100)}`, 'C\t1');
    expect(observation.certificates).toEqual([]);
    expect(observation.unmeasured).toContain('certificates');
  });

  it("gives the node's own address, and nothing that is none", () => {
    expect(read(HTTPS, OK, 'L\t10.0.0.7').source).toBe('10.0.0.7');
    expect(read(HTTPS, OK, 'L\t<b>').source).toBeUndefined();
    expect(read(HTTPS, OK).source).toBeUndefined();
  });

  it('remembers certificates that were described with an endpoint before', () => {
    const reader = new CurlReader([HTTPS, { ...HTTPS, id: 'b' }], 5000);
    reader.read([OK, ...CHAIN].join('\n'));
    const second = reader.read([OK.replace('T0', 'T1'), 'C\t1'].join('\n'));
    expect(second).toMatchObject({ id: 'b', certificates: [{ thumbprint: 'BB' }] });
  });

  const at = (name: number, connect = 0, tls = 0): readonly number[] => [name, connect, tls, 0, 5];
  it.each<[string, string, readonly string[], string]>([
    [
      'no such name',
      report(6, '000', '000', '', ...at(0), 0, 'x'),
      ['D\tDNS_ERROR_RCODE_NAME_ERROR'],
      'name failed HostNotFound',
    ],
    [
      'no address',
      report(6, '000', '000', '', ...at(0), 0, 'x'),
      ['D\tDNS_INFO_NO_RECORDS'],
      'name failed NoData',
    ],
    [
      'a silent name server',
      report(6, '000', '000', '', ...at(0), 0, 'x'),
      ['D\tERROR_TIMEOUT'],
      'name failed TimedOut',
    ],
    [
      'a name that was found the second time',
      report(6, '000', '000', '', ...at(0), 0, 'x'),
      ['D\t'],
      'name failed TryAgain',
    ],
    [
      'a look-up that took all its time',
      report(28, '000', '000', '', ...at(0), 0, 'Resolving timed out'),
      [],
      'name timeout',
    ],
    ['silence', report(28, '000', '000', '', ...at(0.01), 0, 'x'), [], 'connect timeout'],
    [
      'a refusal',
      report(7, '000', '000', '', ...at(0.01), 0, 'x'),
      ['A\t10.0.0.1\tConnection refused'],
      'connect failed ConnectionRefused',
    ],
    [
      'no route',
      report(7, '000', '000', '', ...at(0.01), 0, 'x'),
      ['A\t10.0.0.1\tHost unreachable'],
      'connect failed HostUnreachable',
    ],
    [
      'a failure without words',
      report(7, '000', '000', '', ...at(0.01), 0, "Couldn't connect"),
      [],
      'connect failed ConnectFailed',
    ],
    [
      'a reset in the handshake',
      report(35, '000', '000', '10.0.0.1', ...at(0.01, 0.02), 0, 'Recv failure: Connection was reset'),
      [],
      'tls failed ConnectionReset',
    ],
    [
      'no TLS',
      report(
        35,
        '000',
        '000',
        '10.0.0.1',
        ...at(0.01, 0.02),
        0,
        'error:0A00010B:SSL routines::wrong version number',
      ),
      [],
      'tls failed NotTls',
    ],
    [
      'no version in common',
      report(
        35,
        '000',
        '000',
        '10.0.0.1',
        ...at(0.01, 0.02),
        0,
        'schannel: next InitializeSecurityContext failed: SEC_E_ALGORITHM_MISMATCH (0x80090331)',
      ),
      [],
      'tls failed TlsVersion',
    ],
    [
      'an alert',
      report(
        35,
        '000',
        '000',
        '10.0.0.1',
        ...at(0.01, 0.02),
        0,
        'error:0A000410:SSL routines::sslv3 alert handshake failure',
      ),
      [],
      'tls failed TlsAlert',
    ],
    [
      'a silent handshake',
      report(28, '000', '000', '10.0.0.1', ...at(0.01, 0.02), 0, 'x'),
      [],
      'tls timeout',
    ],
    [
      'a silent server',
      report(28, '000', '000', '10.0.0.1', ...at(0.01, 0.02, 0.03), 0, 'x'),
      [],
      'http timeout',
    ],
    [
      'a closed server',
      report(52, '000', '000', '10.0.0.1', ...at(0.01, 0.02, 0.03), 0, 'Empty reply'),
      [],
      'http failed ConnectionClosed',
    ],
    [
      'an answer whose body does not end',
      report(28, '200', '000', '10.0.0.1', 0.01, 0.02, 0.03, 0.04, 5, 0, 'x'),
      [],
      'http ok',
    ],
  ])('tells %s', (_, line, more, last) => {
    expect(phases(read(HTTPS, line, ...more)).at(-1)).toBe(last);
  });

  it.each([
    ['SSL certificate problem: certificate has expired', 60, 'NotTimeValid'],
    ['SSL certificate problem: self-signed certificate in certificate chain', 60, 'UntrustedRoot'],
    ['SSL certificate problem: unable to get local issuer certificate', 60, 'PartialChain'],
    [
      "SSL: no alternative certificate subject name matches target host name 'a'",
      60,
      'RemoteCertificateNameMismatch',
    ],
    [
      'schannel: SNI or certificate check failed: SEC_E_WRONG_PRINCIPAL (0x80090322) - Der Name',
      60,
      'RemoteCertificateNameMismatch',
    ],
    ['schannel: SEC_E_UNTRUSTED_ROOT (0x80090325) - Die Zertifikatkette', 60, 'UntrustedRoot'],
    [
      'schannel: next InitializeSecurityContext failed: SEC_E_CERT_EXPIRED (0x80090328) - x',
      35,
      'NotTimeValid',
    ],
    ['something new', 60, 'RemoteCertificateChainErrors'],
  ])('knows what is wrong with a certificate: %s', (words, exit, error) => {
    const observation = read(
      HTTPS,
      report(exit, '000', '000', '10.0.0.1', 0.01, 0, 0, 0, 0.2, 0, words),
      ...CHAIN,
    );
    expect([observation.tlsErrors, phases(observation).at(-1)]).toEqual([[error], 'tls failed Untrusted']);
    expect(observation.certificates).toHaveLength(2);
  });

  // 'Schannel Error Codes for TLS and SSL Alerts': each alert that a filter can send comes as one of these.
  it.each([
    ['0x80090325', 'unknown_ca'],
    ['0x80090327', 'bad_certificate, certificate_unknown'],
    ['0x80090328', 'certificate_expired'],
    ['0x80090326', 'handshake_failure, unexpected_message'],
    ['0x80090304', 'internal_error'],
    ['0x8009030C', 'access_denied'],
    ['0x8009030F', 'bad_record_mac'],
    ['0x80090330', 'decrypt_error'],
    ['0x80092010', 'certificate_revoked'],
  ])('calls an alert an alert, not a certificate that nobody saw: %s %s', number => {
    const line = report(
      35,
      '000',
      '000',
      '10.0.0.1',
      0.01,
      0.02,
      0,
      0,
      0.1,
      0,
      `schannel: failed (${number})`,
    );
    const { tlsErrors, phases: steps } = read(HTTPS, line, 'I');
    expect([tlsErrors, steps.at(-1)?.code]).toEqual([[], 'TlsAlert']);
  });

  it('tells what a proxy said to CONNECT', () => {
    const line = report(56, '000', '407', '10.0.0.1', 0.01, 0.02, 0, 0, 0.1, 0, 'CONNECT tunnel failed');
    const observation = read({ ...HTTPS, proxy: 'p:1' }, line);
    expect(observation).toMatchObject({ route: 'proxy', proxy: 'p:1', proxyStatus: 407 });
    expect(phases(observation)).toEqual(['name ok', 'connect ok', 'proxy failed Status407']);
  });

  it('tells an open port although the other side never spoke', () => {
    const line = report(28, '000', '000', '10.0.0.1', 0.01, 0.02, 0, 0, 5, 0, 'x');
    const observation = read({ ...HTTPS, protocol: 'tcp' }, line);
    expect([observation.outcome, phases(observation)]).toEqual(['done', ['name ok', 'connect ok']]);
    const busy = read(
      { ...HTTPS, protocol: 'tcp' },
      report(28, '000', '000', '', 0.01, 0, 0, 0, 5, 0, 'x'),
      'K',
    );
    expect([busy.outcome, busy.heldUpMs]).toEqual(['timeout', 5000]);
  });

  it('believes no good end without an answer, and takes no announcement for one', () => {
    const unanswered = report(0, '000', '000', '198.18.0.1', '0.010', '0.030', '0.060', 0, '0.101', 2, '');
    expect(read(HTTPS, unanswered).phases).toEqual([]);
    const words = 'Empty reply from server';
    const announced = report(52, 103, '000', '198.18.0.1', '0.01', '0.03', '0.06', '0.1', '0.11', 2, words);
    const seen = read(HTTPS, announced, ...CHAIN);
    expect([phases(seen).at(-1), seen.http]).toEqual(['http failed ConnectionClosed', null]);
  });

  it('does not blame the network for what curl or the own TLS could not begin', () => {
    for (const exit of [1, 2, 3, 27, 48]) {
      const refused = report(exit, '000', '000', '', 0, 0, 0, 0, '0.001', 0, 'Out of memory');
      expect(phases(read(HTTPS, refused))).toEqual([`name failed Curl${exit}`]);
    }
    const words = 'schannel: AcquireCredentialsHandle failed: SEC_E_NO_CREDENTIALS (0x8009030E)';
    const seen = read(HTTPS, report(35, '000', '000', '198.18.0.1', '0.01', '0.03', 0, 0, '0.04', 0, words));
    expect(phases(seen).at(-1)).toBe('tls failed NodeTls');
  });

  it('tells a port that was cut as it opened from one that spoke, stayed, or was closed later', () => {
    const tcp: CurlTarget = { ...HTTPS, protocol: 'tcp' };
    const ended = (exit: number, seconds: string, words: string, ...more: readonly string[]) =>
      phases(
        read(tcp, report(exit, '000', '000', '198.18.0.1', 0.01, 0.03, 0, 0, seconds, 0, words), ...more),
      ).at(-1);
    const reset = 'Recv failure: Connection was reset';
    expect(ended(56, '0.05', reset, 'L\t10.0.0.7\t0')).toBe('connect failed ConnectionReset');
    expect(ended(56, '0.05', 'response reading failed', 'L\t10.0.0.7\t0')).toBe(
      'connect failed ConnectionClosed',
    );
    expect(ended(56, '0.05', 'response reading failed', 'L\t10.0.0.7\t24')).toBe('connect ok');
    expect(ended(56, '3.05', reset, 'L\t10.0.0.7\t0')).toBe('connect failed ConnectionReset');
    expect(ended(56, '3.05', 'response reading failed', 'L\t10.0.0.7\t0')).toBe('connect ok');
    expect(ended(28, '5.00', 'Operation timed out', 'L\t10.0.0.7\t0')).toBe('connect ok');
    // Who does not say whether anything was said, proves nothing.
    expect(ended(56, '0.05', reset)).toBe('connect ok');
  });

  it('says what an older curl could not see, and that this one was late', () => {
    const old = read(HTTPS, report(0, 200, '000', '10.0.0.1', 0.01, 0.02, 0.03, 0.04, 0.05, '', ''));
    expect(old.unmeasured).toEqual(['certificates', 'headers']);
    const late = read(HTTPS, report(28, '000', '000', '', 0.01, 0, 0, 0, 7.5, 0, 'x'));
    expect(late.heldUpMs).toBe(2500);
    const busy = read(HTTPS, `${report(28, '000', '000', '10.0.0.1', 0.01, 0.02, 0, 0, 5.01, 0, 'x')}\nK`);
    expect(busy.heldUpMs).toBe(5010);
  });

  it('never throws, whatever a node writes', () => {
    const line = fc.string({
      unit: fc.constantFrom('T', 'N', 'C', 'H', 'D', 'A', '0', '1', '\t', '\n', '.', '{', '-'),
    });
    fc.assert(
      fc.property(
        fc.oneof(
          line,
          fc.jsonValue(),
          line.map(text => `${OK}\n${text}`),
        ),
        value => {
          const observation = new CurlReader([HTTPS], 5000).read(value);
          if (observation !== undefined) expect(parseObservation(observation)).toBeDefined();
        },
      ),
      { numRuns: 500 },
    );
  });
});

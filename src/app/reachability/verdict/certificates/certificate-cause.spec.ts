import type { ObservedCertificate, Observation } from '../../probe/observation';
import { ANSWER, chainTo, endedAt, observed } from '../../../../../test/jest/observations';
import { KNOWN_AUTHORITIES } from './known-authorities';
import { type EndpointFacts, NO_FACTS } from '../endpoint-facts';
import { judge } from '../verdict';

const OWN: EndpointFacts = { ...NO_FACTS, own: true };
const causeOf = (observation: Observation, about = NO_FACTS): string =>
  judge(observation, KNOWN_AUTHORITIES, about).cause;
const answered = (http: Partial<typeof ANSWER>, change: Partial<Observation> = {}): Observation =>
  observed({ ...change, http: { ...ANSWER, ...http } });

/** The certificate by which DigiCert Global Root G2 signs Microsoft Azure RSA TLS Issuing CA 03. */
const ISSUING = 'F9388EA2C9B7D632B66A2B0B406DF1D37D3901F6';
const PRODUCT_ROOT =
  'CN=Microsoft ECC Product Root Certificate Authority 2018, O=Microsoft Corporation, C=US';
const withThumbprints = (
  chain: readonly ObservedCertificate[],
  ...thumbprints: readonly string[]
): readonly ObservedCertificate[] =>
  chain.map((each, at) => ({ ...each, thumbprint: thumbprints[at] ?? '' }));
const refused = (tlsErrors: readonly string[], certificates: readonly ObservedCertificate[]): Observation =>
  endedAt({ phase: 'tls', code: 'Untrusted' }, { tlsErrors, certificates });

describe('The certificates', () => {
  it.each<[readonly string[], string]>([
    [['RemoteCertificateChainErrors', 'UntrustedRoot'], 'certificate-untrusted'],
    [['RemoteCertificateChainErrors', 'PartialChain'], 'certificate-untrusted'],
    [
      ['RemoteCertificateNameMismatch', 'RemoteCertificateChainErrors', 'UntrustedRoot'],
      'certificate-untrusted',
    ],
    [['RemoteCertificateChainErrors', 'NotTimeValid'], 'certificate-expired'],
    [['RemoteCertificateNameMismatch'], 'certificate-wrong-name'],
    [['RemoteCertificateNotAvailable'], 'certificate-invalid'],
    [['RemoteCertificateChainErrors', 'Revoked'], 'certificate-invalid'],
  ])('reads the judgement of the node: %j', (tlsErrors, cause) => {
    const change = { tlsErrors, certificates: chainTo('CN=Firewall') };
    expect(causeOf(endedAt({ phase: 'tls', code: 'Untrusted' }, change))).toBe(cause);
  });

  it('tells a certificate of tomorrow from one of yesterday', () => {
    const change = {
      tlsErrors: ['NotTimeValid'],
      certificates: chainTo('CN=Any', '2026-11-25T00:00:00.000Z'),
    };
    expect(causeOf(endedAt({ phase: 'tls', code: 'Untrusted' }, change))).toBe('certificate-not-yet-valid');
  });

  it('calls a trusted chain to an unknown root an interception, whatever HTTP says', () => {
    const certificates = chainTo('CN=Contoso TLS Inspection Root CA, O=Contoso');
    expect(judge(observed({ certificates }), KNOWN_AUTHORITIES)).toEqual({
      verdict: 'tls-intercepted',
      cause: 'unknown-root',
    });
    expect(causeOf(answered({ status: 403 }, { certificates }))).toBe('unknown-root');
    expect(causeOf(endedAt({ phase: 'http', outcome: 'timeout' }, { certificates }))).toBe('unknown-root');
  });

  it('does not call a chain intercepted in which an authority stands that Azure publishes', () => {
    const thumbprints = ['AB', 'F9388EA2C9B7D632B66A2B0B406DF1D37D3901F6', 'CD'];
    const certificates = chainTo('CN=A root after our list').map((each, at) => ({
      ...each,
      thumbprint: thumbprints[at] ?? '',
    }));
    expect(causeOf(observed({ certificates }))).toBe('answered');
  });

  it("are the service's own below the root of the update services", () => {
    expect(causeOf(observed({ certificates: chainTo(PRODUCT_ROOT) }))).toBe('answered');
  });

  it.each([['PartialChain'], ['UntrustedRoot']])(
    "are the service's own also when the node lacks the root above them (%s)",
    error => {
      const chain = withThumbprints(chainTo('CN=A root that the node lacks'), 'AB', ISSUING);
      for (const certificates of [chain.slice(0, 2), chain])
        expect(causeOf(refused(['RemoteCertificateChainErrors', error], certificates))).toBe('root-missing');
      const ownRoot = withThumbprints(
        chainTo('CN=x'),
        'AB',
        'CD',
        '06F1AA330B927B753A40E68CDF22E34BCBEF3352',
      );
      expect(causeOf(refused([error], ownRoot))).toBe('root-missing');
      const leafOnly = withThumbprints(chain, ISSUING, 'AB');
      expect(causeOf(refused([error], leafOnly))).toBe('certificate-untrusted');
    },
  );

  it('count only where each is named as the issuer of the one below', () => {
    // A device can send the service's own certificates after its own.
    const [leaf, ...real] = withThumbprints(
      chainTo('CN=DigiCert Global Root G2, O=DigiCert Inc'),
      'AB',
      ISSUING,
    );
    const forged = { ...leaf, issuer: 'CN=Contoso Gate' } as ObservedCertificate;
    const gate = { ...forged, subject: 'CN=Contoso Gate' };
    for (const certificates of [
      [forged, ...real],
      [forged, gate, ...real],
      [forged, ...real, gate],
    ]) {
      expect(causeOf(observed({ certificates }))).toBe('unknown-root');
      expect(causeOf(refused(['UntrustedRoot'], certificates))).toBe('certificate-untrusted');
    }
    // The order in which they were sent does not matter (RFC 8446, section 4.4.2).
    const [one, two] = real;
    const swapped = [leaf, two, one] as readonly ObservedCertificate[];
    expect(causeOf(observed({ certificates: swapped }))).toBe('answered');
  });

  it('that name a root of the public web which the node lacks are not called a device', () => {
    const whole = chainTo('CN=GlobalSign Root R46, O=GlobalSign nv-sa, C=BE');
    for (const certificates of [whole.slice(0, 2), [{ ...whole[0], issuer: whole[2]?.subject }]])
      for (const error of ['PartialChain', 'UntrustedRoot'])
        expect(causeOf(refused([error], certificates as readonly ObservedCertificate[]))).toBe('root-named');
    // A root of that name that came along and is another one is somebody's own.
    expect(causeOf(refused(['UntrustedRoot'], whole))).toBe('certificate-untrusted');
    expect(causeOf(refused(['PartialChain'], chainTo('CN=Contoso Root').slice(0, 2)))).toBe(
      'certificate-untrusted',
    );
  });

  it("are incomplete when only the host's own came and names an authority of the services", () => {
    const alone = (issuer: string): Observation =>
      refused(['PartialChain'], [{ ...chainTo('x')[0], issuer } as ObservedCertificate]);
    expect(causeOf(alone('CN=Microsoft Azure RSA TLS Issuing CA 03, O=Microsoft Corporation, C=US'))).toBe(
      'chain-incomplete',
    );
    expect(causeOf(alone('CN=Contoso Issuing CA'))).toBe('certificate-untrusted');
  });

  it.each(['CN=Sectigo Public Server Authentication Root R46, O=Sectigo Limited, C=GB'])(
    'of another public authority are not called intercepted: %s',
    root => {
      const observation = observed({ certificates: chainTo(root) });
      expect(judge(observation, KNOWN_AUTHORITIES)).toEqual({
        verdict: 'not-proven',
        cause: 'other-public-authority',
      });
      expect(causeOf(observation, OWN)).toBe('answered');
      // What ends later is explained by its own end.
      const late = endedAt({ phase: 'http', outcome: 'timeout' }, { certificates: chainTo(root) });
      expect(causeOf(late)).toBe('http-timed-out');
    },
  );

  it.each([
    'CN=Zscaler Root CA, OU=Zscaler Inc., O=Zscaler Inc., L=San Jose, S=California, C=US',
    'CN=FG100FTK00000001, OU=Certificate Authority, O=Fortinet, C=US',
    'CN=certadmin.netskope.com, O=Netskope Inc',
    'CN=Cisco Umbrella Root CA, O=Cisco',
    'CN=mitmproxy, O=mitmproxy',
  ])('of a product that inspects are intercepted, whatever the host: %s', root => {
    for (const about of [NO_FACTS, OWN])
      expect(judge(observed({ certificates: chainTo(root) }), KNOWN_AUTHORITIES, about)).toEqual({
        verdict: 'tls-intercepted',
        cause: 'inspecting-product',
      });
  });

  it("of a host of the administrator's own are never called intercepted by being unknown alone", () => {
    const observation = observed({ certificates: chainTo('CN=Contoso Root CA, O=Contoso') });
    expect(judge(observation, KNOWN_AUTHORITIES, OWN)).toEqual({
      verdict: 'not-proven',
      cause: 'signed-by-unknown',
    });
    expect(causeOf(observation)).toBe('unknown-root');
  });
});

describe('A redirect of the service', () => {
  const lists = { own: false, lists: (host: string) => host === 'b.example' };
  it.each([
    ['https://b.example/x', 'answered'],
    ['https://www.search.example/?q=1', 'answered-elsewhere'],
    ['http://other.example:8080', 'answered-elsewhere'],
    ['/common/login', 'answered'],
    ['https://a.example/login', 'answered'],
    ['', 'answered'],
    ['mailto:x@y', 'answered'],
    ['http://[', 'answered'],
  ])('to %j is followed in thought only', (location, cause) => {
    const observation = answered({ status: 302, location });
    expect(judge(observation, KNOWN_AUTHORITIES, lists)).toEqual({ verdict: 'reachable', cause });
  });
});

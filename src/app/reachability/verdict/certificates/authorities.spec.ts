import catalog from '../../../../catalog/certificate-authorities.json';
import { isKnownRoot, recognize, rootOf } from './authorities';
import { KNOWN_AUTHORITIES } from './known-authorities';
import type { ObservedCertificate } from '../../probe/observation';

/** The certificate by which DigiCert Global Root G2 signs Microsoft Azure RSA TLS Issuing CA 03. */
const ISSUING = 'F9388EA2C9B7D632B66A2B0B406DF1D37D3901F6';

function link(subject: string, issuer: string, thumbprint = ''): ObservedCertificate {
  return { subject, issuer, thumbprint, notBefore: '', notAfter: '' };
}

describe('Known roots', () => {
  it.each([
    'CN=DigiCert Global Root G2, OU=www.digicert.com, O=DigiCert Inc, C=US',
    'CN=DigiCert Global Root G2',
    'CN=Microsoft RSA Root Certificate Authority 2017, O=Microsoft Corporation, C=US',
    'CN=Microsoft Root Certificate Authority 2011, O=Microsoft Corporation, L=Redmond, S=Washington, C=US',
    'CN=DigiCert TLS RSA4096 Root G5, O="DigiCert, Inc.", C=US',
    'CN=Microsoft ECC Product Root Certificate Authority 2018, O=Microsoft Corporation, L=Redmond, S=Washington, C=US',
    'CN=Microsoft TLS RSA Root G2, O=Microsoft Corporation, C=US',
    'CN=AAA Certificate Services, O=Comodo CA Limited, L=Salford, S=Greater Manchester, C=GB',
  ])('know %s', subject => {
    expect(isKnownRoot(subject, KNOWN_AUTHORITIES.roots)).toBe(true);
  });

  it.each([
    'CN=Contoso TLS Inspection CA, O=Contoso',
    'CN=DigiCert Global Root G2, O=Contoso',
    'CN=DigiCert Global Root G2, CN=Contoso',
    'O="CN=DigiCert Global Root G2", CN=Contoso',
    'CN="DigiCert Global Root G2 "',
    'cn=digicert global root g2',
    'DigiCert Global Root G2',
    '',
  ])('do not take %j for one', subject => {
    expect(isKnownRoot(subject, KNOWN_AUTHORITIES.roots)).toBe(false);
  });

  it('names the issuer of the last certificate when the root itself is missing', () => {
    expect(rootOf([link('CN=leaf', 'CN=mid'), link('CN=mid', 'CN=top')])).toBe('CN=top');
    expect(rootOf([link('CN=leaf', 'CN=top'), link('CN=top', 'CN=top')])).toBe('CN=top');
    expect(rootOf([])).toBe('');
  });
});

describe('A chain', () => {
  const leaf = (thumbprint = '') => link('CN=host', 'CN=issuing', thumbprint);
  const to = (root: string, thumbprint = '') => [
    leaf(),
    link('CN=issuing', root, thumbprint),
    link(root, root),
  ];

  it('is known by an issuing authority that Azure publishes, even below a root that is not on the list', () => {
    for (const thumbprint of [ISSUING, ISSUING.toLowerCase()])
      expect(recognize(to('CN=Some new root', thumbprint), KNOWN_AUTHORITIES)).toBe('issuing-authority');
  });

  it('is known by its root', () => {
    expect(recognize(to('CN=DigiCert Global Root G2'), KNOWN_AUTHORITIES)).toBe('root');
  });

  it.each<[string, readonly ObservedCertificate[]]>([
    ['of nobody known', to('CN=Contoso Root')],
    [
      'with the name of an issuing authority only',
      [leaf(), link('CN=Microsoft Azure RSA TLS Issuing CA 03', 'CN=Contoso Root')],
    ],
    ["whose host's own certificate claims to be one", [leaf(ISSUING), link('CN=issuing', 'CN=Contoso Root')]],
    ['of one certificate', [leaf(ISSUING)]],
    ['of none', []],
  ])('%s is not known', (_, certificates) => {
    expect(recognize(certificates, KNOWN_AUTHORITIES)).toBe('none');
  });

  it.each([
    ['Microsoft ECC Update Secure Server CA 2.1', 'C7ED7BF076120309F682577FE7B29A7593E9889C'],
    ['Microsoft ECC Content Distribution Secure Server CA 2.1', 'C670A2E195748E3EE7B358CD3A311F760E99DBAD'],
    ['Microsoft TLS G2 RSA CA OCSP 04', 'DA6D0400641B45AECC595D24E5037AA6BC09C358'],
    ['GlobalSign Atlas R3 DV TLS CA 2025 Q1', '9C5CB67070BE3B685CCBF8D1EA02282B650533A0'],
  ])('is known by %s where the node has no root for it', (name, thumbprint) => {
    const chain = [link('CN=host', `CN=${name}`), link(`CN=${name}`, 'CN=Not on this node', thumbprint)];
    expect(recognize(chain, KNOWN_AUTHORITIES)).toBe('issuing-authority');
  });

  it('is told by every row of the published tables and of the report', () => {
    const rowsOf = (source: string) => catalog.issuing.filter(each => each.sources.includes(source)).length;
    // The page of 2025 lists 40, and in its change log 12 that it no longer lists.
    expect([rowsOf('azure-2025'), rowsOf('azure-2022'), rowsOf('azure-local-report')]).toEqual([52, 25, 7]);
    expect(KNOWN_AUTHORITIES.issuing.size).toBe(catalog.issuing.length);
  });

  it('is compared with what the catalog has, without its sources and notes', () => {
    expect(KNOWN_AUTHORITIES.roots).toEqual(
      catalog.roots.map(({ commonName, organization, thumbprint }) => ({
        commonName,
        organization,
        thumbprint,
      })),
    );
    expect(JSON.stringify(KNOWN_AUTHORITIES)).not.toMatch(/note|source/);
  });
});

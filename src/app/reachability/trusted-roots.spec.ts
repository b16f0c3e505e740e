import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import catalog from '../../catalog/trusted-roots.json';
import { isKnownRoot, KNOWN_ROOTS, rootOf } from './trusted-roots';

describe('Known roots', () => {
  it('match their schema and name sources that exist', () => {
    const ajv = addFormats(new Ajv({ allErrors: true, strict: true }));
    const schema: unknown = JSON.parse(readFileSync('src/catalog/trusted-roots.schema.json', 'utf8'));
    const valid = ajv.validate(schema as object, catalog);
    expect(ajv.errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    for (const root of catalog.roots) expect(Object.keys(catalog.sources)).toContain(root.source);
    expect(new Set(catalog.roots.map(root => root.commonName)).size).toBe(catalog.roots.length);
  });

  it.each([
    'CN=DigiCert Global Root G2, OU=www.digicert.com, O=DigiCert Inc, C=US',
    'CN=DigiCert Global Root G2',
    'CN=Microsoft RSA Root Certificate Authority 2017, O=Microsoft Corporation, C=US',
    'CN=Microsoft Root Certificate Authority 2011, O=Microsoft Corporation, L=Redmond, S=Washington, C=US',
    'CN=DigiCert TLS RSA4096 Root G5, O="DigiCert, Inc.", C=US',
  ])('know %s', subject => {
    expect(isKnownRoot(subject, KNOWN_ROOTS)).toBe(true);
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
    expect(isKnownRoot(subject, KNOWN_ROOTS)).toBe(false);
  });

  it('names the issuer of the last certificate when the root itself is missing', () => {
    const link = (subject: string, issuer: string) => ({
      subject,
      issuer,
      thumbprint: '',
      notBefore: '',
      notAfter: '',
    });
    expect(rootOf([link('CN=leaf', 'CN=mid'), link('CN=mid', 'CN=top')])).toBe('CN=top');
    expect(rootOf([link('CN=leaf', 'CN=top'), link('CN=top', 'CN=top')])).toBe('CN=top');
    expect(rootOf([])).toBe('');
  });
});

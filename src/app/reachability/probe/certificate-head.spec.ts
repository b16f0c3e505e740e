import * as fc from 'fast-check';
import { readCertificateHead } from './certificate-head';

/** Beginnings of self-signed certificates (OpenSSL 3), and what .NET's X509Certificate tells of each. */
const HEADS = [
  [
    'one of a service',
    'MIICMjCCAdegAwIBAgIUZAepKlE5oGsP/re3dKs+8keIOwcwCgYIKoZIzj0EAwIwbjELMAkGA1UEBhMCVVMxCzAJBgNVBAgMAldBMRAwDgYDVQQHDAdSZWRtb25kMR4wHAYDVQQKDBVNaWNyb3NvZnQgQ29ycG9yYXRpb24xIDAeBgNVBAMMFyouYmxvYi5jb3JlLndpbmRvd3MubmV0MB4XDTI2MTEyNjA3NTg1MloXDTI3MDMwNjA3NTg1MlowbjELMAkGA1UEBhMCVVMxCzAJBgNVBAgMAldBMRAwDgYDVQQHDAdSZWRtb25kMR4wHAYDVQQKDBVNaWNyb3NvZnQgQ29ycG9yYXRpb24xIDAeBgNVBAMMFyouYmxvYi5jb3JlLndpbmRvd3MubmV0',
    'CN=*.blob.core.windows.net, O=Microsoft Corporation, L=Redmond, S=WA, C=US',
    '2027-03-06T07:58:52.000Z',
  ],
  [
    'quoted values, and types without a name',
    'MIIDKTCCAs+gAwIBAgIUFKbXFqiPQg7z2gQGSup2ZM7tkHQwCgYIKoZIzj0EAwIwgekxHTAbBgNVBA8MFFByaXZhdGUgT3JnYW5pemF0aW9uMRMwEQYLKwYBBAGCNzwCAQMTAlVTMRUwEwYLKwYBBAGCNzwCAQIMBFV0YWgxFTATBgNVBAUTDDUyOTk1MzctMDE0MjELMAkGA1UEBhMCVVMxDTALBgNVBAgMBFV0YWgxDTALBgNVBAcMBExlaGkxFzAVBgNVBAoMDkRpZ2lDZXJ0LCBJbmMuMQowCAYDVQQLDAFhMRkwFwYDVQQDDBB3d3cuZGlnaWNlcnQuY29tMRowGAYJKoZIhvcNAQkBFgthQGIuZXhhbXBsZTAeFw0yNjExMjYwNzU4NTJaFw0yNzAzMDYwNzU4NTJaMIHpMR0wGwYDVQQPDBRQcml2YXRlIE9yZ2FuaXphdGlvbjETMBEGCysGAQQBgjc8AgEDEwJVUzEVMBMGCysGAQQBgjc8AgECDARVdGFoMRUwEwYDVQQFEww1Mjk5NTM3LTAxNDIxCzAJBgNVBAYTAlVTMQ0wCwYDVQQIDARVdGFoMQ0wCwYDVQQHDARMZWhpMRcwFQYDVQQKDA5EaWdpQ2VydCwgSW5jLjEKMAgGA1UECwwBYTEZMBcGA1UEAwwQd3d3LmRpZ2ljZXJ0LmNvbTEaMBgGCSqGSIb3DQEJARYLYUBiLmV4YW1wbGUw',
    'E=a@b.example, CN=www.digicert.com, OU=a, O="DigiCert, Inc.", L=Lehi, S=Utah, C=US, SERIALNUMBER=5299537-0142, ' +
      'OID.1.3.6.1.4.1.311.60.2.1.2=Utah, OID.1.3.6.1.4.1.311.60.2.1.3=US, OID.2.5.4.15=Private Organization',
    '2027-03-06T07:58:52.000Z',
  ],
  [
    'other scripts, and a year after 2050',
    'MIICnTCCAkOgAwIBAgIUTyLjjei+n+yoYu13A/SohsiAwkYwCgYIKoZIzj0EAwIwgaIxCzAJBgNVBAYTAkRFMSIwIAYDVQQKDBlNw7xsbGVyICYgU8O2aG5lIEdtYkggPHg+MRswGQYDVQQDDBLmnbHkuqzjga7oqLzmmI7mm7gxFzAVBgoJkiaJk/IsZAEZFgdleGFtcGxlMQwwCgYDVQQqDANBbm4xDDAKBgNVBAQMA0xlZTELMAkGA1UEDAwCRHIxEDAOBgNVBGEMB1ZBVERFLTEwIBcNMjYxMTI2MDc1ODUyWhgPMjA4MTA4MjkwNzU4NTJaMIGiMQswCQYDVQQGEwJERTEiMCAGA1UECgwZTcO8bGxlciAmIFPDtmhuZSBHbWJIIDx4PjEbMBkGA1UEAwwS5p2x5Lqs44Gu6Ki85piO5pu4MRcwFQYKCZImiZPyLGQBGRYHZXhhbXBsZTEMMAoGA1UEKgwDQW5uMQwwCgYDVQQEDANMZWUxCzAJBgNVBAwMAkRyMRAwDgYDVQRhDAdWQVRERS0x',
    'OID.2.5.4.97=VATDE-1, T=Dr, SN=Lee, G=Ann, DC=example, CN=東京の証明書, O="Müller & Söhne GmbH <x>", C=DE',
    '2081-08-29T07:58:52.000Z',
  ],
  [
    'parts of several values, and blanks at the edge',
    'MIIB1DCCAXmgAwIBAgIUBzPyJW+oNIR/rPWXAEtoLqdS7MIwCgYIKoZIzj0EAwIwPzELMAkGA1UEBhMCVVMxGDAKBgNVBAoMA09uZTAKBgNVBAsMA1R3bzEWMBQGA1UEAwwNIGxlZCBieSBibGFuazAeFw0yNjExMjYwNzU4NTJaFw0yNzAzMDYwNzU4NTJaMD8xCzAJBgNVBAYTAlVTMRgwCgYDVQQKDANPbmUwCgYDVQQLDANUd28xFjAUBgNVBAMMDSBsZWQgYnkgYmxhbmsw',
    'CN=" led by blank", O=One + OU=Two, C=US',
    '2027-03-06T07:58:52.000Z',
  ],
] as const;

describe('The beginning of a certificate', () => {
  it.each(HEADS)('tells of %s what .NET does', (_, base64, name, notAfter) => {
    expect(readCertificateHead(base64)).toEqual({
      subject: name,
      issuer: name,
      notBefore: '2026-11-26T07:58:52.000Z',
      notAfter,
    });
  });

  it('is unknown when it ends before the key, at whatever letter', () => {
    const [, base64] = HEADS[3];
    for (let length = 0; length < base64.length - 4; length += 1)
      expect(readCertificateHead(base64.slice(0, length))).toBeUndefined();
  });

  it('is never an error, whatever the other side sent', () => {
    const bytes = Buffer.from(HEADS[0][1], 'base64');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const changed = Buffer.from(bytes);
        changed[at] = value;
        const head = readCertificateHead(changed.toString('base64'));
        if (head !== undefined) expect(Number.isNaN(Date.parse(head.notAfter))).toBe(false);
      }),
    );
    fc.assert(fc.property(fc.string(), text => void readCertificateHead(text)));
  });
});

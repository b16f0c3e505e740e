// The X.509 library needs this polyfill before it is loaded.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import * as x509 from '@peculiar/x509';
import { parseDistinguishedName } from '../../../src/app/reachability/verdict/certificates/distinguished-name.ts';
import { coversHost } from './host-pattern.ts';

const PUBLIC_AUTHORITIES = join(import.meta.dirname, '../../../src/catalog/public-authorities.json');

const CURVE = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;

/**
 * Public roots and issuers under the names of the real ones, so that inspection is told by the issuer's name as
 * on a real node. The keys are the lab's own. Names are in the order of the certificate, root part first.
 */
const PUBLIC_ROOT = 'C=US, O=DigiCert Inc, OU=www.digicert.com, CN=DigiCert Global Root G2';
const UPDATE_ROOT =
  'C=US, ST=Washington, L=Redmond, O=Microsoft Corporation, CN=Microsoft Root Certificate Authority 2011';
const PUBLIC_ISSUER = 'C=US, O=Microsoft Corporation, CN=Microsoft Azure RSA TLS Issuing CA 03';
const UPDATE_ISSUER =
  'C=US, ST=Washington, L=Redmond, O=Microsoft Corporation, CN=Microsoft Update Secure Server CA 2.1';
/** The company's inspecting firewall; the nodes trust it. */
const INSPECTION_ROOT = 'O=Contoso, CN=Contoso TLS Inspection Root CA';
/** What a firewall signs with when nobody gave it an authority; no node trusts it. */
const UNKNOWN_ROOT = 'O=Firewall, CN=Firewall Default Certificate Authority';
/** Windows Update has an authority of its own, outside the public web's. */
/**
 * A root that the services use and that the nodes of the lab do not trust: the real one, as this runtime carries
 * it. Of elliptic curves as the lab's own keys are: OpenSSL takes no issuer whose kind of key did not sign.
 */
const MISSING_ROOT = 'CN=Microsoft ECC Root Certificate Authority 2017';
/** Another, of which nothing but the name is needed. This runtime does not carry it: it would send it by itself. */
const UNSENT_ROOT = 'C=DE, O=D-Trust GmbH, CN=D-TRUST Root Class 3 CA 2 2009';
const UPDATE_HOSTS = ['*.update.microsoft.com', '*.windowsupdate.microsoft.com'];
/** The name on the certificate that `wrong-name` shows. */
const OTHER_NAME = 'portal.contoso.com';

/** `genuine`: from the public authority that the host really uses. The others are faults. */
export type CertificateKind =
  | 'genuine'
  | 'intercept'
  | 'untrusted'
  | 'expired'
  | 'wrong-name'
  /** For the right host, and not for servers. */
  | 'wrong-purpose'
  /** Without the certificate between the host's own and the root. */
  | 'incomplete-chain'
  /** Below a real root of the public web, which the nodes do not have. */
  | 'missing-root'
  /** The same, and the server does not send the root either. */
  | 'unsent-root'
  /** From an authority of that name, which the nodes trust. */
  | `signed-by:${string}`;

interface Authority {
  readonly certificate: x509.X509Certificate;
  readonly keys: CryptoKeyPair;
  /** Sent after the leaf: what a node does not have in its own store. */
  readonly sent: readonly x509.X509Certificate[];
}

/** The certificate authorities of one lab. Made anew for each start; no key outlives it. */
export class Authorities {
  /** Roots that nodes trust, as PEM. */
  readonly trusted: string;
  readonly #public: Authority;
  readonly #update: Authority;
  readonly #inspection: Authority;
  readonly #unknown: Authority;
  readonly #unsent: Authority;
  readonly #others: ReadonlyMap<string, Authority>;
  /** One key for all servers: nothing looks at it, and making keys takes time. */
  readonly #serverKeys: CryptoKeyPair;
  readonly #serverKeyPem: string;
  readonly #contexts = new Map<string, Promise<SecureContext>>();

  private constructor(
    authorities: readonly [Authority, Authority, Authority, Authority, Authority],
    others: ReadonlyMap<string, Authority>,
    roots: readonly x509.X509Certificate[],
    serverKeys: CryptoKeyPair,
    serverKeyPem: string,
  ) {
    [this.#public, this.#update, this.#inspection, this.#unknown, this.#unsent] = authorities;
    this.#others = others;
    this.trusted = `${roots.map(root => root.toString('pem')).join('\n')}\n`;
    this.#serverKeys = serverKeys;
    this.#serverKeyPem = serverKeyPem;
  }

  /** @param signers names of authorities that nodes trust besides */
  static async create(signers: readonly string[] = []): Promise<Authorities> {
    x509.cryptoProvider.set(webcrypto as Crypto);
    const [publicRoot, updateRoot, inspection, unknown, unsent, serverKeys] = await Promise.all([
      makeRoot(PUBLIC_ROOT),
      makeRoot(UPDATE_ROOT),
      makeRoot(INSPECTION_ROOT),
      makeRoot(UNKNOWN_ROOT),
      makeRoot(UNSENT_ROOT),
      makeKeys(),
    ]);
    const [publicIssuer, updateIssuer, serverKey] = await Promise.all([
      makeIssuer(PUBLIC_ISSUER, publicRoot),
      makeIssuer(UPDATE_ISSUER, updateRoot),
      webcrypto.subtle.exportKey('pkcs8', serverKeys.privateKey),
    ]);
    const others = await Promise.all(
      signers.map(async name => [name, await makeRoot(await authorityName(name))] as const),
    );
    return new Authorities(
      [publicIssuer, updateIssuer, inspection, { ...unknown, sent: [unknown.certificate] }, unsent],
      new Map(others),
      [publicRoot, updateRoot, inspection, ...others.map(([, root]) => root)].map(root => root.certificate),
      serverKeys,
      x509.PemConverter.encode(serverKey, 'PRIVATE KEY'),
    );
  }

  /** What a server shows for a host; made at the first request. */
  contextFor(host: string, kind: CertificateKind, clockSkewSeconds = 0): Promise<SecureContext> {
    const key = `${kind} ${clockSkewSeconds} ${host}`;
    let context = this.#contexts.get(key);
    if (!context) {
      context = this.#makeContext(host, kind, clockSkewSeconds);
      this.#contexts.set(key, context);
    }
    return context;
  }

  async #makeContext(host: string, kind: CertificateKind, clockSkewSeconds: number): Promise<SecureContext> {
    const issuer = this.#issuerOf(host, kind);
    const name = kind === 'wrong-name' ? OTHER_NAME : host;
    const now = Date.now() - clockSkewSeconds * 1000;
    const leaf = await x509.X509CertificateGenerator.create({
      // X.509 allows a common name 64 characters; the alternative name has all of it.
      subject: `CN=${name.slice(0, 64)}`,
      issuer: issuer.certificate.subject,
      notBefore: new Date(now - (kind === 'expired' ? 395 : 30) * DAY_MS),
      notAfter: new Date(now + (kind === 'expired' ? -3 : 180) * DAY_MS),
      signingAlgorithm: CURVE,
      publicKey: this.#serverKeys.publicKey,
      signingKey: issuer.keys.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([
          kind === 'wrong-purpose' ? x509.ExtendedKeyUsage.clientAuth : x509.ExtendedKeyUsage.serverAuth,
        ]),
        new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }]),
        ...(kind === 'missing-root'
          ? []
          : [await x509.AuthorityKeyIdentifierExtension.create(issuer.keys.publicKey)]),
      ],
    });
    const sent = kind === 'incomplete-chain' ? [] : issuer.sent;
    const chain = [leaf, ...sent].map(certificate => certificate.toString('pem'));
    return createSecureContext({ key: this.#serverKeyPem, cert: chain.join('\n'), minVersion: 'TLSv1.2' });
  }

  #issuerOf(host: string, kind: CertificateKind): Authority {
    if (kind === 'intercept') return this.#inspection;
    if (kind === 'untrusted') return this.#unknown;
    // Nobody has that root's key; a node that lacks the root does not come as far as the signature.
    if (kind === 'missing-root') {
      const root = realRoot(MISSING_ROOT);
      return { ...this.#unknown, certificate: root, sent: [root] };
    }
    if (kind === 'unsent-root') return this.#unsent;
    if (kind.startsWith('signed-by:')) {
      const other = this.#others.get(kind.slice('signed-by:'.length));
      if (other === undefined) throw new Error(`The lab was made without the authority of ${kind}.`);
      return other;
    }
    return UPDATE_HOSTS.some(pattern => coversHost(pattern, host)) ? this.#update : this.#public;
  }
}

function realRoot(name: string): x509.X509Certificate {
  const root = rootCertificates
    .map(pem => new x509.X509Certificate(pem))
    .find(each => each.subject.split(', ').includes(name));
  if (root === undefined) throw new Error(`This Node.js does not carry ${name}.`);
  return root;
}

/**
 * The whole name of an authority: of a public one as its own certificate has it, when its common name or its whole name is
 * given; else a name of its own.
 */
async function authorityName(name: string): Promise<string | x509.JsonName> {
  const text = await readFile(PUBLIC_AUTHORITIES, 'utf8');
  const { authorities } = JSON.parse(text) as {
    readonly authorities: readonly { readonly subject: string }[];
  };
  const subjects = authorities.map(each => each.subject);
  const known = subjects.find(subject => subject === name || commonName(subject) === name);
  const attributes = parseDistinguishedName(known ?? name) ?? [{ type: 'CN', value: name }];
  // Names are written with the common name first, and stand in a certificate with it last.
  return [...attributes].reverse().map(({ type, value }) => ({ [type === 'S' ? 'ST' : type]: [value] }));
}

function commonName(subject: string): string | undefined {
  return parseDistinguishedName(subject)?.find(each => each.type === 'CN')?.value;
}

function makeKeys(): Promise<CryptoKeyPair> {
  return webcrypto.subtle.generateKey(CURVE, true, ['sign', 'verify']) as Promise<CryptoKeyPair>;
}

async function makeRoot(name: string | x509.JsonName): Promise<Authority> {
  const keys = await makeKeys();
  const certificate = await makeAuthorityCertificate(name, keys, { name, keys });
  return { certificate, keys, sent: [] };
}

async function makeIssuer(name: string, root: Authority): Promise<Authority> {
  const keys = await makeKeys();
  const certificate = await makeAuthorityCertificate(name, keys, {
    name: root.certificate.subject,
    keys: root.keys,
  });
  return { certificate, keys, sent: [certificate] };
}

async function makeAuthorityCertificate(
  subject: string | x509.JsonName,
  keys: CryptoKeyPair,
  signer: { readonly name: string | x509.JsonName; readonly keys: CryptoKeyPair },
): Promise<x509.X509Certificate> {
  const now = Date.now();
  return x509.X509CertificateGenerator.create({
    subject,
    issuer: signer.name,
    notBefore: new Date(now - 3650 * DAY_MS),
    notAfter: new Date(now + 3650 * DAY_MS),
    signingAlgorithm: CURVE,
    publicKey: keys.publicKey,
    signingKey: signer.keys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(signer.keys.publicKey),
    ],
  });
}

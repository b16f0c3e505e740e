import type { ObservedCertificate } from '../../probe/observation';
import { parseDistinguishedName } from './distinguished-name';
import type { KnownAuthorities, KnownRoot } from './known-authorities';

/**
 * By what a chain is known, the stronger proof first. `public`: by a root of the public web that the services of the
 * lists are not known to use; `none`: nobody known signed it.
 */
export const RECOGNITIONS = ['issuing-authority', 'root', 'public', 'none'] as const;
export type Recognition = (typeof RECOGNITIONS)[number];

/**
 * By what a chain is known as one of the services' own. The node has checked its signatures already.
 *
 * An issuing authority is told by its thumbprint: nobody else has that certificate, so no device on the way signed what
 * is below it, even when the root above is one that came after our list.
 */
export function recognize(
  certificates: readonly ObservedCertificate[],
  known: KnownAuthorities,
): Recognition {
  if (above(certificates).some(each => known.issuing.has(each.thumbprint.toUpperCase())))
    return 'issuing-authority';
  if (isKnownRoot(rootOf(certificates), known.roots)) return 'root';
  return isPublicRoot(certificates, known) ? 'public' : 'none';
}

/**
 * The authority of the services that stands in a chain which the node does not accept, told by thumbprint alone: names
 * can be copied, and nobody has checked the signatures up to a root. Undefined: none stands there.
 */
export function ownAuthorityIn(
  certificates: readonly ObservedCertificate[],
  known: KnownAuthorities,
): ObservedCertificate | undefined {
  const thumbprints = new Set([
    ...known.issuing,
    ...known.roots.flatMap(root => root.thumbprint ?? []),
    ...known.publicRoots.map(root => root.thumbprint),
  ]);
  return above(certificates).find(each => thumbprints.has(each.thumbprint.toUpperCase()));
}

/** Whether a name is that of an authority that issues for Azure. */
export function isIssuingName(subject: string, known: KnownAuthorities): boolean {
  return known.issuingNames.has(nameOf(subject) ?? '');
}

/**
 * The host's own certificate and those above it, each named as the issuer of the one below. What else was sent signs
 * nothing here: a device can send the service's certificates along with its own (mitmproxy,
 * `add_upstream_certs_to_client_chain`).
 */
function pathOf(certificates: readonly ObservedCertificate[]): readonly ObservedCertificate[] {
  const [leaf, ...others] = certificates;
  if (leaf === undefined) return [];
  const path = [leaf];
  for (let last = leaf; !isSelfSigned(last);) {
    const issuer = last.issuer;
    const next = others.find(each => !path.includes(each) && isSameName(each.subject, issuer));
    if (next === undefined) break;
    path.push(next);
    last = next;
  }
  return path;
}

function isSelfSigned({ subject, issuer }: ObservedCertificate): boolean {
  return isSameName(subject, issuer);
}

/** Without the first: it is the host's own, which signs nothing. */
function above(certificates: readonly ObservedCertificate[]): readonly ObservedCertificate[] {
  return pathOf(certificates).slice(1);
}

/**
 * The public authority that a chain names above its last certificate, when that authority's own did not come. A claim:
 * whoever sends a certificate writes any name into it.
 */
export function namedRootOf(
  certificates: readonly ObservedCertificate[],
  known: KnownAuthorities,
): string | undefined {
  const last = pathOf(certificates).at(-1);
  if (last === undefined || isSelfSigned(last)) return undefined;
  const isKnown =
    isKnownRoot(last.issuer, known.roots) ||
    known.publicRoots.some(({ subject }) => isSameName(subject, last.issuer));
  return isKnown ? last.issuer : undefined;
}

function isPublicRoot(certificates: readonly ObservedCertificate[], known: KnownAuthorities): boolean {
  const root = above(certificates).at(-1);
  const subject = rootOf(certificates);
  return known.publicRoots.some(
    each =>
      (root !== undefined && each.thumbprint === root.thumbprint.toUpperCase()) ||
      isSameName(each.subject, subject),
  );
}

/** Attributes in any order: stores write names differently. */
function isSameName(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [one, other].map(text =>
    parseDistinguishedName(text)
      ?.map(({ type, value }) => `${type}=${value}`)
      .sort()
      .join('\n'),
  );
  return a !== undefined && a !== '' && a === b;
}

function nameOf(subject: string): string | undefined {
  const names = parseDistinguishedName(subject)?.filter(item => item.type === 'CN') ?? [];
  return names.length === 1 ? names[0]?.value : undefined;
}

/**
 * The name at the top of a chain. A chain that came without its root ends with a certificate that names it as its
 * issuer.
 */
export function rootOf(certificates: readonly ObservedCertificate[]): string {
  return pathOf(certificates).at(-1)?.issuer ?? '';
}

/**
 * Whether a root's subject is one of the known ones. Names are compared, not keys: authorities re-issue their roots
 * under the same name, and the node has checked the signatures already. A subject that names another organization,
 * or two common names, is not the root that it looks like.
 */
export function isKnownRoot(subject: string, known: readonly KnownRoot[]): boolean {
  const attributes = parseDistinguishedName(subject);
  if (attributes === undefined) return false;
  const values = (type: string): readonly string[] =>
    attributes.filter(item => item.type === type).map(item => item.value);
  const names = values('CN');
  return (
    names.length === 1 &&
    known.some(
      root =>
        root.commonName === names[0] && values('O').every(organization => organization === root.organization),
    )
  );
}

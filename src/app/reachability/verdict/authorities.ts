import { issuing, roots } from '../../../../.generated/authorities/known.json';
import type { ObservedCertificate } from '../probe/observation';
import { parseDistinguishedName } from './distinguished-name';

/** A public authority that the services of the lists are known to chain to. */
export interface KnownRoot {
  readonly commonName: string;
  readonly organization: string;
}

/** Who is known to sign for the services of the lists. */
export interface KnownAuthorities {
  readonly roots: readonly KnownRoot[];
  /** SHA-1 thumbprints, upper case, of certificates of the authorities below a root that issue for Azure. */
  readonly issuing: ReadonlySet<string>;
}

/** From `src/catalog/certificate-authorities.json`, where each has its source; `scripts/generate.ts` leaves that out. */
export const KNOWN_AUTHORITIES: KnownAuthorities = { roots, issuing: new Set(issuing) };

/** By what a chain is known, the stronger proof first; `none`: nobody known signed it. */
export const RECOGNITIONS = ['issuing-authority', 'root', 'none'] as const;
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
  // The first is the host's own, which signs nothing.
  if (certificates.slice(1).some(each => known.issuing.has(each.thumbprint.toUpperCase())))
    return 'issuing-authority';
  return isKnownRoot(rootOf(certificates), known.roots) ? 'root' : 'none';
}

/**
 * The name at the top of a chain. A chain that came without its root ends with a certificate that names it as its
 * issuer.
 */
export function rootOf(certificates: readonly ObservedCertificate[]): string {
  return certificates.at(-1)?.issuer ?? '';
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

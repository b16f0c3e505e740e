import catalog from '../../catalog/trusted-roots.json';
import type { ObservedCertificate } from './observation';
import { parseDistinguishedName } from './distinguished-name';

/** A public authority that the services of the list are known to chain to. */
export interface KnownRoot {
  readonly commonName: string;
  readonly organization: string;
}

/** From `src/catalog/trusted-roots.json`, where each has its source. */
export const KNOWN_ROOTS: readonly KnownRoot[] = catalog.roots;

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
export function isKnownRoot(subject: string, roots: readonly KnownRoot[]): boolean {
  const attributes = parseDistinguishedName(subject);
  if (attributes === undefined) return false;
  const values = (type: string): readonly string[] =>
    attributes.filter(item => item.type === type).map(item => item.value);
  const names = values('CN');
  return (
    names.length === 1 &&
    roots.some(
      root =>
        root.commonName === names[0] && values('O').every(organization => organization === root.organization),
    )
  );
}

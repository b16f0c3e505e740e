import hosts from '../../../../.generated/authorities/http-evidence.json';

/**
 * What proves over plain HTTP that one host itself answered, besides the marks that all services share. Any one of
 * body, content types and redirect is enough.
 */
export interface HttpEvidence {
  /** What its real client asks for; absent: `/`. */
  readonly path?: string;
  /** Stands near the beginning of the body. */
  readonly body?: string;
  /** Of an answer with status 200. */
  readonly contentTypes?: readonly string[];
  /** Its `Content-Length`, where the type alone says little. */
  readonly length?: number;
  /** Hosts to which it sends its callers on. */
  readonly redirect?: readonly string[];
}

const BY_HOST: ReadonlyMap<string, HttpEvidence> = new Map(
  (hosts as readonly (HttpEvidence & { readonly host: string })[]).map(({ host, ...evidence }) => [
    host,
    evidence,
  ]),
);

/** From `src/catalog/http-evidence.json`, where each has its source. */
export function httpEvidenceOf(host: string): HttpEvidence | undefined {
  return BY_HOST.get(host.toLowerCase());
}

/** Of a list's feature whose hosts serve lists of revoked certificates. */
export const REVOCATION_FEATURE = 'certificate-revocation';

/** RFC 2585, section 4.2; RFC 6960, appendix A. */
const REVOCATION_TYPES: readonly string[] = ['application/pkix-crl', 'application/ocsp-response'];

/** Whether a host is known to serve lists of revoked certificates, or to answer whether one was revoked. */
export function servesRevocation(host: string, protocol: string): boolean {
  const types = protocol === 'http' ? httpEvidenceOf(host)?.contentTypes : undefined;
  return types?.some(type => REVOCATION_TYPES.includes(type)) ?? false;
}

/** The path to ask for, as a part of an entry; empty where it is `/`. */
export function pathOf(host: string, protocol: string): { readonly path?: string } {
  const path = protocol === 'http' ? httpEvidenceOf(host)?.path : undefined;
  return path === undefined ? {} : { path };
}

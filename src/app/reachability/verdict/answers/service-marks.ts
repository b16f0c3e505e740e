import type { ObservedHttp } from '../../probe/observation';

/**
 * What tells over plain HTTP that an answer is the Microsoft service's own. A refusal alone is no proof of a filter, and
 * a good status no proof of the service: services answer 403 themselves to a bare `/`, and filters answer 200 or 204.
 * Only what filters and proxies do not send counts, so no software that others run too.
 */
interface Mark {
  readonly header?: RegExp;
  readonly server?: RegExp;
}

const MARKS: readonly Mark[] = [
  // Azure Resource Manager, Storage, Microsoft Entra ID and most data planes
  { header: /^x-ms-/ },
  // Azure Front Door and the Microsoft edge network
  { header: /^x-azure-/ },
  { header: /^x-msedge-ref$/ },
  // Correlation vector of Windows Update, Delivery Optimization and telemetry
  { header: /^ms-cv$/ },
  // Microsoft's download network
  { header: /^x-ccc$/ },
  { server: /^Windows-Azure-/i },
  // Application Gateway stands before anybody's pages
  { server: /^Microsoft-Azure-(?!Application-Gateway)/i },
];

export function carriesServiceMark(http: ObservedHttp): boolean {
  return MARKS.some(
    mark =>
      (mark.server?.test(http.server) ?? false) ||
      (mark.header !== undefined && http.headers.some(name => mark.header?.test(name))),
  );
}

/**
 * Whether a proxy made this answer itself. A proxy adds `Via` to what it passes on (RFC 9110, section 7.6.3), and
 * Squid marks its own error pages although it adds `Via` to them too.
 */
export function isProxysOwnAnswer(http: ObservedHttp): boolean {
  return http.via === '' || http.headers.includes('x-squid-error');
}

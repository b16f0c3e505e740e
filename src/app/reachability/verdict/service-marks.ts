import type { ObservedHttp } from '../probe/observation';

/**
 * What tells that an HTTP answer is the Microsoft service's own. A refusal alone is no proof of a filter: services
 * answer 403 themselves to a request without a token, to a bare `/`, or because of their own network rules. Filters
 * and proxies send pages without these marks.
 */
interface Mark {
  readonly header?: RegExp;
  readonly server?: RegExp;
  /**
   * Software that others run too, block pages included. It counts only where TLS has already proven that the answer is
   * the service's.
   */
  readonly needsTls?: true;
}

const MARKS: readonly Mark[] = [
  // Azure Resource Manager, Storage, Microsoft Entra ID and most data planes
  { header: /^x-ms-/ },
  // Azure Front Door and the Microsoft edge network
  { header: /^x-azure-/ },
  { header: /^x-msedge-ref$/ },
  // Application Insights in App Service and Functions
  { header: /^request-context$/ },
  // Correlation vector of Windows Update, Delivery Optimization and telemetry
  { header: /^ms-cv$/ },
  // Microsoft's download network
  { header: /^x-ccc$/ },
  { server: /^Windows-Azure-/i },
  { server: /^Microsoft-Azure-/i },
  { server: /^Microsoft-(IIS|HTTPAPI)\//i, needsTls: true },
  { server: /^Kestrel$/i, needsTls: true },
  // Content networks that serve Microsoft's downloads
  { server: /^(AkamaiGHost|AkamaiNetStorage|EC(Acc|D|S)\b.*)$/i, needsTls: true },
];

/** @param overTls the answer came through TLS that was checked up to a known root */
export function carriesServiceMark(http: ObservedHttp, overTls: boolean): boolean {
  return MARKS.some(
    mark =>
      (overTls || mark.needsTls === undefined) &&
      ((mark.server?.test(http.server) ?? false) ||
        (mark.header !== undefined && http.headers.some(name => mark.header?.test(name)))),
  );
}

/**
 * Whether a proxy made this answer itself. A proxy adds `Via` to what it passes on (RFC 9110, section 7.6.3), and
 * Squid marks its own error pages although it adds `Via` to them too.
 */
export function isProxysOwnAnswer(http: ObservedHttp): boolean {
  return http.via === '' || http.headers.includes('x-squid-error');
}

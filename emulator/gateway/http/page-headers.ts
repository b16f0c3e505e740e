/** Headers of every answer. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
};

/**
 * The strict policy under which pages run.
 * @param host `host:port` as the browser asked for it
 * @param sideload origin of a tool in development, whose page and manifest the shell loads
 */
export function contentSecurityPolicy(host: string, sideload?: string): string {
  const tool = sideload === undefined ? '' : ` ${sideload}`;
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src 'self' ws://${host}${tool}`,
    ...(sideload === undefined ? [] : [`frame-src 'self'${tool}`]),
    "frame-ancestors 'self'",
    "object-src 'none'",
    "base-uri 'self'",
  ].join('; ');
}

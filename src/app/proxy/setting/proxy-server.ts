/** Why a text is no proxy server; each has its sentence under `proxy.server.error.<code>`. */
export type ProxyServerProblem =
  | 'empty'
  | 'quotes'
  | 'space'
  | 'several'
  | 'scheme'
  | 'credentials'
  | 'path'
  | 'not-ascii'
  | 'port-missing'
  | 'port-invalid'
  | 'brackets-missing'
  | 'host-invalid';

export type ProxyServerInput =
  | {
      readonly ok: true;
      /** `host:port`, as the node gets it. */
      readonly server: string;
      /** `http://` stood before it and was left out. */
      readonly schemeRemoved: boolean;
    }
  | { readonly ok: false; readonly problem: ProxyServerProblem };

const QUOTES = /["'`\u00ab\u00bb\u2018-\u201f\u2039\u203a]/;
const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const DNS_NAME = new RegExp(`^(?:${LABEL}\\.)*${LABEL}$`);
const IPV4_PART = /^(?:0|[1-9][0-9]{0,2})$/;

/**
 * Reads what was typed as the proxy server. The port is required: the document's command needs `host:port`, and a
 * missing port would silently become 80. `Set-ProxySetting.ps1` holds the same rule once more on the node.
 */
export function parseProxyServer(text: string): ProxyServerInput {
  const typed = text.trim();
  const early = firstProblem(typed);
  if (early !== undefined) return { ok: false, problem: early };
  const server = typed.replace(/^http:\/\//i, '');
  const colon = server.lastIndexOf(':');
  const inBrackets = colon < server.lastIndexOf(']');
  if (colon < 0 || inBrackets) return { ok: false, problem: 'port-missing' };
  const host = server.slice(0, colon);
  const port = server.slice(colon + 1);
  if (host.includes(':') && !host.startsWith('[')) return { ok: false, problem: 'brackets-missing' };
  if (!/^[1-9][0-9]{0,4}$/.test(port) || Number(port) > 65535) return { ok: false, problem: 'port-invalid' };
  if (!isHostName(host) && !isBracketedIpv6(host)) return { ok: false, problem: 'host-invalid' };
  return { ok: true, server, schemeRemoved: server !== typed };
}

/** What can be told before host and port are taken apart; the order puts the most telling reason first. */
function firstProblem(typed: string): ProxyServerProblem | undefined {
  if (typed === '') return 'empty';
  if (QUOTES.test(typed)) return 'quotes';
  if (/[\s\u0000-\u001f\u007f]/.test(typed)) return 'space';
  if (/[=;,]/.test(typed)) return 'several';
  const scheme = SCHEME.exec(typed)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http') return 'scheme';
  const rest = scheme === undefined ? typed : typed.slice('http://'.length);
  if (rest.includes('@')) return 'credentials';
  if (/[/\\?#]/.test(rest)) return 'path';
  if (/[^\u0000-\u007f]/.test(rest)) return 'not-ascii';
  return undefined;
}

/** A DNS name of letters, digits and hyphens (RFC 1123), or four decimal numbers up to 255. */
export function isHostName(host: string): boolean {
  if (/^[0-9.]+$/.test(host)) {
    const parts = host.split('.');
    return parts.length === 4 && parts.every(part => IPV4_PART.test(part) && Number(part) <= 255);
  }
  return host.length <= 253 && DNS_NAME.test(host);
}

/** `[…]` around an IPv6 address without a zone. */
export function isBracketedIpv6(host: string): boolean {
  return /^\[[0-9A-Fa-f:.]{2,45}\]$/.test(host) && URL.canParse(`http://${host}/`);
}

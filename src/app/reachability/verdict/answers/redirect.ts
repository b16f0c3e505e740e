import type { ProbeResult } from '../probe-result';
import { isFailure, isUnknown } from '../verdicts';
import type { NextHost } from '../endpoint-facts';

/**
 * Why a redirect is not followed. Each has its sentence under `reachability.hop.not.<reason>`. `unproven`: who answered is not
 * proven to be the service; `loop`: it leads back; `too-many` and `limit`: more hops, or more hosts of a node, than are tried.
 */
export const HOP_REFUSALS = [
  'unreadable',
  'scheme',
  'address',
  'single-label',
  'internal',
  'port',
  'unproven',
  'loop',
  'too-many',
  'limit',
] as const;
export type HopRefusal = (typeof HOP_REFUSALS)[number];

/** Where an answer sends its callers. `host` as far as it could be read. */
export type Redirect =
  | { readonly kind: 'leads'; readonly to: NextHost & { readonly path?: string } }
  | { readonly kind: 'refused'; readonly reason: HopRefusal; readonly host?: string; readonly port?: number };

/** What else is asked of a place to which a redirect leads. */
export interface RedirectRules {
  /** Ports besides 80 and 443 that the list has. */
  readonly ports: ReadonlySet<number>;
  /** Domains of the nodes, in lower case, as `contoso.local`: who is in them is not on the internet. */
  readonly domains: readonly string[];
}

/** RFC 9110, section 15.4. */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Where the answer of a result leads; undefined: nowhere else. The address comes from whoever answered, so that only a name of
 * the public internet and a usual port are accepted, and of the rest of it a plain path behind TLS.
 */
export function redirectOf(from: ProbeResult, rules: RedirectRules): Redirect | undefined {
  const { status = 0, location = '' } = from.http ?? {};
  if (!REDIRECTS.has(status) || location === '') return undefined;
  const base = `${from.protocol === 'https' ? 'https' : 'http'}://${from.host}:${from.port}/`;
  const url = URL.parse(location, base);
  if (url === null) return { kind: 'refused', reason: 'unreadable' };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { kind: 'refused', reason: 'scheme' };
  const protocol = url.protocol === 'https:' ? 'https' : 'http';
  const port = url.port === '' ? (protocol === 'https' ? 443 : 80) : Number(url.port);
  const host = url.hostname.toLowerCase().replace(/\.$/, '');
  if (host === from.host.toLowerCase() && port === from.port) return undefined;
  const reason = refusalOf(location, url, { host, port, protocol }, rules) ?? failureOf(from);
  if (reason !== undefined) return { kind: 'refused', reason, host: host.slice(0, MAX_NAME), port };
  const path = protocol === 'https' && PLAIN_PATH.test(url.pathname) ? url.pathname : '/';
  return { kind: 'leads', to: { host, port, protocol, ...(path !== '/' && { path }) } };
}

const MAX_NAME = 253;
/** What a node can be told to ask for: letters that mean nothing else anywhere. */
const PLAIN_PATH = /^\/[A-Za-z0-9._~/-]{0,200}$/;

/** Who answered in place of a service leads to its own pages. */
function failureOf({ verdict }: ProbeResult): HopRefusal | undefined {
  return isFailure(verdict) || isUnknown(verdict) ? 'unproven' : undefined;
}

function refusalOf(
  location: string,
  url: URL,
  { host, port }: NextHost,
  { ports, domains }: RedirectRules,
): HopRefusal | undefined {
  // Browsers read over these; whoever writes them wants two readers to see two places.
  if (
    !/^[\x21-\x7e]+$/.test(location) ||
    location.includes('\\') ||
    url.username !== '' ||
    url.password !== ''
  )
    return 'unreadable';
  if (/^\[|^[\d.]+$/.test(host)) return 'address';
  if (host === 'localhost') return 'internal';
  const labels = host.split('.');
  if (host.length > MAX_NAME || !labels.every(label => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label)))
    return 'unreadable';
  if (labels.length < 2) return 'single-label';
  const isWithin = (domain: string): boolean => host === domain || host.endsWith(`.${domain}`);
  if (INTERNAL.some(isWithin) || domains.some(isWithin)) return 'internal';
  if (!/^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/.test(labels.at(-1) ?? '')) return 'unreadable';
  return port === 80 || port === 443 || ports.has(port) ? undefined : 'port';
}

/**
 * Names that are never public, or only by mistake: special-use domains (https://www.iana.org/assignments/special-use-domain-names),
 * ICANN's private one (resolution 2024.07.29.06), and those that it holds back because networks use them inside (collisions:
 * home, corp, mail, resolution 2018.02.04.12).
 */
const INTERNAL = [
  ...['localhost', 'local', 'test', 'invalid', 'onion', 'alt', 'home.arpa', 'in-addr.arpa', 'ip6.arpa'],
  ...['internal', 'home', 'corp', 'mail', 'lan', 'intranet', 'private', 'localdomain', 'workgroup'],
] as const;

/** The domains of nodes, by their full names. */
export function domainsOf(fqdns: readonly string[]): readonly string[] {
  const domains = fqdns.map(fqdn => fqdn.toLowerCase().split('.').slice(1));
  return [...new Set(domains.filter(({ length }) => length > 1).map(labels => labels.join('.')))];
}

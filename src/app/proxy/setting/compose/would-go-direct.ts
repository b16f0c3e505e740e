import { isOfNode, matchesNoProxy, splitPort } from '../no-proxy';
import type { LayerName } from '../layers/layers';

export interface Route {
  /** Undefined: not documented, or sources differ. */
  readonly direct: boolean | undefined;
  /** The entry that decides; undefined: none does, and where it goes direct all the same, it always does. */
  readonly entry?: string;
}

/**
 * Whether a host would be reached without the proxy, by the rules of the layer's own notation. WinINet and WinHTTP: `;`
 * or blanks between entries, `*` for any characters, `<local>` for names without a dot (Windows' page "Enabling Internet
 * Functionality", INTERNET_PROXY_INFO). Environment and agent: commas, leading dots and CIDR, as Go's
 * golang.org/x/net/http/httpproxy reads them: those clients never use the proxy for the node itself, and an entry with a
 * port counts for that port alone. Without one in what is asked for, it is HTTPS's, by which most programs of a node go out.
 *
 * What WinINet never asks its proxy for, unless `<-loopback>` stands in its list: Chromium's note on Windows' own rules
 * (chromium/chromium, net/proxy_resolution/proxy_bypass_rules.cc, MatchesImplicitRules, 11c4a588) and the measured table of
 * the crate proxy-watch 0.3.1 (docs.rs, ImplicitBypass) agree but for addresses of the link. Of WinHTTP neither tells.
 */
export function wouldGoDirect(layer: LayerName, host: string, bypass: string): Route {
  const name = hostOf(host);
  const isList = layer === 'environment' || layer === 'agent';
  const entries = bypass.split(isList ? /\s*,\s*/ : /[;\s]+/).filter(entry => entry !== '');
  const port = portOf(host);
  const matches = (each: string): boolean =>
    isList ? matchesNoProxy(name, port, each) : matchesWindows(name, each);
  const entry = entries.find(each => matches(each.toLowerCase()));
  if (entry !== undefined) return { direct: true, entry };
  if (isList) return { direct: isOfNode(name) };
  return {
    direct: entries.some(each => each.toLowerCase() === '<-loopback>') ? false : byItself(layer, name),
  };
}

/** Whether Windows goes direct to a host that no entry names. */
function byItself(layer: LayerName, host: string): boolean | undefined {
  const isOwn = /^(?:localhost|loopback|127\.0\.0\.1|\[?::1\]?)$/.test(host);
  const isOfLink = /^(?:169\.254(?:\.\d{1,3}){2}|\[?fe[89ab][0-9a-f]:.*)$/.test(host);
  if (isOfLink || (isOwn && layer === 'winhttp')) return undefined;
  return isOwn;
}

/** The host of what was typed, with its port: an address of a page may be pasted as it is. */
function authorityOf(typed: string): string {
  return typed
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/[/?#].*$/, '')
    .replace(/^.*@/, '');
}

/** An IPv6 address in brackets and in the one way in which addresses of pages have it. */
function hostOf(typed: string): string {
  const host = splitPort(authorityOf(typed)).host.replace(/\.$/, '');
  const address = `http://[${host.replace(/^\[(.*)\]$/, '$1')}]/`;
  return host.includes(':') && URL.canParse(address) ? new URL(address).hostname : host;
}

/** Whether what was typed would be asked for without TLS. */
export function isPlainHttp(typed: string): boolean {
  const [, scheme = ''] = /^\s*(https?):/i.exec(typed) ?? [];
  return scheme === '' ? portOf(typed) === 80 : scheme.toLowerCase() === 'http';
}

function portOf(typed: string): number {
  const { port } = splitPort(authorityOf(typed));
  return port ?? (/^\s*http:/i.test(typed) ? 80 : 443);
}

function matchesWindows(host: string, entry: string): boolean {
  if (entry === '<local>') return !host.includes('.') && !host.includes(':');
  // Regular expressions are made of no hostile text: everything but the star is taken literally.
  const pattern = entry.split('*').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('[^]*')}$`).test(host);
}

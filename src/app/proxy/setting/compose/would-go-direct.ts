import type { LayerName } from '../layers/layers';

export interface Route {
  readonly direct: boolean;
  /** The entry that decides; undefined: none does, and where it goes direct all the same, it always does. */
  readonly entry?: string;
}

/**
 * Whether a host would be reached without the proxy, by the rules of the layer's own notation. WinINet and WinHTTP: `;`
 * or blanks between entries, `*` for any characters, `<local>` for names without a dot (Windows' page "Enabling Internet
 * Functionality", INTERNET_PROXY_INFO). Environment and agent: commas, leading dots and CIDR, as Go's
 * golang.org/x/net/http/httpproxy reads them: those clients never use the proxy for the node itself.
 */
export function wouldGoDirect(layer: LayerName, host: string, bypass: string): Route {
  const name = hostOf(host);
  const isList = layer === 'environment' || layer === 'agent';
  const entries = bypass.split(isList ? /\s*,\s*/ : /[;\s]+/).filter(entry => entry !== '');
  const matches = isList ? matchesNoProxy : matchesWindows;
  const entry = entries.find(each => matches(name, each.toLowerCase()));
  if (entry === undefined)
    return { direct: isList && /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/.test(name) };
  return { direct: true, entry };
}

/** The host of what was typed: an address of a page may be pasted as it is. */
function hostOf(typed: string): string {
  const text = typed
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/[/?#].*$/, '');
  const host = text.includes('[') || text.split(':').length === 2 ? text.replace(/:\d+$/, '') : text;
  return host.replace(/\.$/, '');
}

function matchesWindows(host: string, entry: string): boolean {
  if (entry === '<local>') return !host.includes('.') && !host.includes(':');
  // An IPv6 address stands in brackets, also in the address of a page.
  if (host.includes(':') && !host.startsWith('[')) return matchesWindows(`[${host}]`, entry);
  // Regular expressions are made of no hostile text: everything but the star is taken literally.
  const pattern = entry.split('*').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('[^]*')}$`).test(host);
}

function matchesNoProxy(host: string, entry: string): boolean {
  if (entry === '*') return true;
  if (host.startsWith('[')) return matchesNoProxy(host.slice(1, -1), entry);
  if (entry.includes('/')) return inRange(host, entry);
  const bare = entry.replace(/^\*(?=\.)/, '').replace(/^([^:]*):\d+$/, '$1');
  return bare.startsWith('.') ? host.endsWith(bare) : host === bare || host.endsWith(`.${bare}`);
}

function inRange(host: string, range: string): boolean {
  const [network = '', length = ''] = range.split('/');
  const [address, start] = [numberOf(host), numberOf(network)];
  if (address === undefined || start === undefined || !/^\d{1,2}$/.test(length)) return false;
  const size = 2 ** (32 - Number(length));
  return Math.floor(address / size) === Math.floor(start / size);
}

function numberOf(address: string): number | undefined {
  const octets = /^\d{1,3}(?:\.\d{1,3}){3}$/.test(address) ? address.split('.').map(Number) : [];
  return octets.length === 4 && octets.every(octet => octet <= 255)
    ? octets.reduce((value, octet) => value * 256 + octet, 0)
    : undefined;
}

/** What such programs never send through a proxy, whatever is written. */
export function isOfNode(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/.test(host);
}

/**
 * Whether an entry of NO_PROXY, in small letters, lets a host go past the proxy, as programs in Go read it, of which the Arc agent is
 * one: a name stands for itself and all below it, with a dot or `*.` before it only for what is below; `*` for everything; a port
 * behind a name, or an address in brackets, restricts it to that port; addresses and networks (CIDR) are for addresses alone (golang/net
 * `http/httpproxy/proxy.go`, 094d4385).
 */
export function matchesNoProxy(host: string, port: number, entry: string): boolean {
  if (entry === '*') return true;
  if (host.startsWith('[')) return matchesNoProxy(host.slice(1, -1), port, entry);
  if (entry.includes('/')) return inRange(host, entry);
  // Brackets only with a port behind them: an entry that is an address in brackets matches nothing.
  const [, inBrackets, named, own = ''] = /^(?:\[(.*)\]|([^:]*)):(\d*)$/.exec(entry) ?? [];
  if (own !== '' && own !== String(port)) return false;
  const bare = (inBrackets ?? named ?? entry).replace(/^\*(?=\.)/, '');
  if (bare === '') return false;
  const address = bitsOf(bare);
  if (address !== undefined) return withoutMapping(address) === withoutMapping(bitsOf(host));
  return bare.startsWith('.') ? host.endsWith(bare) : host === bare || host.endsWith(`.${bare}`);
}

function inRange(host: string, range: string): boolean {
  const [network = '', length = ''] = range.split('/');
  const [address, start] = [bitsOf(host), bitsOf(network)];
  if (address === undefined || address.length !== start?.length || !/^\d{1,3}$/.test(length)) return false;
  return Number(length) <= start.length && address.startsWith(start.slice(0, Number(length)));
}

/** An IPv4 address written as IPv6 (`::ffff:10.0.0.1`) is that address. */
function withoutMapping(bits: string | undefined): string | undefined {
  return bits?.replace(/^0{80}1{16}(?=.{32}$)/, '');
}

/** An address as its 32 or 128 bits; undefined for any other text. */
function bitsOf(text: string): string | undefined {
  if (text.includes(':')) {
    // The browser's own reader writes an address in one way only: the longest run of zeros as `::`.
    const host = URL.canParse(`http://[${text}]/`) ? new URL(`http://[${text}]/`).hostname.slice(1, -1) : '';
    if (host === '') return undefined;
    const [head = [], tail = []] = host
      .split('::')
      .map(part => part.split(':').filter(group => group !== ''));
    const zeros = new Array<string>(8 - head.length - tail.length).fill('0');
    const groups = [...head, ...zeros, ...tail];
    return groups.map(group => parseInt(group, 16).toString(2).padStart(16, '0')).join('');
  }
  // An octet with a zero before it is none.
  const octets = /^(?:(?:0|[1-9]\d{0,2})(?:\.|$)){4}$/.test(text) ? text.split('.').map(Number) : [];
  return octets.length === 4 && octets.every(octet => octet <= 255)
    ? octets.map(octet => octet.toString(2).padStart(8, '0')).join('')
    : undefined;
}

/** An IPv6 address has a port only behind brackets. */
export function splitPort(text: string): { readonly host: string; readonly port?: number } {
  const [, host = text, port] = /^(\[.*\]|[^:]*):(\d+)$/.exec(text) ?? [];
  return port === undefined ? { host } : { host, port: Number(port) };
}

/** The proxy that WinINet would use, as a node's settings tell; its own rules, not those of NO_PROXY. */
export interface ProxyRules {
  /** `host:port` for everything, or one for each protocol as in `http=host:port;https=host:port`; '' for none. */
  readonly server: string;
  /** Hosts that are reached without it; `*` stands for any text, `<local>` for names without a dot. */
  readonly bypass: readonly string[];
}

export interface ProxiedTarget {
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
}

/** `host:port` of the proxy on the way to a target; '' when it is reached without one. */
export function proxyFor(rules: ProxyRules, target: ProxiedTarget): string {
  const proxy = serverFor(rules.server, schemeOf(target));
  return proxy === '' || isPast(rules, target) ? '' : proxy;
}

/** Whether what is set for a target cannot be followed, such as SOCKS: {@link proxyFor} then tells only what else is set. */
export function isUnclear(rules: ProxyRules, target: ProxiedTarget): boolean {
  const wanted = schemeOf(target);
  if (serverFor(rules.server, wanted) !== '' || isPast(rules, target)) return false;
  return rules.server.split(/[;\s]+/).some(entry => {
    const [, scheme = wanted, own = entry] = /^([A-Za-z]+)=(.*)$/.exec(entry) ?? [];
    return own !== '' && [wanted, 'socks'].includes(scheme.toLowerCase());
  });
}

function schemeOf({ protocol }: ProxiedTarget): 'http' | 'https' {
  return protocol === 'http' ? 'http' : 'https';
}

function isPast({ bypass }: ProxyRules, target: ProxiedTarget): boolean {
  const entries = bypass.flatMap(entry => entry.split(/[;\s]+/)).filter(entry => entry !== '');
  return entries.some(entry => isBypassed(entry, target));
}

/** The first usable entry counts; one with a user name is none: what its client does with it is not known. */
function serverFor(server: string, wanted: 'http' | 'https'): string {
  for (const entry of server.split(/[;\s]+/)) {
    const [, scheme, own] = /^([A-Za-z]+)=(.*)$/.exec(entry) ?? [];
    if (scheme !== undefined && scheme.toLowerCase() !== wanted) continue;
    const address = (own ?? entry).replace(/^[A-Za-z]+:\/\//, '').replace(/\/.*$/, '');
    const [, host, port = '80'] = /^(\[[^[\]=]+\]|[^[\]=:@]+)(?::(\d{1,5}))?$/.exec(address) ?? [];
    if (host !== undefined && Number(port) >= 1 && Number(port) <= 65535) return `${host}:${Number(port)}`;
  }
  return '';
}

/** An entry may carry a scheme and a port; only `*` is special in it. */
function isBypassed(entry: string, { host, port }: ProxiedTarget): boolean {
  if (entry.toLowerCase() === '<local>') return !host.includes('.') && !host.includes(':');
  const bare = entry.replace(/^[A-Za-z]+:\/\//, '');
  const [, before = bare, own] = /^(\[[^\]]*\]|[^:]*):(\d{1,5})$/.exec(bare) ?? [];
  if (own !== undefined && Number(own) !== port) return false;
  return matches(before.replace(/^\[|\]$/g, '').toLowerCase(), host.replace(/^\[|\]$/g, '').toLowerCase());
}

/** Parts between the stars, one after the other: no expression that a hostile list could make slow. */
function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return first === text;
  const last = rest.pop() ?? '';
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

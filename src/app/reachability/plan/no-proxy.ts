import type { ProxiedTarget } from './proxy-route';

/**
 * Whether NO_PROXY lets a target go past the proxy, as programs in Go read it, of which the Arc agent is one: commas; a name
 * stands for itself and all below it, with a dot or `*.` before it only for what is below; `*` for everything; a port behind a
 * name restricts it to that port; addresses and networks are for addresses alone (golang/net `http/httpproxy/proxy.go`,
 * 094d4385).
 */
export function isException(exceptions: string, { host, port }: Omit<ProxiedTarget, 'protocol'>): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return exceptions
    .toLowerCase()
    .split(',')
    .some(entry => isExcepted(entry.trim(), name, port));
}

function isExcepted(entry: string, name: string, port: number): boolean {
  if (entry === '*') return true;
  const [, before = entry, own] = /^(\[[^\]]*\]|[^:]*):(\d{1,5})$/.exec(entry) ?? [];
  const domain = before.replace(/^\[|\]$/g, '').replace(/^\*(?=\.)/, '');
  if (domain === '' || (own !== undefined && Number(own) !== port)) return false;
  return domain.startsWith('.') ? name.endsWith(domain) : name === domain || name.endsWith(`.${domain}`);
}

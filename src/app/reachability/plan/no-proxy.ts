import { isOfNode, matchesNoProxy } from '../../proxy/setting/no-proxy';
import type { ProxiedTarget } from './proxy-route';

/** Whether NO_PROXY, with commas between its entries, lets a target go past the proxy, by the rules of {@link matchesNoProxy}. */
export function isException(exceptions: string, { host, port }: Omit<ProxiedTarget, 'protocol'>): boolean {
  const name = host.toLowerCase();
  const entries = exceptions
    .toLowerCase()
    .split(',')
    .map(entry => entry.trim());
  return isOfNode(name) || entries.some(entry => matchesNoProxy(name, port, entry));
}

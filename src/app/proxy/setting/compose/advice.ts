import type { Cluster } from '../../../cluster/cluster';
import { keepsArcGateway } from '../layers/arc-gateway';
import { serverFor } from '../layers/layers';
import { hasPublicAddresses, patternsOf } from './ranges';

/** What is doubtful about typed values; each has its sentence under `proxy.warning.<code>`. */
export interface Warning {
  readonly code: 'everything-direct' | 'public-range' | 'loopback' | 'dot-local' | 'no-local' | 'no-nodes';
  readonly value: string;
}

/** The page for 23H2 and later names what is not supported (azure-stack-docs, configure-proxy-settings-23h2.md, dab362c0). */
export function warningsFor(
  server: string,
  bypass: readonly string[],
  nodes: readonly string[],
): readonly Warning[] {
  const found: Warning[] = [];
  for (const text of new Set([serverFor('http', server), serverFor('https', server)])) {
    const host = text
      .replace(/^http:\/\//i, '')
      .replace(/:\d+$/, '')
      .toLowerCase()
      .replace(/^\[.*\]$/, address =>
        URL.canParse(`http://${address}`) ? new URL(`http://${address}`).hostname : address,
      );
    if (host.endsWith('.local')) found.push({ code: 'dot-local', value: text });
    if (/^(?:localhost|127\..*|0\.0\.0\.0|\[::1?\]|\[::ffff:7f.*\])$/.test(host) && !keepsArcGateway(server))
      found.push({ code: 'loopback', value: text });
  }
  for (const entry of bypass) {
    if (/^[*.]+$/.test(entry)) found.push({ code: 'everything-direct', value: entry });
    if (hasPublicAddresses(entry)) found.push({ code: 'public-range', value: entry });
  }
  const has = (name: string) => bypass.some(entry => entry.toLowerCase() === name.toLowerCase());
  if (!has('localhost')) found.push({ code: 'no-local', value: 'localhost' });
  const missing = nodes.filter(name => !has(name));
  if (missing.length > 0) found.push({ code: 'no-nodes', value: missing.join(', ') });
  return found;
}

/** What Microsoft's page wants in a bypass list, as far as this cluster tells it; in WinINet's notation. */
export function proposalsFor(cluster: Cluster, addresses: readonly string[]): readonly string[] {
  const names = cluster.nodes.map(({ name }) => name);
  const suffix = cluster.nodes[0]?.fqdn.split('.').slice(1).join('.') ?? '';
  const clusterName = cluster.name.split('.')[0] ?? '';
  const all = [
    'localhost',
    '127.0.0.1',
    ...names,
    ...(clusterName === '' ? [] : [clusterName]),
    ...addresses,
    // The cluster's own address and the network of the nodes' infrastructure, where the cluster told them.
    ...(cluster.addresses ?? []).map(({ address }) => address),
    ...(cluster.addresses ?? []).flatMap(({ address, prefix }) => patternsOf(`${address}/${prefix}`) ?? []),
    ...(suffix === '' ? [] : [`*.${suffix}`]),
  ];
  return [...new Map(all.map(entry => [entry.toLowerCase(), entry])).values()];
}

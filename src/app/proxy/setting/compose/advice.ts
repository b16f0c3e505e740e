import type { Cluster } from '../../../cluster/cluster';
import { keepsArcGateway } from '../layers/arc-gateway';
import { serverFor } from '../layers/layers';
import { hasPublicAddresses, networkOf, patternsOf, troubleOf } from './ranges';
import { wouldGoDirect } from './would-go-direct';

/** What is doubtful about typed values; each has its sentence under `proxy.warning.<code>`. */
export interface Warning {
  readonly code:
    | 'everything-direct'
    | 'public-range'
    | 'listed-direct'
    | 'loopback'
    | 'dot-local'
    | 'no-https'
    | 'no-http'
    | 'no-local'
    | 'no-nodes';
  readonly value: string;
  /** `listed-direct`: hosts of the list that the entry sends past the proxy. */
  readonly hosts?: readonly string[];
}

/** The page for 23H2 and later names what is not supported (azure-stack-docs, configure-proxy-settings-23h2.md, dab362c0). */
export function serverWarnings(server: string): readonly Warning[] {
  const found: Warning[] = [];
  for (const scheme of ['https', 'http'] as const)
    if (serverFor(scheme, server) === '') found.push({ code: `no-${scheme}`, value: server });
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
  return found;
}

/**
 * @param nodes names of the cluster's nodes
 * @param listed hosts of the list that is chosen, wildcards among them
 */
export function bypassWarnings(
  bypass: readonly string[],
  nodes: readonly string[],
  listed: readonly string[],
): readonly Warning[] {
  const found: Warning[] = [];
  for (const entry of bypass) {
    const isAll = /^[*.]+$/.test(entry);
    const hosts = isAll ? [] : listed.filter(host => isCovered(host, entry));
    if (hosts.length > 0) found.push({ code: 'listed-direct', value: entry, hosts });
    if (isAll) found.push({ code: 'everything-direct', value: entry });
    if (hasPublicAddresses(entry)) found.push({ code: 'public-range', value: entry });
  }
  const has = (name: string) => bypass.some(entry => entry.toLowerCase() === name.toLowerCase());
  if (!has('localhost')) found.push({ code: 'no-local', value: 'localhost' });
  const missing = nodes.filter(name => !has(name));
  if (missing.length > 0) found.push({ code: 'no-nodes', value: missing.join(', ') });
  return found;
}

/** Whether an entry sends a host past the proxy; of a wildcard, every host that it stands for. */
function isCovered(host: string, entry: string): boolean {
  return wouldGoDirect('machine', host.replace(/^\*/, 'any-name'), entry).direct === true;
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

/** A network of the cluster that would take more patterns than are proposed; `wider` is the one that covers them all. */
export interface NetworkLeftOut {
  readonly range: string;
  readonly count: number;
  readonly wider: string;
}

/** What {@link proposalsFor} cannot propose. */
export function networksLeftOut({ addresses = [] }: Cluster): readonly NetworkLeftOut[] {
  return addresses.flatMap(({ address, prefix }) => {
    const range = `${address}/${prefix}`;
    const trouble = troubleOf(range);
    return patternsOf(range) === undefined && trouble.code === 'many'
      ? [{ range: networkOf(address, prefix), count: trouble.count, wider: trouble.wider }]
      : [];
  });
}

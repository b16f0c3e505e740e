import type { ClusterConnection } from '../wac/host';
import type { Cluster, Node } from './cluster';
import { byName, validName } from './parse-overview';

/**
 * The cluster as WAC remembers it, for when the cluster itself did not answer. Node states are unknown. A short node
 * name gets the domain of the cluster's name, because remoting wants full names.
 *
 * @param known what the cluster said of itself earlier; cloud, region and witness stay true
 */
export function clusterFromConnection(connection: ClusterConnection, known?: Cluster): Cluster {
  const domain = connection.name.split('.').slice(1).join('.');
  const nodes = new Map<string, Node>();
  for (const given of connection.nodes) {
    const valid = validName(given);
    if (valid === undefined) continue;
    const fqdn = valid.includes('.') || domain === '' ? valid : `${valid}.${domain}`;
    const name = valid.split('.')[0] ?? valid;
    nodes.set(fqdn.toLowerCase(), { name, fqdn, state: 'unknown' });
  }
  return {
    ...known,
    name: known?.name ?? connection.name,
    nodes: [...nodes.values()].sort(byName),
    origin: 'connection',
  };
}

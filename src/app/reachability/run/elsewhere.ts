import type { Cluster } from '../../cluster/cluster';
import type { RunState } from './run';

/** Why a run says nothing of a cluster: it is of another one, or none of its nodes is there. */
export type Elsewhere = 'cluster' | 'nodes';

/**
 * Whether a run is of another cluster, or of nodes that this one does not have; runs are carried in files. Not known of one
 * from before files named the cluster, unless its nodes tell.
 *
 * @param cluster undefined while it is not read: then the name alone counts
 * @param connection the name under which Windows Admin Center knows the cluster
 */
export function elsewhere(
  { request, nodes }: Pick<RunState, 'request' | 'nodes'>,
  cluster: Pick<Cluster, 'name' | 'nodes'> | undefined,
  connection: string,
): Elsewhere | undefined {
  const names = [connection, ...(cluster === undefined ? [] : [cluster.name])];
  if (!names.some(name => isSameName(name, request.cluster))) return 'cluster';
  if (cluster === undefined || cluster.nodes.length === 0 || nodes.length === 0) return undefined;
  const known = nodes.some(({ node }) =>
    cluster.nodes.some(each => isSameName(each.name, node.name) || isSameName(each.fqdn, node.name)),
  );
  return known ? undefined : 'nodes';
}

/** Also where one of them has no domain; a file from before names were written has ''. */
export function isSameName(one: string, other: string): boolean {
  if (one === '' || other === '') return true;
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

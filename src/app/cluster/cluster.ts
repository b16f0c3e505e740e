/** Azure clouds as the catalog names them. */
export type Cloud = 'public' | 'usgov' | 'china';
export const CLOUDS: readonly Cloud[] = ['public', 'usgov', 'china'];

export type NodeState = 'up' | 'down' | 'paused' | 'joining' | 'unknown';

export interface Node {
  /** Short name, for example `node1`. */
  readonly name: string;
  /** The name that remoting uses. */
  readonly fqdn: string;
  readonly state: NodeState;
  /** Build of the operating system, for example 20348 of version 21H2; absent when the cluster does not say. */
  readonly build?: number;
}

/** An IPv4 address of the cluster's own name, with the network that it is in: that of the nodes' infrastructure. */
export interface ClusterAddress {
  readonly address: string;
  /** Length of the network's prefix, in bits. */
  readonly prefix: number;
}

export interface Cluster {
  readonly name: string;
  readonly nodes: readonly Node[];
  /** Read from the cluster's own registration; undefined when the cluster does not know. */
  readonly cloud?: Cloud;
  /** Absent when the cluster did not tell them. */
  readonly addresses?: readonly ClusterAddress[];
  /** Azure region of the registration, for example `eastus`. */
  readonly region?: string;
  /** Storage account of the cloud witness. */
  readonly witnessAccount?: string;
  /** The account that remoting uses, as a node knows it: `DOMAIN\name`. For people and files only. */
  readonly account?: string;
  /** Where the node list is from: the cluster itself, or what WAC had kept. */
  readonly origin: 'cluster' | 'connection';
}

/**
 * Nodes on which scripts are run: a paused node keeps its network, and a node whose state nobody told is tried –
 * it answers or says that it does not.
 */
export function isReachableState(state: NodeState): boolean {
  return state === 'up' || state === 'paused' || state === 'unknown';
}

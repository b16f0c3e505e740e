import type { Scenario, ScenarioNode } from '../lab/scenario.ts';
import type { NodeEngine } from './node-engine.ts';

/** A simulated node as the gateway meets it. */
export interface ClusterMember {
  /** Short name as the scenario has it. */
  readonly name: string;
  readonly fqdn: string;
  readonly state: ScenarioNode['state'];
  readonly credentials: ScenarioNode['credentials'];
  /** Absent on a node that is down. */
  readonly engine?: NodeEngine;
}

/** The nodes of one scenario, running. */
export interface SimulatedCluster {
  /** The cluster's FQDN. */
  readonly name: string;
  readonly members: readonly ClusterMember[];
  /** Finds by short name, FQDN or the cluster's name, whatever the case; the cluster's name leads to its first node that runs. */
  find(target: string): ClusterMember | undefined;
  stop(): Promise<void>;
}

/** Starts the PowerShell of one node. */
export type StartEngine = (node: ScenarioNode, names: ClusterNames) => Promise<NodeEngine>;

export interface ClusterNames {
  /** The cluster's FQDN. */
  readonly cluster: string;
  readonly domain: string;
  /** FQDN of a node of this cluster. */
  fqdn(node: string): string;
}

const FALLBACK_DOMAIN = 'contoso.local';

/** Names follow the cluster's: `hci.contoso.local` makes `node1` into `node1.contoso.local`. */
export function clusterNames(scenario: Scenario): ClusterNames {
  const written = scenario.cluster.name;
  const dot = written.indexOf('.');
  const domain = dot > 0 ? written.slice(dot + 1) : FALLBACK_DOMAIN;
  const fqdn = (name: string): string => (name.includes('.') ? name : `${name}.${domain}`);
  return { cluster: fqdn(written), domain, fqdn };
}

/** Starts every node that is not down, all at once; if one fails, the others are ended again. */
export async function startCluster(scenario: Scenario, startEngine: StartEngine): Promise<SimulatedCluster> {
  const names = clusterNames(scenario);
  const engines = await Promise.allSettled(
    scenario.nodes.map(async node => (node.state === 'Down' ? undefined : startEngine(node, names))),
  );
  const started = engines.flatMap(engine =>
    engine.status === 'fulfilled' && engine.value ? [engine.value] : [],
  );
  const stop = async (): Promise<void> => {
    await Promise.allSettled(started.map(engine => engine.close()));
  };
  const failed = engines.findIndex(engine => engine.status === 'rejected');
  const failure = engines[failed];
  if (failure?.status === 'rejected') {
    await stop();
    const reason: unknown = failure.reason;
    throw new Error(
      `${scenario.nodes[failed]?.name ?? 'A node'} did not start: ${reason instanceof Error ? reason.message : String(reason)}`,
    );
  }
  const members = scenario.nodes.map((node, index): ClusterMember => {
    const engine = engines[index];
    return {
      name: node.name,
      fqdn: names.fqdn(node.name),
      state: node.state,
      credentials: node.credentials,
      ...(engine?.status === 'fulfilled' && engine.value ? { engine: engine.value } : {}),
    };
  });
  return { name: names.cluster, members, find: target => findMember(names, members, target), stop };
}

function findMember(
  names: ClusterNames,
  members: readonly ClusterMember[],
  target: string,
): ClusterMember | undefined {
  const wanted = target.toLowerCase();
  const own = members.find(
    member => member.name.toLowerCase() === wanted || member.fqdn.toLowerCase() === wanted,
  );
  if (own) return own;
  const cluster = names.cluster.toLowerCase();
  if (wanted === cluster || wanted === cluster.split('.')[0]) return members.find(member => member.engine);
  return undefined;
}

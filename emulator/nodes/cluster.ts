import type { Scenario, ScenarioNode } from '../lab/scenario.ts';
import type { NodeEngine } from './node-engine.ts';

/** A simulated node as the gateway meets it. */
export interface ClusterMember {
  /** Short name as the scenario has it. */
  readonly name: string;
  readonly fqdn: string;
  readonly state: ScenarioNode['state'];
  readonly credentials: ScenarioNode['credentials'];
  /** The one that it has now; absent on a node that is down. */
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

/** One whose nodes can be started again. */
export interface RestartableCluster extends SimulatedCluster {
  /** A node that runs loses its power, with all that is under way on it, and comes back. */
  restart(name: string): Promise<void>;
}

/**
 * Starts the PowerShell of one node.
 * @param former the one that the node had until it lost its power: it is ended, and what outlasts that is taken over
 */
export type StartEngine = (
  node: ScenarioNode,
  names: ClusterNames,
  former?: NodeEngine,
) => Promise<NodeEngine>;

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
export async function startCluster(
  scenario: Scenario,
  startEngine: StartEngine,
): Promise<RestartableCluster> {
  const names = clusterNames(scenario);
  const engines = await Promise.allSettled(
    scenario.nodes.map(async node => (node.state === 'Down' ? undefined : startEngine(node, names))),
  );
  const running = new Map<ScenarioNode, NodeEngine>();
  scenario.nodes.forEach((node, index) => {
    const engine = engines[index];
    if (engine?.status === 'fulfilled' && engine.value) running.set(node, engine.value);
  });
  const stop = async (): Promise<void> => {
    await Promise.allSettled([...running.values()].map(engine => engine.close()));
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
  const members = scenario.nodes.map((node): ClusterMember => {
    const { name, state, credentials } = node;
    const member = { name, fqdn: names.fqdn(name), state, credentials };
    if (!running.has(node)) return member;
    return Object.defineProperty(member, 'engine', { get: () => running.get(node), enumerable: true });
  });
  const restart = async (name: string): Promise<void> => {
    const node = scenario.nodes.find(each => each.name === name);
    const former = node && running.get(node);
    if (node === undefined || former === undefined) throw new Error(`${name} does not run.`);
    running.set(node, await startEngine(node, names, former));
  };
  return {
    name: names.cluster,
    members,
    find: target => findMember(names, members, target),
    restart,
    stop,
  };
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

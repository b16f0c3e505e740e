import type { Scenario, ScenarioNode } from '../lab/scenario.ts';
import type { ClusterNames } from './cluster.ts';
import { extensionModule } from './extension-module.ts';
import type { NodeSeed } from './host-protocol.ts';

/** What the PowerShell host is told of its node. */
export function nodeSeed(scenario: Scenario, node: ScenarioNode, names: ClusterNames): NodeSeed {
  const { cloud, build, address, subnetMask, witnessAccount } = scenario.cluster;
  return {
    name: node.name,
    fqdn: names.fqdn(node.name),
    languageMode: node.languageMode,
    proxy: node.proxy,
    proxyBypass: node.proxyBypass,
    proxyModule: node.proxyModule,
    environment: node.environment,
    registry: node.wininet,
    ...(node.winHttpProxy === null ? {} : { winHttpProxy: node.winHttpProxy }),
    ...(node.arcAgent === null ? {} : { arcAgent: node.arcAgent }),
    ...(node.arcAgentFault === null ? {} : { arcAgentFault: node.arcAgentFault }),
    blockedPrograms: node.blockedPrograms,
    ...(node.curl === undefined ? {} : { curl: node.curl }),
    ...(node.languageMode === 'ConstrainedSigned' ? { signedModule: extensionModule() } : {}),
    cluster: {
      name: names.cluster,
      nodes: scenario.nodes.map(({ name, state }) => ({ Name: name, State: state })),
      ...(build === undefined ? {} : { build }),
      ...(cloud === undefined ? {} : { cloud }),
      ...(address === undefined ? {} : { address }),
      ...(subnetMask === undefined ? {} : { subnetMask }),
      ...(witnessAccount === undefined ? {} : { witnessAccount }),
    },
  };
}

import type { TestContext } from 'node:test';
import { type Gateway, type GatewayOptions, startGateway } from '../../../emulator/gateway/gateway.ts';
import { readApp } from '../../../emulator/gateway/site.ts';
import type { Scenario, ScenarioNode } from '../../../emulator/lab/scenario.ts';
import { startCluster } from '../../../emulator/nodes/cluster.ts';
import { FakeEngine } from './fake-engine.ts';
import { installTool } from './installed-tool.ts';
import { type Call, openPage } from './sdk-client.ts';

export const CLUSTER = 'hci-cluster.contoso.local';

export interface GatewayUnderTest {
  readonly gateway: Gateway;
  readonly url: string;
  /** Engines by short name of their node. */
  readonly engine: (node: string) => FakeEngine;
  /** A request as the SDK sends it: with the token of the cookie. */
  readonly call: Call;
  /** The same without token and cookie. */
  readonly bare: (method: string, path: string, headers?: Record<string, string>) => Promise<Response>;
}

function scenarioNode(name: string, more: Partial<ScenarioNode> = {}): ScenarioNode {
  return {
    name,
    state: 'Up',
    proxy: null,
    proxyBypass: '',
    languageMode: 'Full',
    winHttpProxy: null,
    environment: {},
    arcAgent: null,
    arcAgentFault: null,
    blockedPrograms: [],
    wininet: {},
    proxyModule: true,
    credentials: 'gateway',
    egress: 'open',
    clockSkewSeconds: 0,
    resolvers: ['192.0.2.53'],
    faults: [],
    ...more,
  };
}

/** node1 and node2 up, node3 wants credentials, node4 down. */
export const SCENARIO: Scenario = {
  cluster: { name: CLUSTER, cloud: 'public', witnessAccount: 'contosowitness' },
  nodes: [
    scenarioNode('node1'),
    scenarioNode('node2', { state: 'Paused' }),
    scenarioNode('node3', { credentials: 'wanted' }),
    scenarioNode('node4', { state: 'Down' }),
  ],
  proxies: [],
};

/** A gateway on a free port over engines that the test plays; ended with the test. */
export async function startTestGateway(
  context: TestContext,
  options: Partial<GatewayOptions> = {},
): Promise<GatewayUnderTest> {
  const tool = await installTool();
  const engines = new Map<string, FakeEngine>();
  const cluster = await startCluster(SCENARIO, node => {
    const engine = new FakeEngine();
    engines.set(node.name, engine);
    return Promise.resolve(engine);
  });
  const gateway = await startGateway({
    cluster,
    app: await readApp(tool.folder),
    shellFolder: tool.folder,
    about: { scenario: 'test', network: { kind: 'local', reason: '' } },
    port: 0,
    poll: { first: 50, next: 20 },
    connectMs: 30,
    ...options,
  });
  context.after(async () => {
    await gateway.stop();
    await cluster.stop();
    await tool.remove();
  });
  const url = `http://127.0.0.1:${String(gateway.port)}`;
  const bare: GatewayUnderTest['bare'] = (method, path, headers = {}) =>
    fetch(url + path, { method, headers });
  return {
    gateway,
    url,
    bare,
    engine: node => {
      const engine = engines.get(node);
      if (!engine) throw new Error(`${node} has no engine`);
      return engine;
    },
    call: await openPage(url),
  };
}

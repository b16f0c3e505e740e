import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type Gateway, type GatewayOptions, startGateway } from '../../emulator/gateway/gateway.ts';
import { readApp } from '../../emulator/gateway/site.ts';
import type { Scenario, ScenarioNode } from '../../emulator/lab/scenario.ts';
import { startCluster } from '../../emulator/nodes/cluster.ts';
import { FakeEngine } from './fake-engine.ts';

export const CLUSTER = 'hci-cluster.contoso.local';
export const V1 = (node: string, rest: string): string =>
  `/api/nodes/${node}/features/powershellApi/${rest}?api-version=2019-02-01`;
export const V2 = (node: string, rest: string): string =>
  `/api/services/WinREST/PowerShell/nodes/${node}/${rest}`;

export interface GatewayUnderTest {
  readonly gateway: Gateway;
  readonly url: string;
  /** Engines by short name of their node. */
  readonly engine: (node: string) => FakeEngine;
  /** A request as the SDK sends it: with the token of the cookie. */
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Response>;
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
    proxyModule: true,
    credentials: 'gateway',
    egress: 'open',
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
  const folder = await mkdtemp(join(tmpdir(), 'gateway-test-'));
  const page = '<!doctype html><html><head><base href="/" /></head><body>tool</body></html>';
  await writeFile(join(folder, 'index.html'), page);
  await writeFile(join(folder, 'main.js'), 'export {};');
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ name: 'contoso.tool', version: '1.2.3' }));
  const engines = new Map<string, FakeEngine>();
  const cluster = await startCluster(SCENARIO, node => {
    const engine = new FakeEngine();
    engines.set(node.name, engine);
    return Promise.resolve(engine);
  });
  const gateway = await startGateway({
    cluster,
    app: await readApp(folder),
    shellFolder: folder,
    about: { scenario: 'test', network: { kind: 'local', reason: '' } },
    port: 0,
    poll: { first: 50, next: 20 },
    connectMs: 30,
    ...options,
  });
  context.after(async () => {
    await gateway.stop();
    await cluster.stop();
    await rm(folder, { recursive: true });
  });
  const url = `http://127.0.0.1:${String(gateway.port)}`;
  const bare: GatewayUnderTest['bare'] = (method, path, headers = {}) =>
    fetch(url + path, { method, headers });
  const entry = await bare('GET', '/');
  const cookie = entry.headers
    .getSetCookie()
    .map(line => line.split(';')[0] ?? '')
    .join('; ');
  const token = /WAC-XSRF=([^;]+)/.exec(cookie)?.[1] ?? '';
  return {
    gateway,
    url,
    bare,
    engine: node => {
      const engine = engines.get(node);
      if (!engine) throw new Error(`${node} has no engine`);
      return engine;
    },
    call: (method, path, body, headers = {}) =>
      fetch(url + path, {
        method,
        headers: { cookie, 'x-xsrf-token': token, ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
  };
}

/** What a PowerShell request answers, as tests read it. */
export interface Answer {
  readonly sessionId: string;
  readonly completed: string;
  readonly results: readonly unknown[];
  readonly progress?: readonly unknown[];
  readonly errors?: readonly { errorType: string; message: string }[];
  readonly error?: { code: string; message: string; forbidden?: string };
}

export async function answerOf(response: Response | Promise<Response>): Promise<Answer> {
  return (await (await response).json()) as Answer;
}

export function command(script: string, more: Record<string, unknown> = {}): unknown {
  return { properties: { script, command: 'Get-Thing', module: 'Contoso.Tool', parameters: {}, ...more } };
}

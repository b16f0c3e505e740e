import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { nodeScript } from '../../scripts/lib/node-scripts.ts';
import { checkScenario } from '../../emulator/lab/read-scenario.ts';
import { clusterNames } from '../../emulator/nodes/cluster.ts';
import { nodeSeed } from '../../emulator/nodes/node-seed.ts';
import { preferModule } from '../../scripts/generate.ts';
import { startNode, type TestNode } from '../support/node-host.ts';
import { ACCOUNT, binary, blob, machine } from '../support/proxy-formers.ts';
import { loadToolCode, type ToolCode } from './tool-code.ts';

const LOGIN = { host: 'login.microsoftonline.com', port: 443, protocol: 'https' };
const PAC = 'http://pac.contoso.com/p.pac';
const SYSTEM = ACCOUNT.replace('HKCU:', 'HKEY_USERS\\S-1-5-18');

/** Of each part of a scenario's node: what the product's script tells, or the way that the tool then takes to an endpoint. */
const ROUTES: readonly (readonly [what: string, node: object, told: object])[] = [
  ['nothing', {}, { wininet: '', winhttp: '', agent: undefined }],
  [
    'wininet',
    { wininet: machine(blob(3, 'wide.contoso.com:1')) },
    { wininet: 'wide.contoso.com:1', winhttp: '', agent: undefined },
  ],
  ['wininet: script', { wininet: machine(blob(5, '', '', PAC)) }, { pacUrl: PAC }],
  ['wininet: detection', { wininet: machine(blob(9, '')) }, { detects: true }],
  [
    'wininet: of an account of services',
    { wininet: { [SYSTEM]: { DefaultConnectionSettings: binary(blob(3, 's.contoso.com:2')) } } },
    { wininet: '', serviceProxies: ['LocalSystem=s.contoso.com:2'] },
  ],
  [
    'wininet: bytes that are none',
    { wininet: machine(Buffer.from('0102ff', 'hex').toString('base64')) },
    { readable: false },
  ],
  [
    'winHttpProxy',
    { winHttpProxy: { server: 'winhttp.contoso.com:3', bypass: '*.local' } },
    { wininet: '', winhttp: 'winhttp.contoso.com:3', agent: undefined },
  ],
  [
    'winHttpProxy: exception',
    { winHttpProxy: { server: 'winhttp.contoso.com:3', bypass: '*.microsoftonline.com' } },
    { winhttp: '' },
  ],
  [
    'environment',
    { arcAgent: { 'proxy.url': '' }, environment: { HTTPS_PROXY: 'http://env.contoso.com:4' } },
    { wininet: '', winhttp: '', agent: 'env.contoso.com:4' },
  ],
  [
    'environment: exception',
    {
      arcAgent: { 'proxy.url': '' },
      environment: { HTTPS_PROXY: 'http://env.contoso.com:4', NO_PROXY: '.microsoftonline.com' },
    },
    { agent: '' },
  ],
  [
    'arcAgent',
    { arcAgent: { 'proxy.url': 'http://agent.contoso.com:5' }, environment: { HTTPS_PROXY: 'http://e:4' } },
    { wininet: '', winhttp: '', agent: 'agent.contoso.com:5' },
  ],
  [
    'arcAgent: Arc gateway',
    { arcAgent: { 'proxy.url': 'http://localhost:40343', 'connection.type': 'gateway' } },
    { agent: 'localhost:40343', connectionType: 'gateway' },
  ],
  ['arcAgentFault', { arcAgentFault: 'fails' }, { agent: undefined, isUnread: true }],
];

const CURLS: readonly (readonly [version: string | undefined, told: string])[] = [
  [undefined, 'headers'],
  ['8.4.0', 'headers'],
  ['7.83.1', 'headers'],
  ['7.55.1', 'status'],
  ['none', 'curl-missing'],
];

const MODES = [
  ['Full', 'script', 'FullLanguage'],
  ['Constrained', 'script', 'ConstrainedLanguage'],
  ['ConstrainedSigned', 'module', 'FullLanguage'],
] as const;

/** Must show 1 of the nodes' routes: each route and each mode that a scenario can give a node, through the product's scripts. */
describe('What a scenario says of a node', () => {
  let node: TestNode;
  let tool: ToolCode;
  let server: Server;
  let port = 0;
  before(async () => {
    tool = await loadToolCode();
    node = await startNode();
    server = createServer((_, response) => response.writeHead(404, { 'x-ms-request-id': '1' }).end());
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  after(async () => {
    server.close();
    await node.stop();
  });

  /** As the tool sends it: by the module where the node's policy trusts that. */
  const run = (name: string, parameters: Readonly<Record<string, unknown>>) =>
    node.run(tool.commandScript(preferModule(name, nodeScript(name)), parameters));

  async function seed(languageMode: string, more: object): Promise<void> {
    const cluster = { name: 'hci.contoso.local', cloud: 'public' };
    const scenario = checkScenario({ cluster, nodes: [{ name: 'node1', languageMode, ...more }] }, 'test');
    const [first = assert.fail()] = scenario.nodes;
    await node.seed(nodeSeed(scenario, first, clusterNames(scenario)));
  }

  async function told(): Promise<Readonly<Record<string, unknown>>> {
    const { output, errors } = await run('Get-ProxySetting', { Routes: true });
    assert.deepEqual([errors, output.length], [[], 1]);
    const setting = output[0] as Readonly<Record<string, unknown>>;
    const { winhttp, agent } = tool.readClientRoutes(setting);
    const { connectionType, unread } = (setting['arcAgent'] ?? {}) as Readonly<Record<string, unknown>>;
    return {
      ...setting,
      wininet: setting['server'],
      winhttp: winhttp?.(LOGIN),
      agent: agent?.(LOGIN),
      connectionType,
      isUnread: unread !== undefined,
    };
  }

  for (const [languageMode, runBy, language] of MODES) {
    for (const [what, scenario, expected] of ROUTES)
      it(`is what its script tells: ${what}, ${languageMode}`, async () => {
        await seed(languageMode, scenario);
        const setting = await told();
        assert.deepEqual([setting['runBy'], setting['languageMode']], [runBy, language]);
        for (const [name, value] of Object.entries(expected)) assert.deepEqual(setting[name], value, name);
      });

    for (const [version, expected] of CURLS)
      it(`is what its probe sees: curl ${version ?? 'of now'}, ${languageMode}`, async () => {
        await seed(languageMode, version === undefined ? {} : { curl: version });
        const endpoint = { host: '127.0.0.1', port, protocol: 'http', path: '/', proxy: '' };
        const { output, errors } = await run('Test-EndpointByCurl', { Endpoints: [endpoint] });
        const lines = output.flatMap(text =>
          String(text)
            .split('\n')
            .map(line => line.split('\t')),
        );
        const status = lines.find(([mark]) => mark === 'T0')?.[2];
        const missing = errors.some(({ message }) => message.startsWith('curl-missing: '));
        const seen = missing
          ? 'curl-missing'
          : lines.some(([mark]) => mark?.startsWith('H'))
            ? 'headers'
            : 'status';
        assert.deepEqual([seen, status], [expected, missing ? undefined : '404']);
      });
  }
});

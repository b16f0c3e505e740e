import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { nodeScript } from '../../../scripts/lib/node-scripts.ts';
import type { NodeSeed } from '../../../emulator/nodes/host-protocol.ts';
import { startNode, type TestNode } from '../../support/node-host.ts';
import { loadToolCode, type ToolCode } from '../tool-code.ts';
import '../../support/fixed-seed.ts';

const POLICY = 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const CONNECTIONS = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections';

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
};
const lengthAndText = (text: string): Buffer =>
  Buffer.concat([u32(text.length), Buffer.from(text, 'latin1')]);

/** A value as WinINet keeps it: 0x46, counter, flags, server, bypass list, script address, and a tail of 32 bytes. */
function blob(flags: number, server = '', bypass = '', pacUrl = '', version = 0x46): Buffer {
  const texts = [server, bypass, pacUrl].map(lengthAndText);
  return Buffer.concat([u32(version), u32(5), u32(flags), ...texts, Buffer.alloc(32)]);
}

/** A registry with such a value, machine-wide or of the account. */
function registryWith(bytes: Buffer, machineWide = true): NodeSeed['registry'] {
  const data = { kind: 'Binary', data: bytes.toString('base64') } as const;
  return {
    [`${machineWide ? 'HKLM' : 'HKCU'}:\\${CONNECTIONS}`]: { DefaultConnectionSettings: data },
    ...(machineWide ? { [POLICY]: { ProxySettingsPerUser: 0 } } : {}),
  };
}

for (const languageMode of ['Full', 'Constrained'] as const)
  describe(`Get-ProxySetting in the language mode ${languageMode}`, () => {
    let node: TestNode;
    let tool: ToolCode;
    before(async () => {
      tool = await loadToolCode();
      node = await startNode();
    });
    after(() => node.stop());
    const seed = (more: Partial<NodeSeed>): Promise<void> => node.seed({ languageMode, ...more });
    beforeEach(() => seed({ proxyModule: true }));

    const read = async (): Promise<Record<string, unknown>> => {
      const run = await node.run(nodeScript('Get-ProxySetting'));
      assert.deepEqual(run.errors, []);
      assert.equal(run.output.length, 1);
      return run.output[0] as Record<string, unknown>;
    };

    it('tells by what clients go as when it tells all, without what only a change needs', async () => {
      const environment = { HTTPS_PROXY: 'http://env.contoso.com:8080', NO_PROXY: '.contoso.local' };
      const winHttpProxy = { server: 'http.contoso.com:8080', bypass: '*.contoso.local' };
      for (const arcAgent of [
        undefined,
        { 'proxy.url': 'http://agent.contoso.com:8080', 'proxy.bypass': '' },
      ])
        for (const wide of [true, false]) {
          const registry = registryWith(blob(2, 'proxy.contoso.com:8080', '<local>'), wide);
          await seed({
            ...(arcAgent && { arcAgent }),
            environment,
            winHttpProxy,
            registry,
            proxyModule: true,
          });
          const asked = async (parameters: object): Promise<Record<string, unknown>> => {
            const run = await node.run(nodeScript('Get-ProxySetting'), { ...parameters });
            assert.deepEqual([run.errors, run.output.length], [[], 1]);
            return run.output[0] as Record<string, unknown>;
          };
          const { values, moduleVersion, ...routes } = await asked({ Routes: true });
          const all = await asked({ Layers: true });
          assert.equal(moduleVersion, null);
          const wanted = ['winhttp=', 'env.HTTP_PROXY=', 'env.HTTPS_PROXY=', 'env.NO_PROXY='];
          assert.deepEqual(
            values,
            (all['values'] as string[])
              .filter(line => wanted.some(id => line.startsWith(id)))
              .sort(
                (a, b) => wanted.findIndex(id => a.startsWith(id)) - wanted.findIndex(id => b.startsWith(id)),
              ),
          );
          for (const [name, value] of Object.entries(routes)) assert.deepEqual(value, all[name], name);
          assert.deepEqual(routes['arcAgent'] === null, arcAgent === undefined);
        }
    });

    it('tells the exceptions of each client, by which the tool then sends it', async () => {
      const winHttpProxy = { server: 'h.contoso.com:8080', bypass: '<local>;*.contoso.local;a.com' };
      const environment = {
        HTTP_PROXY: 'http://plain.contoso.com:3128',
        HTTPS_PROXY: 'http://e.contoso.com:8080',
        NO_PROXY: '.b.com,a.com:443',
      };
      let plain: (host: string) => string | undefined = () => undefined;
      const routesOf = async (arcAgent: Readonly<Record<string, string>>) => {
        await seed({ arcAgent, environment, winHttpProxy });
        const { output } = await node.run(nodeScript('Get-ProxySetting'), { Routes: true });
        const { winhttp, agent } = tool.readClientRoutes(output[0]);
        plain = host => agent?.({ host, port: 80, protocol: 'http' });
        const at = (host: string) => ({ host, port: 443, protocol: 'https' });
        return (host: string) => [winhttp?.(at(host)), agent?.(at(host))];
      };
      const byVariable = await routesOf({ 'proxy.url': '', 'proxy.bypass': '' });
      assert.deepEqual(byVariable('a.com'), ['', '']);
      assert.deepEqual(byVariable('x.contoso.local'), ['', 'e.contoso.com:8080']);
      assert.deepEqual(byVariable('x.b.com'), ['h.contoso.com:8080', '']);
      assert.deepEqual(byVariable('b.com'), ['h.contoso.com:8080', 'e.contoso.com:8080']);
      assert.deepEqual(byVariable('server'), ['', 'e.contoso.com:8080']);
      assert.equal(plain('a.org'), 'plain.contoso.com:3128');
      const byAgent = await routesOf({ 'proxy.url': 'http://g.contoso.com:8080', 'proxy.bypass': 'Arc' });
      assert.equal(byAgent('gbl.his.arc.azure.com')[1], '');
      assert.equal(byAgent('a.com')[1], 'g.contoso.com:8080');
    });

    it('tells of an agent that could not be asked that it is there, and why, and of the rest all there is', async () => {
      const arcAgent = { 'proxy.url': 'http://agent.contoso.com:8080', 'connection.type': 'direct' };
      const faults: readonly (readonly [Partial<NodeSeed>, RegExp])[] = [
        [
          { arcAgent, blockedPrograms: ['azcmagent'] },
          /failed to run: This program is blocked by group policy/,
        ],
        [{ arcAgentFault: 'crashes' }, /proxy\.url, exit code -1073741819/],
        [{ arcAgentFault: 'fails' }, /proxy\.url, exit code 1\. AZCM0026: the himds service/],
        [{ arcAgentFault: 'babbles' }, /^Unable to read/],
      ];
      const environment = { HTTPS_PROXY: 'http://env.contoso.com:8080' };
      for (const [fault, words] of faults)
        for (const parameters of [{ Layers: true }, { Routes: true }]) {
          await seed({ ...fault, environment });
          const run = await node.run(nodeScript('Get-ProxySetting'), parameters);
          assert.deepEqual([run.errors, run.output.length], [[], 1]);
          const { arcAgent: told, values } = run.output[0] as Record<string, unknown>;
          const agent = tool.parseAgent(told);
          assert.match(agent !== undefined && 'unread' in agent ? agent.unread : 'read', words);
          // It is there, and how it goes out nobody told.
          const way = tool.readClientRoutes(run.output[0]).agent;
          assert.equal(way?.({ host: 'a.com', port: 443, protocol: 'https' }), undefined);
          assert.ok(way);
          assert.ok((values as string[]).includes('env.HTTPS_PROXY=String|http://env.contoso.com:8080'));
        }
    });

    it('does not wait for an agent that it is not to ask, and tells that it is there', async () => {
      await seed({ arcAgentFault: 'hangs' });
      const skipping = async (more: object): Promise<unknown> => {
        const { output } = await node.run(nodeScript('Get-ProxySetting'), { SkipAgent: true, ...more });
        return (output[0] as Record<string, unknown>)['arcAgent'];
      };
      assert.deepEqual(await skipping({ Layers: true }), { unread: '' });
      assert.deepEqual(await skipping({ Routes: true }), { unread: '' });
      await seed({});
      assert.equal(await skipping({ Layers: true }), null);
    });

    it('tells why it could not tell every value', async () => {
      await seed({ winHttpProxy: { server: 'p.contoso.com:8080', bypass: '' }, blockedPrograms: ['reg'] });
      const run = await node.run(nodeScript('Get-ProxySetting'), { Layers: true });
      assert.deepEqual(run.errors, []);
      const { values, valuesUnread } = run.output[0] as Record<string, unknown>;
      assert.deepEqual(values, []);
      assert.match(String(valuesUnread), /reg\.exe' failed to run/);
    });

    it('finds nothing on a new node', async () => {
      assert.deepEqual(await read(), {
        computerName: 'NODE1',
        machineWide: false,
        perUserPolicy: null,
        server: '',
        bypass: [],
        pacUrl: '',
        autoDetect: false,
        detects: false,
        serviceProxies: [],
        moduleVersion: '0.1.0',
        readable: true,
        leftoverServer: '',
        languageMode: `${languageMode}Language`,
        runBy: 'script',
      });
    });

    it('reads what the module wrote, and the tool understands it', async () => {
      await seed({ proxy: 'webproxy1.com:9090', proxyBypass: 'localhost;*.contoso.com' });
      const { computerName, languageMode: mode, runBy, detects, serviceProxies, ...setting } = await read();
      assert.deepEqual(
        [mode, runBy, detects, serviceProxies],
        [`${languageMode}Language`, 'script', false, []],
      );
      assert.equal(computerName, 'NODE1');
      assert.deepEqual(setting, {
        machineWide: true,
        perUserPolicy: 0,
        server: 'webproxy1.com:9090',
        bypass: ['localhost', '*.contoso.com'],
        pacUrl: '',
        autoDetect: false,
        moduleVersion: null,
        readable: true,
        leftoverServer: '',
      });
      // The tool's code has its own Object.prototype.
      assert.deepEqual({ ...(tool.parseProxySetting(setting) as object) }, setting);
    });

    it('reads the layout byte for byte, and takes only what the flags put in force', async () => {
      const cases: [number, Record<string, unknown>][] = [
        [1, { server: '', bypass: [], pacUrl: '', autoDetect: false }],
        [3, { server: 'p:1', bypass: ['a', 'b'], pacUrl: '', autoDetect: false }],
        [5, { server: '', bypass: [], pacUrl: 'http://wpad/p.pac', autoDetect: false }],
        [9, { server: '', bypass: [], pacUrl: '', autoDetect: true }],
        [15, { server: 'p:1', bypass: ['a', 'b'], pacUrl: 'http://wpad/p.pac', autoDetect: true }],
      ];
      for (const [flags, expected] of cases) {
        await seed({ registry: registryWith(blob(flags, 'p:1', 'a; b;', 'http://wpad/p.pac')) });
        const setting = await read();
        assert.deepEqual(setting, { ...setting, ...expected, readable: true });
      }
    });

    it('does not throw at, and does not believe, a value that was cut off anywhere', async () => {
      const whole = blob(3, 'webproxy1.com:9090', 'localhost', '');
      const needed = whole.length - 32;
      for (let length = 0; length < needed; length += 3) {
        await seed({ registry: registryWith(whole.subarray(0, length)) });
        const setting = await read();
        assert.equal(setting['readable'], false, `${String(length)} bytes`);
        assert.equal(setting['server'], '');
      }
      await seed({ registry: registryWith(whole.subarray(0, needed)) });
      assert.equal((await read())['server'], 'webproxy1.com:9090');
    });

    it('does not believe lengths that lead out of the value, old layouts, or another kind of value', async () => {
      const head = Buffer.concat([u32(0x46), u32(1), u32(3)]);
      const bad = [
        Buffer.concat([head, u32(-1), Buffer.alloc(40)]),
        Buffer.concat([head, u32(0x7fffffff), Buffer.alloc(40)]),
        blob(3, 'p:1', '', '', 0x18),
      ];
      for (const bytes of bad) {
        await seed({ registry: registryWith(bytes) });
        assert.equal((await read())['readable'], false);
      }
      await seed({
        registry: {
          [`HKLM:\\${CONNECTIONS}`]: { DefaultConnectionSettings: 'text' },
          [POLICY]: { ProxySettingsPerUser: 0 },
        },
      });
      assert.equal((await read())['readable'], false);
    });

    it('survives any bytes', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), async bytes => {
          await seed({ registry: registryWith(Buffer.from(bytes)) });
          const setting = await read();
          assert.ok(tool.parseProxySetting(setting) !== undefined);
        }),
        { numRuns: 25 },
      );
    });

    it('tells an account’s proxy from the machine’s, and a left-over of the machine', async () => {
      await seed({ registry: registryWith(blob(3, 'mine:1'), false) });
      const own = await read();
      assert.deepEqual([own['machineWide'], own['server'], own['leftoverServer']], [false, 'mine:1', '']);
      await seed({
        registry: { ...registryWith(blob(3, 'old:1')), [POLICY]: { ProxySettingsPerUser: 1 } },
      });
      const left = await read();
      assert.deepEqual(
        [left['machineWide'], left['perUserPolicy'], left['server'], left['leftoverServer']],
        [false, 1, '', 'old:1'],
      );
    });
  });

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { nodeScript } from '../../../scripts/lib/node-scripts.ts';
import type { NodeSeed } from '../../../emulator/nodes/host-protocol.ts';
import { startNode, type TestNode, type TestRun } from '../../support/node-host.ts';
import { loadToolCode, type ToolCode } from '../tool-code.ts';
import '../../support/fixed-seed.ts';

describe('the scripts that change the proxy', () => {
  let node: TestNode;
  let tool: ToolCode;
  before(async () => {
    tool = await loadToolCode();
    node = await startNode();
  });
  after(() => node.stop());
  beforeEach(() => node.seed({ proxyModule: true }));

  const run = (name: string, parameters?: Record<string, unknown>): Promise<TestRun> =>
    node.run(nodeScript(name), parameters);
  const only = (end: TestRun): Record<string, unknown> => {
    assert.deepEqual(end.errors, []);
    assert.equal(end.output.length, 1);
    return end.output[0] as Record<string, unknown>;
  };
  const read = async (): Promise<Record<string, unknown>> => only(await run('Get-ProxySetting'));
  const calls = async () => (await node.state()).calls;
  const failure = (end: TestRun): string => {
    assert.equal(end.outcome, 'failed');
    return end.errors[0]?.message ?? '';
  };

  describe('Set-ProxySetting and Remove-ProxySetting', () => {
    it('run the document’s command, nothing else, and it can be read back', async () => {
      const result = only(await run('Set-ProxySetting', { Server: 'webproxy1.com:9090', Bypass: [] }));
      assert.deepEqual(result, {
        computerName: 'NODE1',
        action: 'set',
        by: 'module',
        server: 'webproxy1.com:9090',
        bypass: [],
      });
      assert.deepEqual(await calls(), [
        {
          command: 'Set-WinInetProxy',
          parameters: { ProxySettingsPerUser: 0, ProxyServer: 'webproxy1.com:9090' },
        },
      ]);
      const setting = await read();
      assert.deepEqual(
        [setting['machineWide'], setting['server'], setting['bypass']],
        [true, 'webproxy1.com:9090', []],
      );
    });

    it('pass the bypass list on as one text', async () => {
      await run('Set-ProxySetting', { Server: 'p:1', Bypass: ['localhost', '*.contoso.com'] });
      assert.equal((await calls())[0]?.parameters['ProxyBypass'], 'localhost;*.contoso.com');
      assert.deepEqual((await read())['bypass'], ['localhost', '*.contoso.com']);
    });

    it('take lists of none, one and two entries also in the form that the gateway runs', async () => {
      for (const entries of [[], ['localhost'], ['localhost', '*.contoso.com']]) {
        const parameters = { Server: 'p:1', Bypass: entries };
        only(await node.run(tool.commandScript(nodeScript('Set-ProxySetting'), parameters)));
        assert.deepEqual((await read())['bypass'], entries);
      }
    });

    it('remove by the command without arguments, and the read-back tells what is left', async () => {
      await run('Set-ProxySetting', { Server: 'p:1' });
      assert.deepEqual(only(await run('Remove-ProxySetting')), {
        computerName: 'NODE1',
        action: 'remove',
        by: 'module',
      });
      assert.deepEqual((await calls())[1], { command: 'Set-WinInetProxy', parameters: {} });
      const setting = await read();
      assert.deepEqual(
        [setting['machineWide'], setting['server'], setting['leftoverServer']],
        [false, '', 'p:1'],
      );
    });

    it('do not let left-over variables decide, and leave them as they were', async () => {
      const environment = {
        ProxyServer: 'evil:1',
        ProxyBypass: '*',
        ProxySettingsPerUser: '1',
        PACUrl: 'http://evil/p',
      };
      await node.seed({ proxyModule: true, environment });
      await run('Set-ProxySetting', { Server: 'p:1' });
      const set = await read();
      assert.deepEqual(
        [set['machineWide'], set['server'], set['bypass'], set['pacUrl']],
        [true, 'p:1', [], ''],
      );
      await run('Remove-ProxySetting');
      const removed = await read();
      assert.deepEqual([removed['machineWide'], removed['server'], removed['pacUrl']], [false, '', '']);
      const kept = (await node.state()).environment;
      for (const [name, value] of Object.entries(environment)) assert.equal(kept[name], value);
      assert.ok(!('AutoDetect' in kept), 'a variable that was not there must not be there afterwards');
    });

    it('say by a code that the module is missing, and change nothing', async () => {
      await node.seed({ proxyModule: false });
      assert.match(failure(await run('Set-ProxySetting', { Server: 'p:1' })), /^module-missing: /);
      assert.match(failure(await run('Remove-ProxySetting')), /^module-missing: /);
      assert.deepEqual(await calls(), []);
    });

    for (const languageMode of ['Full', 'Constrained'] as const)
      it(`take exactly the servers and lists that the form takes, in the language mode ${languageMode}`, async () => {
        await node.seed({ proxyModule: true, languageMode });
        const piece = fc.constantFrom(
          ...[
            'a',
            'Z',
            '0',
            '9',
            '-',
            '.',
            ':',
            '_',
            '*',
            '[',
            ']',
            '/',
            '@',
            ' ',
            '256',
            '65535',
            '65536',
            '::1',
            'K',
          ],
        );
        const text = fc.array(piece, { minLength: 1, maxLength: 6 }).map(parts => parts.join(''));
        const server = fc.oneof(
          fc
            .tuple(
              fc.oneof(
                fc.domain(),
                fc.ipV4(),
                fc.ipV6().map(ip => `[${ip}]`),
                text,
              ),
              text,
            )
            .map(both => both.join(':')),
          fc
            .tuple(
              fc.oneof(
                fc.domain(),
                fc.ipV4(),
                fc.ipV6().map(ip => `[${ip}]`),
              ),
              fc.nat(70000),
            )
            .map(both => both.join(':')),
        );
        await fc.assert(
          fc.asyncProperty(server, text, async (typed, entry) => {
            const form = tool.parseProxyServer(typed);
            const goes = form.ok && !form.schemeRemoved && form.server === typed;
            const end = await run('Set-ProxySetting', { Server: typed });
            assert.equal(end.outcome === 'completed', goes, `server ${typed}`);
            const list = tool.parseBypassList(entry);
            const listGoes =
              list.errors.length === 0 && list.entries.length === 1 && list.entries[0] === entry;
            const other = await run('Set-ProxySetting', { Server: 'p:1', Bypass: [entry] });
            assert.equal(other.outcome === 'completed', listGoes, `bypass ${entry}`);
          }),
          {
            numRuns: 50,
            examples: [
              ['p:1', '-'],
              ['p:1', '._-'],
              ['p:1', '-a'],
            ],
          },
        );
      });
  });

  describe('Install-WinInetProxyModule', () => {
    it('installs from the gallery for all users, in the version that the document names', async () => {
      await node.seed({ gallery: true });
      assert.deepEqual(only(await run('Install-WinInetProxyModule')), {
        computerName: 'NODE1',
        version: '0.1.0',
        installed: true,
      });
      const install = (await calls()).find(call => call.command === 'Install-Module');
      assert.deepEqual(
        [install?.parameters['Name'], install?.parameters['RequiredVersion'], install?.parameters['Scope']],
        [['WinInetProxy'], '0.1.0', 'AllUsers'],
      );
      assert.equal((await read())['moduleVersion'], '0.1.0');
      assert.equal((await run('Set-ProxySetting', { Server: 'p:1' })).outcome, 'completed');
    });

    it('does nothing when the module is there', async () => {
      assert.equal(only(await run('Install-WinInetProxyModule'))['installed'], false);
      assert.deepEqual(await calls(), []);
    });

    it('says by a code that the gallery cannot be reached', async () => {
      await node.seed({ gallery: false });
      assert.match(failure(await run('Install-WinInetProxyModule')), /^gallery-unreachable: /);
      assert.equal((await read())['moduleVersion'], null);
    });
  });

  describe('where application control leaves only the constrained language', () => {
    const constrained = { proxyModule: true, languageMode: 'Constrained' } as const;
    const VALUES = ['DefaultConnectionSettings', 'SavedLegacySettings'];
    /** All that decides about proxies, in the whole registry of the node. */
    const registry = async (seed: Partial<NodeSeed>, scripts: readonly (readonly [string, object?])[]) => {
      await node.seed(seed);
      const by = [];
      for (const [name, parameters] of scripts)
        by.push(only(await run(name, parameters as Record<string, unknown>))['by']);
      return { by, registry: (await node.state()).registry };
    };

    for (const [title, scripts] of Object.entries({
      'a server': [['Set-ProxySetting', { Server: 'webproxy1.com:9090' }]],
      'a server and a list': [
        ['Set-ProxySetting', { Server: 'p:1', Bypass: ['localhost', '*.contoso.com'] }],
      ],
      'a second server': [
        ['Set-ProxySetting', { Server: 'p:1', Bypass: ['a'] }],
        ['Set-ProxySetting', { Server: 'webproxy1.com:9090' }],
      ],
      'a removal': [['Set-ProxySetting', { Server: 'p:1' }], ['Remove-ProxySetting']],
      'a removal where nothing was': [['Remove-ProxySetting']],
    } as const)) {
      it(`writes what the module writes, by the node's own commands: ${title}`, async () => {
        const byModule = await registry({ proxyModule: true }, scripts);
        const byCommands = await registry(constrained, scripts);
        assert.deepEqual([...new Set(byModule.by)], ['module']);
        assert.deepEqual([...new Set(byCommands.by)], ['commands']);
        assert.deepEqual(byCommands.registry, byModule.registry);
        assert.ok(VALUES.every(value => JSON.stringify(byCommands.registry).includes(value)));
      });
    }

    it('needs no module there', async () => {
      await node.seed({ ...constrained, proxyModule: false });
      assert.equal(only(await run('Set-ProxySetting', { Server: 'p:1' }))['by'], 'commands');
      const setting = await read();
      assert.deepEqual([setting['machineWide'], setting['server']], [true, 'p:1']);
    });

    it('installs the module all the same', async () => {
      await node.seed({ gallery: true, languageMode: 'Constrained' });
      assert.equal(only(await run('Install-WinInetProxyModule'))['installed'], true);
      await node.seed({ gallery: false, languageMode: 'Constrained' });
      assert.match(failure(await run('Install-WinInetProxyModule')), /^gallery-unreachable: /);
    });
  });
});

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { NodeSeed, RegistryContent, RegistryData } from '../../../emulator/nodes/host-protocol.ts';
import { startNode, type TestNode, type TestRun } from '../../support/node-host.ts';
import { ACCOUNT, blob, binary, ENVIRONMENT, FORMERS, machine, POLICY } from '../../support/proxy-formers.ts';
import { newChangeId, only, proxyCommands } from './proxy-commands.ts';

/** As they stand in the registry, and as they are told. */
const KINDS: readonly (readonly [name: string, policy: RegistryData, line: string])[] = [
  ['a number of 64 bits', { kind: 'QWord', data: 5_000_000_000 }, 'QWord|5000000000'],
  ['bytes, none of them', { kind: 'Binary', data: '' }, 'Binary|'],
  ['an empty text, which is not an absent one', '', 'String|'],
  [
    'a text with what looks like another kind',
    'a\n    ProxySettingsPerUser    REG_EXPAND_SZ    b',
    'String|a\n    ProxySettingsPerUser    REG_EXPAND_SZ    b',
  ],
  ['blanks around a text', { kind: 'ExpandString', data: '  %PATH%  ' }, 'ExpandString|  %PATH%  '],
  ['a variable, not what it stands for', { kind: 'ExpandString', data: '%PATH%;x' }, 'ExpandString|%PATH%;x'],
  ['foreign letters beside no variable', { kind: 'ExpandString', data: 'пр:1' }, 'ExpandString|пр:1'],
  ['several texts', { kind: 'MultiString', data: ['a', 'b'] }, 'MultiString|a\nb'],
];
const OTHERS: typeof KINDS = [
  ['no kind', { kind: 'None', data: 'AAE=' }, 'Other|REG_NONE 00 01'],
  ['no kind, one zero', { kind: 'None', data: 'AA==' }, 'Other|REG_NONE 00'],
  ['a kind that .NET does not read', { kind: 'Unknown', data: 'AAE=' }, 'Other|REG_RESOURCE_LIST '],
  ['a text that goes on behind its end', 'a\0b', 'Other|REG_SZ a b'],
  [
    'foreign letters beside a variable',
    { kind: 'ExpandString', data: '%PATH1%пр' },
    'Other|REG_EXPAND_SZ %PATH1%пр',
  ],
  ['several texts, none of them', { kind: 'MultiString', data: [] }, 'Other|REG_MULTI_SZ '],
  [
    'several texts, one of them empty',
    { kind: 'MultiString', data: ['a', '', 'b'] },
    'Other|REG_MULTI_SZ a  b',
  ],
];

describe('a change that is bound to what was seen', () => {
  let node: TestNode;
  before(async () => {
    node = await startNode();
  });
  after(() => node.stop());

  const { run, read, bound } = proxyCommands(() => node);
  const registry = async () => (await node.state()).registry;
  const failure = (end: TestRun): string => {
    assert.equal(end.outcome, 'failed');
    return end.errors[0]?.message ?? '';
  };

  for (const languageMode of ['Full', 'Constrained'] as const) {
    describe(`in the language mode ${languageMode}`, () => {
      const seed = (registry: RegistryContent): Partial<NodeSeed> => ({
        proxyModule: true,
        languageMode,
        registry,
      });

      for (const [name, former] of Object.entries(FORMERS)) {
        it(`gives back to the byte: ${name}`, async () => {
          await node.seed(seed(former));
          const start = await registry();
          const change = await bound({ Server: 'new:1', Bypass: ['a'], WinHttp: 'set' });
          change.Values = ['env.HTTPS_PROXY=String|http://new:1', 'env.NO_PROXY=absent'];
          only(await run('Set-ProxySetting', change));
          const set = await read();
          assert.deepEqual([set['machineWide'], set['server'], set['bypass']], [true, 'new:1', ['a']]);
          const [record] = set['changes'] as { snapshot: string; ended: boolean }[];
          assert.ok(record?.ended);
          const kept = JSON.parse(record.snapshot.replace(/^\ufeff/, '')) as {
            values: string[];
            who: string;
          };
          assert.equal(kept.who, 'CONTOSO\\admin');
          only(await run('Restore-ProxySetting', await bound({ Values: kept.values })));
          const end = await registry();
          const own = (content: RegistryContent) =>
            Object.fromEntries(Object.entries(content).filter(([, has]) => Object.keys(has).length > 0));
          assert.deepEqual(own(end), own(start));
        });
      }

      for (const [name, policy, line] of KINDS)
        it(`gives back ${name}`, async () => {
          await node.seed(seed({ [POLICY]: { ProxySettingsPerUser: policy } }));
          const start = (await registry())[POLICY];
          const values = (await read())['values'] as string[];
          assert.equal(values[0], `policy=${line}`);
          only(await run('Set-ProxySetting', await bound({ Server: 'new:1' })));
          only(await run('Restore-ProxySetting', await bound({ Values: values })));
          assert.deepEqual((await registry())[POLICY], start);
        });

      for (const [name, policy, line] of OTHERS)
        it(`touches nothing where a value could not be put back: ${name}`, async () => {
          await node.seed(seed({ ...machine(blob(3, 'old:1')), [POLICY]: { ProxySettingsPerUser: policy } }));
          const start = await registry();
          const setting = await read();
          assert.equal((setting['values'] as string[])[0], `policy=${line}`);
          assert.equal(setting['machineWide'], false);
          assert.match(
            failure(await run('Set-ProxySetting', await bound({ Server: 'new:1' }))),
            /^not-restorable: HKLM:.*ProxySettingsPerUser/,
          );
          for (const script of ['Remove-ProxySetting', 'Restore-ProxySetting'])
            assert.match(
              failure(await run(script, await bound({ Values: ['policy=absent'] }))),
              /^not-restorable: /,
            );
          assert.deepEqual(await registry(), start);
          assert.deepEqual((await read())['changes'], []);
        });

      it('gives back the names of values as they were spelled, after each way in which they were taken away', async () => {
        const spelled = { https_proxy: 'http://env:1', Http_Proxy: 'http://env:1', no_proxy: '.svc' };
        const former = machine(blob(3, 'old:1'));
        await node.seed(seed({ ...former, [ENVIRONMENT]: spelled, [ACCOUNT]: { savedlegacysettings: 'x' } }));
        const start = await registry();
        const values = (await read())['values'] as string[];
        const gone = ['env.HTTP_PROXY=absent', 'env.HTTPS_PROXY=absent', 'env.NO_PROXY=absent'];
        const back = async () => {
          only(await run('Restore-ProxySetting', await bound({ Values: values })));
          assert.deepEqual(await registry(), start);
        };
        only(await run('Set-ProxySetting', await bound({ Server: 'new:1', Values: gone })));
        await back();
        only(await run('Remove-ProxySetting', await bound({ Values: gone })));
        await back();
        // A typing error, and its correction: by then they stand there under the tool's own spelling.
        only(await run('Set-ProxySetting', await bound({ Server: 'new:1', Values: gone })));
        const Values = ['env.HTTP_PROXY=String|http://new:2', 'env.NO_PROXY=String|a'];
        only(await run('Set-ProxySetting', await bound({ Server: 'new:2', Values })));
        assert.deepEqual((await registry())[ENVIRONMENT], { HTTP_PROXY: 'http://new:2', NO_PROXY: 'a' });
        await back();
      });

      it('spells a name as ever where what is kept is damaged, or of an earlier version', async () => {
        await node.seed(seed({ [ENVIRONMENT]: { no_proxy: 'a' } }));
        const change = await bound({ Server: 'new:1', Values: ['env.NO_PROXY=absent'] });
        only(await run('Set-ProxySetting', change));
        const folder = `$env:ProgramData\\OutboundConnectivity\\Proxy\\${change.Change}`;
        for (const text of [
          '{"values":["env.NO_PROXY=String|a"]}',
          '{"values":',
          '7',
          '[]',
          '{"values":["env.NO_PROXY=String|a"],"names":["env.NO_PROXY=PATH"]}',
        ]) {
          assert.deepEqual(
            (await node.run(`Set-Content -LiteralPath "${folder}\\snapshot.json" -Value '${text}'`)).errors,
            [],
          );
          only(await run('Restore-ProxySetting', await bound({ Values: ['env.NO_PROXY=String|a'] })));
          assert.deepEqual((await registry())[ENVIRONMENT], { NO_PROXY: 'a' }, text);
          only(await run('Restore-ProxySetting', await bound({ Values: ['env.NO_PROXY=absent'] })));
        }
      });

      it('changes the layers beside a value that it could not put back', async () => {
        await node.seed(seed({ [ENVIRONMENT]: { NO_PROXY: { kind: 'None', data: 'AQI=' } } }));
        const start = (await registry())[ENVIRONMENT];
        only(await run('Set-ProxySetting', await bound({ Server: 'new:1', WinHttp: 'set' })));
        assert.equal((await read())['server'], 'new:1');
        assert.deepEqual((await registry())[ENVIRONMENT], start);
        assert.match(
          failure(
            await run('Set-ProxySetting', await bound({ Server: 'n:1', Values: ['env.NO_PROXY=absent'] })),
          ),
          /^not-restorable: /,
        );
      });

      it('leaves the account’s own values as they are, and removes what the command leaves behind', async () => {
        await node.seed(
          seed({
            ...machine(blob(3, 'old:1')),
            [ACCOUNT]: { DefaultConnectionSettings: binary(blob(3, 'me:2')) },
          }),
        );
        const before = (await registry())[ACCOUNT];
        const direct = `machine.default=Binary|${Buffer.from(blob(1, ''), 'base64').toString('hex')}`;
        only(await run('Remove-ProxySetting', await bound({ Values: [direct, 'policy=absent'] })));
        const setting = await read();
        assert.deepEqual([setting['machineWide'], setting['leftoverServer']], [false, '']);
        assert.deepEqual((await registry())[ACCOUNT], before);
      });
    });
  }

  describe('refuses', () => {
    beforeEach(() => node.seed({ proxyModule: true }));

    it('a node that is not what was shown, and keeps nothing of it', async () => {
      const change = await bound({ Server: 'new:1' });
      await run('Set-ProxySetting', { Server: 'second:2' });
      assert.match(failure(await run('Set-ProxySetting', change)), /^state-changed: /);
      assert.equal((await read())['server'], 'second:2');
      assert.deepEqual((await read())['changes'], []);
    });

    it('a change that was closed before it began', async () => {
      const change = await bound({ Server: 'new:1' });
      assert.deepEqual(only(await run('Close-ProxyChange', { Change: change.Change })), {
        begun: false,
        ended: true,
      });
      assert.match(failure(await run('Set-ProxySetting', change)), /^change-closed: /);
      assert.deepEqual((await read())['server'], '');
    });

    it('names and values that are none', async () => {
      for (const Change of ['..\\..\\x', '20261126T101500Z-ab12cd34\n', 'x'])
        assert.match(
          failure(await run('Set-ProxySetting', await bound({ Server: 'p:1', Change }))),
          /^invalid-value: /,
        );
      for (const line of [
        'x=absent',
        'policy=DWord|x',
        'policy=Binary|0',
        'policy',
        // These would be refused by the registry, after others were written.
        'policy=DWord|2147483648',
        'policy=DWord|007',
        'policy=QWord|9223372036854775808',
        'policy=String|a\0b',
      ])
        assert.match(
          failure(await run('Restore-ProxySetting', await bound({ Values: [line] }))),
          /^invalid-value: /,
        );
    });
  });

  it('tells that a command began and ended, and keeps the outcome', async () => {
    await node.seed({ proxyModule: true });
    const change = await bound({ Server: 'new:1' });
    only(await run('Set-ProxySetting', change));
    assert.deepEqual(only(await run('Close-ProxyChange', { Change: change.Change, Outcome: 'applied' })), {
      begun: true,
      ended: true,
    });
    const [record] = (await read())['changes'] as { outcome: string }[];
    assert.match(record?.outcome ?? '', /"applied"/);
  });

  for (const languageMode of ['Full', 'Constrained'] as const)
    it(`tells a command that is at work from one whose process is gone (${languageMode})`, async () => {
      // A file that the node's account cannot end: what was begun by a process, as the command notes it.
      const begun = async (process: string): Promise<{ ended: unknown; cutOff: unknown }> => {
        await node.seed({ proxyModule: true, languageMode });
        const Change = newChangeId();
        const store = '$env:ProgramData\\OutboundConnectivity\\Proxy';
        const text = `New-Item -ItemType Directory -Path "${store}\\${Change}" -Force | Out-Null
        ${process}
        Set-Content -LiteralPath "${store}\\${Change}\\begin.json" -Value "{\`"process\`":$id,\`"started\`":\`"$started\`"}" -Encoding UTF8`;
        assert.deepEqual((await node.run(text)).errors, []);
        const [record] = (await read())['changes'] as { ended: unknown; cutOff: unknown }[];
        const state = only(await run('Close-ProxyChange', { Change }));
        assert.deepEqual([state['begun'], state['ended']], [true, record?.ended]);
        return { ended: record?.ended, cutOff: record?.cutOff };
      };
      const start = "(Get-Process -Id $PID).StartTime.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ')";
      assert.deepEqual(await begun(`$id = $PID; $started = ${start}`), { ended: false, cutOff: true });
      assert.deepEqual(await begun(`$id = 2147483000; $started = ${start}`), { ended: true, cutOff: true });
      // The number went to another process since.
      assert.deepEqual(await begun(`$id = $PID; $started = '2020-01-01T00:00:00Z'`), {
        ended: true,
        cutOff: true,
      });
    });

  it('reads the Arc agent, addresses and other owners', async () => {
    await node.seed({
      arcAgent: { 'proxy.url': 'http://localhost:40343', 'connection.type': 'gateway' },
      addresses: ['10.0.0.4'],
      networkAtcProxy: 'http://atc:1',
    });
    const setting = await read();
    assert.deepEqual(setting['arcAgent'], {
      proxyUrl: 'http://localhost:40343',
      proxyBypass: '',
      connectionType: 'gateway',
    });
    assert.deepEqual([setting['addresses'], setting['owners']], [['10.0.0.4'], ['network-atc=ProxyServer']]);
    await node.seed();
    assert.equal((await read())['arcAgent'], null);
  });
});

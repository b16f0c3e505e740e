import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startLab } from '../../emulator/lab/network/lab-network.ts';
import type { Network } from '../../emulator/lab/network/network.ts';
import { hostCommand, PowerShellHost } from '../../emulator/nodes/powershell-host.ts';
import { buildHost } from '../../scripts/build-host.ts';
import { noLab, scenarioOf } from '../lab/lab-under-test.ts';
import { nodeScript } from '../../scripts/lib/node-scripts.ts';

const TIME = 'time.windows.com';
const fault = (name: string, what: string, more: object = {}) => ({
  name,
  faults: [{ host: TIME, fault: what }],
  ...more,
});

/** What curl does not tell: the time by NTP, and all addresses of a name. */
describe('Small questions of nodes in the lab', { skip: noLab }, () => {
  const nodes = [
    { name: 'open' },
    fault('dropped', 'drop'),
    fault('refused', 'refuse'),
    fault('nameless', 'nxdomain'),
    { name: 'shut', egress: 'proxy-only' },
    { name: 'ahead', clockSkewSeconds: 3600 },
    {
      name: 'split',
      resolvers: ['192.0.2.53', '192.0.2.54'],
      faults: [
        { host: 'management.azure.com', fault: 'resolve:10.0.0.4,2001:db8::4' },
        { host: 'graph.windows.net', fault: 'nxdomain' },
      ],
    },
    {
      name: 'silent',
      faults: [
        { host: '*.com', fault: 'dns-timeout' },
        { host: '*.net', fault: 'dns-timeout' },
      ],
    },
  ];
  let lab: Network;
  const hosts = new Map<string, PowerShellHost>();
  before(async () => {
    await buildHost(line => console.error(line));
    lab = await startLab(scenarioOf(nodes), line => console.error(line));
    for (const { name } of nodes)
      hosts.set(name, new PowerShellHost(await lab.spawn(name, hostCommand(), {})));
  });
  after(async () => {
    for (const host of hosts.values()) await host.close();
    await lab.stop();
  });

  type Mode = 'Full' | 'Constrained';
  const ask = (name: string, mode: Mode, ...names: readonly string[]) =>
    run(name, mode, 'Test-TimeServer', { Endpoints: names.map(each => ({ host: each })) }, 'M');

  /** The lines of a script that begin with a letter, split at tabs. */
  async function run(name: string, languageMode: Mode, script: string, parameters: object, letter: string) {
    const host = hosts.get(name) ?? assert.fail();
    await host.seed({ name, languageMode });
    const lines: string[][] = [];
    await new Promise<void>((resolve, reject) => {
      host.run(
        { script: nodeScript(script), parameters: { ...parameters } },
        {
          output: value =>
            lines.push(
              ...String(value)
                .split('\n')
                .map(line => line.split('\t')),
            ),
          end: ({ outcome, errors }) =>
            outcome === 'completed' && errors.length === 0
              ? resolve()
              : reject(new Error(JSON.stringify(errors))),
        },
      );
    });
    return lines.filter(([key]) => key?.startsWith(letter));
  }

  for (const languageMode of ['Full', 'Constrained'] as const)
    it(`tells each way in which it can end, in the language mode ${languageMode}`, async () => {
      const [open] = await ask('open', languageMode, TIME);
      assert.match(open?.[2] ?? '', /^198\.18\.\d+\.\d+$/);
      assert.match(open?.[5] ?? '', /^\d\d:\d\d:\d\d, [+-]00\.\d{7}s$/);
      assert.match((await ask('dropped', languageMode, TIME))[0]?.[5] ?? '', /0x800705B4$/);
      assert.match((await ask('shut', languageMode, TIME))[0]?.[5] ?? '', /0x800705B4$/);
      assert.match((await ask('refused', languageMode, TIME))[0]?.[5] ?? '', /0x80072746$/);
      assert.equal((await ask('nameless', languageMode, TIME))[0]?.[1], 'DNS_ERROR_RCODE_NAME_ERROR');
    });

  for (const languageMode of ['Full', 'Constrained'] as const)
    it(`tells all addresses of names, of both families, in the language mode ${languageMode}`, async () => {
      const names = (node: string, ...Names: readonly string[]) =>
        run(node, languageMode, 'Resolve-EndpointName', { Names }, 'R');
      const lines = await names(
        'split',
        'management.azure.com',
        'graph.windows.net',
        'x y',
        '10.0.0.1',
        '',
        '-x',
      );
      assert.deepEqual(lines, [
        ['R', 'management.azure.com', '', '10.0.0.4,2001:db8::4'],
        ['R', 'graph.windows.net', 'DNS_ERROR_RCODE_NAME_ERROR', ''],
      ]);
      assert.match((await names('open', 'management.azure.com'))[0]?.[3] ?? '', /^198\.18\.\d+\.\d+$/);
      const servers = await run('split', languageMode, 'Resolve-EndpointName', { Names: [] }, 'S');
      assert.deepEqual(servers, [['S', '192.0.2.53,192.0.2.54']]);
    });

  it('asks a silent name server twice, not for every name', async () => {
    const Names = [
      'management.azure.com',
      'graph.windows.net',
      'login.microsoftonline.com',
      'go.microsoft.com',
    ];
    const lines = await run('silent', 'Constrained', 'Resolve-EndpointName', { Names }, 'R');
    assert.deepEqual(
      lines.map(([, name, code]) => [name, code]),
      Names.slice(0, 2).map(name => [name, 'ERROR_TIMEOUT']),
    );
  });

  it('tells how far the clock is off', async () => {
    const [ahead] = await ask('ahead', 'Constrained', TIME);
    assert.match(ahead?.[5] ?? '', /, -3[56]\d\d\.\d{7}s$/);
  });

  it('sends no word to a program that could mean something else', async () => {
    const hostile = ['x /set', '/register', '-x', 'a;calc', 'a"b', "a'b", 'ä.example', '', '$(x)', 'a\nb'];
    const lines = await ask('open', 'Constrained', ...hostile, TIME);
    assert.deepEqual(
      lines.map(([key]) => key),
      [`M${hostile.length}`],
    );
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startLab } from '../../emulator/lab/lab-network.ts';
import type { Network } from '../../emulator/lab/network.ts';
import { hostCommand, PowerShellHost } from '../../emulator/nodes/powershell-host.ts';
import { buildHost } from '../../scripts/build-host.ts';
import { noLab, scenarioOf } from '../lab/lab-under-test.ts';
import { scriptText } from '../powershell/tool-code.ts';

const TIME = 'time.windows.com';
const fault = (name: string, what: string, more: object = {}) => ({
  name,
  faults: [{ host: TIME, fault: what }],
  ...more,
});

describe('Test-TimeServer in the lab', { skip: noLab }, () => {
  const nodes = [
    { name: 'open' },
    fault('dropped', 'drop'),
    fault('refused', 'refuse'),
    fault('nameless', 'nxdomain'),
    { name: 'shut', egress: 'proxy-only' },
    { name: 'ahead', clockSkewSeconds: 3600 },
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

  async function ask(name: string, languageMode: 'Full' | 'Constrained', ...names: readonly string[]) {
    const host = hosts.get(name) ?? assert.fail();
    await host.seed({ name, languageMode });
    const lines: string[][] = [];
    await new Promise<void>((resolve, reject) => {
      host.run(
        {
          script: scriptText('Test-TimeServer'),
          parameters: { Endpoints: names.map(each => ({ host: each })) },
        },
        {
          output: value => lines.push(String(value).split('\t')),
          end: ({ outcome, errors }) =>
            outcome === 'completed' && errors.length === 0
              ? resolve()
              : reject(new Error(JSON.stringify(errors))),
        },
      );
    });
    return lines.filter(([key]) => key?.startsWith('M'));
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

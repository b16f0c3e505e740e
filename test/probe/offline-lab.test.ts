import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { startLab } from '../../emulator/lab/network/lab-network.ts';
import type { Network } from '../../emulator/lab/network/network.ts';
import { hostCommand, PowerShellHost } from '../../emulator/nodes/powershell-host.ts';
import { noLab, scenarioOf } from '../lab/lab-under-test.ts';
import { causes, EXAMPLE, offlineFolder, runOf, runOffline, runScript } from '../support/offline-run.ts';

let folder: Awaited<ReturnType<typeof offlineFolder>>;
before(async () => {
  folder = await offlineFolder();
});
after(() => folder.remove());

describe('the offline check in the lab', { skip: noLab }, () => {
  let lab: Network;
  const hosts = new Map<string, PowerShellHost>();
  const faults = [
    { host: 'management.azure.com', fault: 'drop' },
    { host: 'graph.windows.net', fault: 'refuse' },
    { host: 'www.powershellgallery.com', fault: 'intercept' },
    { host: 'go.microsoft.com', port: 80, fault: 'http-403' },
  ];
  before(async () => {
    const scenario = scenarioOf(
      [
        { name: 'faulty', faults },
        { name: 'behind', egress: 'proxy-only' },
      ],
      [{ host: 'proxy.contoso.com', port: 8080 }],
    );
    lab = await startLab(scenario, line => console.error(line));
    for (const name of ['faulty', 'behind']) {
      const host = new PowerShellHost(await lab.spawn(name, hostCommand(), {}));
      hosts.set(name, host);
    }
  });
  after(async () => {
    for (const host of hosts.values()) await host.close();
    await lab.stop();
  });
  const host = (name: string): PowerShellHost => hosts.get(name) ?? assert.fail(name);
  const list = { edition: '2022-01', timeoutMs: 10_000, answers: { 'witness-account': 'contosowitness' } };

  it('is judged as a check of the tool: each fault its cause, and none to any other', async () => {
    await host('faulty').seed({ name: 'faulty', languageMode: 'Constrained' });
    const run = await runOf(await runOffline(host('faulty'), folder.path, list));
    const found = causes(run);
    const expected: Readonly<Record<string, string>> = {
      'management.azure.com:443/https': 'connect-timed-out',
      'graph.windows.net:443/https': 'connection-refused',
      'www.powershellgallery.com:443/https': 'unknown-root',
      'go.microsoft.com:80/http': 'http-forbidden',
    };
    const answered = new Set(['answered', 'answered-refusal', 'answered-failure', 'connected']);
    const tested = run.plan.targets.map(({ id }) => id);
    assert.ok(tested.length > 20);
    assert.deepEqual(
      Object.fromEntries(tested.filter(id => !answered.has(found[id] ?? '')).map(id => [id, found[id]])),
      expected,
    );
  });

  it('finds a fault by the example of docs/examples, in the constrained language', async () => {
    await host('faulty').seed({ name: 'faulty', languageMode: 'Constrained' });
    const ended = await runScript(
      host('faulty'),
      folder.path,
      await readFile(EXAMPLE, 'utf8'),
      '-TimeoutMs 10000',
    );
    assert.equal(ended.code, 'code 1', ended.lines.join('\n'));
    const run = await runOf(ended);
    const found = causes(run);
    assert.equal(found['management.azure.com:443/https'], 'connect-timed-out');
    assert.equal(found['graph.windows.net:443/https'] ?? 'connection-refused', 'connection-refused');
    assert.equal(found['www.powershellgallery.com:443/https'], 'unknown-root');
    assert.match(ended.lines.join('\n'), /^FAILED {2}management\.azure\.com:443\/https {2}timed out$/m);
    assert.match(ended.lines.join('\n'), /^ {2}\d+ x CN=DigiCert Global Root G2/m);
  });

  it('goes through the machine-wide proxy where there is no other way', async () => {
    await host('behind').seed({
      name: 'behind',
      languageMode: 'Constrained',
      proxy: 'proxy.contoso.com:8080',
    });
    const run = await runOf(await runOffline(host('behind'), folder.path, list));
    assert.equal(run.nodes[0]?.proxy, 'proxy.contoso.com:8080');
    assert.equal(causes(run)['management.azure.com:443/https'], 'answered-refusal');
  });
});

import assert from 'node:assert/strict';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startLab } from '../../emulator/lab/network/lab-network.ts';
import type { Network, NodeProcess } from '../../emulator/lab/network/network.ts';
import { noLab, scenarioOf, tryFrom } from './lab-under-test.ts';

const AGENT = '--proxy=localhost:40343';
const PROGRAM = join(import.meta.dirname, '../../emulator/lab/servers/arc-proxy.ts');

/** The local proxy of a node with Arc gateway. */
describe("The Arc agent's own proxy", { skip: noLab }, () => {
  let lab: Network;
  let proxy: NodeProcess;
  before(async () => {
    const faults = [
      { host: 'management.azure.com', fault: 'refuse' },
      { host: 'graph.windows.net', fault: 'nxdomain' },
    ];
    lab = await startLab(scenarioOf([{ name: 'node1', faults }, { name: 'node2' }]), () => undefined);
    proxy = await lab.spawn('node1', [process.execPath, PROGRAM], {});
    const [line] = await once(proxy);
    assert.equal(line, 'listening');
  });
  after(() => lab.stop());

  test('hands on what comes by CONNECT, from where the node is', async () => {
    const urls = [
      'https://login.microsoftonline.com',
      'https://management.azure.com',
      'https://graph.windows.net',
    ];
    const met = await tryFrom(lab, 'node1', AGENT, ...urls);
    assert.equal(met.get(urls[0] ?? '')?.failed, undefined);
    assert.equal(met.get(urls[0] ?? '')?.root, 'DigiCert Global Root G2');
    for (const url of urls.slice(1)) {
      assert.deepEqual([met.get(url)?.failed, met.get(url)?.status], ['proxy', 502], url);
    }
  });

  test('takes nothing but CONNECT', async () => {
    const met = await tryFrom(lab, 'node1', AGENT, 'http://go.microsoft.com');
    assert.equal(met.get('http://go.microsoft.com')?.status, 405);
  });

  test('is on its own node only, and goes with its input', async () => {
    const url = 'https://login.microsoftonline.com';
    const elsewhere = await tryFrom(lab, 'node2', AGENT, url);
    assert.deepEqual([elsewhere.get(url)?.failed, elsewhere.get(url)?.code], ['connect', 'ECONNREFUSED']);
    proxy.stdin.end();
    await proxy.ended;
    assert.equal((await tryFrom(lab, 'node1', AGENT, url)).get(url)?.code, 'ECONNREFUSED');
  });
});

/** What a program says first. */
async function once({ stdout }: NodeProcess): Promise<readonly string[]> {
  for await (const line of createInterface({ input: stdout })) return [line];
  return [];
}

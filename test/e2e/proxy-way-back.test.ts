import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readCells, runCheck } from './support/matrix.ts';
import { snapshotOf } from './support/nodes.ts';
import { confirmChange, doneOn, registriesOf } from './support/proxy-steps.ts';
import { startTool, type Tool } from './support/tool.ts';

const NODES = ['node1', 'node2'];
const PROXY = 'proxy.contoso.com:8080';
const REFUSING = 'refuses.contoso.com:8080';

describe('the proxy of nodes that have no other way out', () => {
  let tool: Tool;
  let start: readonly unknown[];

  const registries = () => registriesOf(tool, NODES);
  const confirm = (button: string) => confirmChange(tool, button);
  const done = (heading: string) => doneOn(tool, heading, NODES.length);

  /** How many endpoints of each node the tool's own check calls reachable; `settles` until a run is over. */
  const reached = async (): Promise<readonly number[]> => {
    await tool.openTab('Reachability');
    await runCheck(tool);
    const cells = [...(await readCells(tool))];
    await tool.openTab('Proxy');
    return NODES.map(
      node => cells.filter(([cell, verdict]) => cell.endsWith(`, ${node}`) && verdict === 'Reachable').length,
    );
  };
  const assertWorks = async (): Promise<void> => {
    for (const count of await reached()) assert.ok(count > 20, `${count} endpoints reached`);
  };
  const assertFails = async (): Promise<void> => assert.deepEqual(await reached(), [0, 0]);

  before(async () => {
    const nodes = NODES.map(name => ({ name, egress: 'proxy-only', proxyModule: true }));
    const cluster = { name: 'hci-cluster.contoso.local', cloud: 'public' };
    const proxies = [
      { host: 'proxy.contoso.com', port: 8080 },
      { host: 'refuses.contoso.com', port: 8080, answer: 403 },
    ];
    tool = await startTool({ scenario: { cluster, nodes, proxies } });
    start = await registries();
    await tool.openTab('Proxy');
  });

  after(() => tool.close());

  it('is missed: nothing that is needed can be reached without it', assertFails);

  it('is tested first, set with one click, and then everything can be reached', async () => {
    await tool.frame.getByLabel('Proxy server').fill(PROXY);
    await tool.frame.getByRole('button', { name: 'Apply to all nodes' }).click();
    await tool.frame
      .getByText(/Through it [1-9]\d* of \d+ needed endpoints answer/)
      .first()
      .waitFor({ timeout: 60_000 });
    await confirm('Apply');
    await done('Result of setting the proxy');
    await tool.frame
      .getByText(/Needed endpoints that it reaches now: [1-9]/)
      .first()
      .waitFor();
    await assertWorks();
  });

  it('is not changed for one that does not exist', async () => {
    await tool.frame.getByLabel('Proxy server').fill('nowhere.contoso.com:8080');
    await tool.frame.getByRole('button', { name: 'Apply to all nodes' }).click();
    const dialog = tool.frame.getByRole('dialog');
    await dialog
      .getByText(/Nothing that is needed answers/)
      .nth(NODES.length - 1)
      .waitFor({ timeout: 60_000 });
    assert.equal(await dialog.getByRole('button', { name: 'Apply', exact: true }).isDisabled(), true);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  it('is as before on all nodes after one that refuses Azure was forced on them, one having been touched', async () => {
    const before = await registries();
    const calls = await callsOf();
    await tool.frame.getByLabel('Proxy server').fill(REFUSING);
    await tool.frame.getByRole('button', { name: 'Apply to all nodes' }).click();
    const dialog = tool.frame.getByRole('dialog');
    await dialog
      .getByText(/Nothing that is needed answers/)
      .nth(NODES.length - 1)
      .waitFor({ timeout: 60_000 });
    await dialog.getByLabel('All nodes that can be changed').check();
    await confirm('Apply');
    const section = tool.frame.getByRole('region', { name: 'Result of setting the proxy' });
    await section.getByText(/Rolled back: needed endpoints were lost/).waitFor({ timeout: 60_000 });
    await section.getByText('Not touched: the change was stopped before this node').waitFor();
    assert.deepEqual(await registries(), before);
    assert.deepEqual(
      (await callsOf()).map((count, index) => count - (calls[index] ?? 0)),
      [1, 0],
    );
  });

  it('is missed again when it was removed, and is back when the nodes went back', async () => {
    const before = await registries();
    await tool.frame.getByRole('button', { name: 'Remove from all nodes' }).click();
    await confirm('Remove');
    await done('Result of removing the proxy');
    await assertFails();
    await goBack('first');
    assert.deepEqual(await registries(), before);
    await assertWorks();
  });

  it('leaves the very bytes of the beginning, by what the nodes keep', async () => {
    await goBack('last');
    assert.deepEqual(await registries(), start);
  });

  /** To before the newest or the oldest change. */
  async function goBack(which: 'first' | 'last'): Promise<void> {
    const heading = tool.frame.getByText(/^Changes kept on the nodes: /);
    if ((await heading.locator('..').getAttribute('open')) === null) await heading.click();
    await tool.frame
      .getByRole('button', { name: /^Go back to before/ })
      [which]()
      .click();
    await confirm('Put back');
    await done('Result of putting back the settings');
  }

  /** How often each node's module was called. */
  async function callsOf(): Promise<readonly number[]> {
    const snapshots = await Promise.all(NODES.map(node => snapshotOf(tool, node)));
    return snapshots.map(({ calls }) => calls.filter(({ command }) => command === 'Set-WinInetProxy').length);
  }
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { holdModule, installHeldModule, letModuleGo, moduleHeld } from '../support/held-module.ts';
import { inLab, killing } from '../support/lab-filter.ts';
import { readCells, runCheck } from '../support/matrix.ts';
import { snapshotOf } from '../support/nodes.ts';
import { confirmChange, doneOn, holdAt, registriesOf } from '../support/proxy-steps.ts';
import { startTool, type Tool } from '../support/tool.ts';

const NODES = ['node1', 'node2'];
/** The first that is changed, whose command can be held in its middle. */
const HELD = 'node1';
const PROXY = 'proxy.contoso.com:8080';
const OTHER = 'other.contoso.com:8080';
const REFUSING = 'refuses.contoso.com:8080';
const SETTINGS = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections';

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
    const nodes = NODES.map(name => ({ name, egress: 'proxy-only', proxyModule: name !== HELD }));
    const cluster = { name: 'hci-cluster.contoso.local', cloud: 'public' };
    const proxies = [
      { host: 'proxy.contoso.com', port: 8080 },
      { host: 'other.contoso.com', port: 8080 },
      { host: 'refuses.contoso.com', port: 8080, answer: 403 },
    ];
    tool = await startTool({ scenario: { cluster, nodes, proxies } });
    // What has no way out fails at once, and not only when nothing came for as long as one waits.
    inLab(killing('iifname != "lo" tcp dport { 80, 443 } reject with tcp reset'));
    await installHeldModule(tool, HELD);
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
      .waitFor();
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
      .waitFor();
    await dialog.getByText('The name of the proxy could not be resolved').first().waitFor();
    await dialog.getByText('No node is chosen.').waitFor();
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
      .waitFor();
    await dialog.getByLabel('All nodes that can be changed').check();
    await confirm('Apply');
    const section = tool.frame.getByRole('region', { name: 'Result of setting the proxy' });
    await section.getByText(/Rolled back: needed endpoints were lost/).waitFor();
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

  it('asks before the page is left in the middle of a change, and the change goes on when one stays', async () => {
    const before = await registries();
    await ask(OTHER);
    const held = holdAt(tool, 'Set-ProxySetting', 'going');
    await confirm('Apply');
    const goOn = await held;
    const asked = tool.page.waitForEvent('dialog');
    void tool.document().evaluate(() => location.reload());
    const dialog = await asked;
    assert.equal(dialog.type(), 'beforeunload');
    await dialog.dismiss();
    await goOn();
    await done('Result of setting the proxy');
    assert.deepEqual(await servers(), [OTHER, OTHER]);
    await goBack('first');
    assert.deepEqual(await registries(), before);
  });

  for (const [moment, script, when, expected, listed] of [
    ['before the node began', 'Set-ProxySetting', 'going', [PROXY, PROXY], 0],
    ['when the command was done', 'Set-ProxySetting', 'gone', [OTHER, PROXY], 1],
    ['during the reading back', 'Get-ProxySetting', 'going', [OTHER, PROXY], 1],
  ] as const) {
    it(`is told as it is when the page is reloaded ${moment}, and goes back`, async () => {
      const before = await registries();
      const kept = await changesKept();
      await ask(OTHER);
      const held = holdAt(tool, script, when);
      await confirm('Apply');
      await held;
      while ((await servers())[0] !== expected[0]) await new Promise(resolve => setTimeout(resolve, 20));
      tool.page.once('dialog', dialog => void dialog.accept());
      await tool.page.reload();
      await tool.page.unrouteAll({ behavior: 'ignoreErrors' });
      await tool.openTab('Proxy');
      for (const [index, node] of NODES.entries()) await readsAs(node, expected[index] ?? '');
      assert.deepEqual(await servers(), expected);
      assert.equal(await changesKept(), kept + listed);
      if (listed === 0) assert.deepEqual(await registries(), before);
      else
        await tool.frame
          .getByText(/do not have what was last changed|was cut off before its end/)
          .first()
          .waitFor();
      if (listed > 0) await goBack('first', 1);
      assert.deepEqual(await registries(), before);
    });
  }

  it('is told as it is when the gateway restarts while the command is at work, and goes back', async () => {
    const before = await registries();
    await holdModule(tool, HELD);
    await ask(OTHER);
    await confirm('Apply');
    await moduleHeld(tool, HELD);
    await tool.emulator.restartGateway();
    await letModuleGo(tool, HELD);
    const section = tool.frame.getByRole('region', { name: 'Result of setting the proxy' });
    // A node that nobody knows of is read again by itself.
    const ends = await endsIn(section);
    const now = await servers();
    ends.forEach((end, index) => {
      assert.equal(now[index], /(?:Done|Applied) and read back/.test(end) ? OTHER : PROXY, end);
    });
    for (const [index, node] of NODES.entries()) await readsAs(node, now[index] ?? '');
    await goBack('first', 0);
    await endsIn(tool.frame.getByRole('region', { name: 'Result of putting back the settings' }));
    assert.deepEqual(await registries(), before);
  });

  it('is told as it is when the node loses its power in the middle of its command, and goes back', async () => {
    const before = await registries();
    const extra = tool.frame.getByLabel(/machine's environment as well/);
    await tool.frame.getByText('Other proxy settings of the node').click();
    await extra.check();
    await holdModule(tool, HELD);
    await ask(OTHER);
    await confirm('Apply');
    await moduleHeld(tool, HELD);
    await tool.emulator.cluster.restart(HELD);
    await letModuleGo(tool, HELD);
    const section = tool.frame.getByRole('region', { name: 'Result of setting the proxy' });
    const [end = '', other = ''] = await endsIn(section);
    assert.match(end, /The environment has something else.*cut off before its end/s);
    assert.doesNotMatch(end, /The command failed/);
    assert.match(other, /Not touched: the change was stopped before this node/);
    assert.deepEqual(await servers(), [OTHER, PROXY]);
    await readsAs(HELD, OTHER);
    await extra.uncheck();
    await goBack('first', 1);
    assert.deepEqual(await registries(), before);
  });

  it('leaves the very bytes of the beginning, by what the nodes keep', async () => {
    await goBack('last');
    assert.deepEqual(await registries(), start);
  });

  async function ask(server: string): Promise<void> {
    await tool.frame.getByLabel('Proxy server').fill(server);
    await tool.frame.getByRole('button', { name: 'Apply to all nodes' }).click();
    await tool.frame
      .getByText(/Through it [1-9]\d* of \d+ needed endpoints answer/)
      .nth(NODES.length - 1)
      .waitFor();
  }

  /** The texts of all rows of a result, once each is at its end. */
  async function endsIn(section: Locator): Promise<readonly string[]> {
    const rows = section.getByRole('row').filter({ has: tool.frame.getByRole('rowheader') });
    for (const [index] of NODES.entries()) {
      await rows
        .nth(index)
        .filter({ hasNotText: /…|Waiting|Not known:/ })
        .waitFor();
    }
    return rows.allInnerTexts();
  }

  /** What the table says of a node. */
  async function readsAs(node: string, server: string): Promise<void> {
    await tool.frame
      .getByRole('table', { name: 'Proxy settings of the nodes' })
      .getByRole('row')
      .filter({ has: tool.frame.getByRole('rowheader', { name: node, exact: true }) })
      .getByText(server)
      .first()
      .waitFor();
  }

  /** The machine's server of each node, out of the bytes. */
  async function servers(): Promise<readonly string[]> {
    const found = await Promise.all(NODES.map(node => snapshotOf(tool, node)));
    return found.map(({ registry }) => {
      const { data } = registry[SETTINGS]?.['DefaultConnectionSettings'] as { readonly data: string };
      const text = Buffer.from(data, 'base64').toString('latin1');
      return [OTHER, PROXY].find(server => text.includes(server)) ?? '';
    });
  }

  async function changesKept(): Promise<number> {
    const text = await tool.frame.getByText(/^Changes kept on the nodes: /).innerText();
    return Number(/\d+/.exec(text)?.[0]);
  }

  /** To before the newest or the oldest change; `nodes` of them have something to go back to. */
  async function goBack(which: 'first' | 'last', nodes = NODES.length): Promise<void> {
    const heading = tool.frame.getByText(/^Changes kept on the nodes: /);
    if ((await heading.locator('..').getAttribute('open')) === null) await heading.click();
    await tool.frame
      .getByRole('button', { name: /^Go back to before/ })
      [which]()
      .click();
    await confirm('Put back');
    if (nodes > 0) await doneOn(tool, 'Result of putting back the settings', nodes);
  }

  /** How often each node's module was called. */
  async function callsOf(): Promise<readonly number[]> {
    const snapshots = await Promise.all(NODES.map(node => snapshotOf(tool, node)));
    return snapshots.map(
      ({ calls }) => calls.filter(({ command }) => /^Set-(?:Known)?WinInetProxy$/.test(command)).length,
    );
  }
});

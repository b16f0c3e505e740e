import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readScenario } from '../../../emulator/lab/read-scenario.ts';
import { nodeScript } from '../../../scripts/lib/node-scripts.ts';
import { preferModule } from '../../../scripts/generate.ts';
import { auditOf, snapshotOf } from '../support/nodes.ts';
import { startTool, type Tool } from '../support/tool.ts';

const NODES = ['node1', 'node2', 'node3'];
const PROXY = 'proxy.contoso.com:8080';
const BYPASS = '*.contoso.local;10.0.0.*';
const POLICY = 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';

describe('the proxy of all nodes', () => {
  let tool: Tool;

  before(async () => {
    const shipped = readScenario('default');
    // What a network drops keeps each look at what is needed waiting, and is not asked for here.
    const nodes = shipped.nodes.map(node => ({ ...node, faults: [] }));
    tool = await startTool({ scenario: { ...shipped, nodes } });
    await tool.openTab('Proxy');
  });

  after(() => tool.close());

  it('says at the field what is wrong, and runs nothing', async () => {
    await tool.frame.getByLabel('Proxy server').fill('http://user:secret@proxy:8080');
    await tool.frame.getByRole('button', { name: 'Apply to all nodes' }).click();
    await tool.frame.getByText(/Remove the user name and password/).waitFor();
    assert.equal(await tool.frame.getByLabel('Proxy server').getAttribute('aria-invalid'), 'true');
    assert.deepEqual(await winInetCalls(), []);
  });

  it('does nothing when the confirmation is declined', async () => {
    await fillForm();
    await tool.frame.getByRole('button', { name: 'Apply to all nodes' }).click();
    const dialog = tool.frame.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    assert.deepEqual(await winInetCalls(), []);
  });

  it('applies after a confirmation, reads back, and says so for every node', async () => {
    await fillForm();
    const command = await tool.frame
      .getByRole('group', { name: 'Command that runs on each node' })
      .innerText();
    assert.ok(command.startsWith('Set-WinInetProxy -ProxySettingsPerUser 0 -ProxyServer'), command);
    await tool.frame.getByRole('button', { name: 'Apply to all nodes' }).click();
    const dialog = tool.frame.getByRole('dialog');
    await dialog.getByText(command, { exact: true }).waitFor();
    await tool.picture('proxy-confirm');
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await expectResult('Result of setting the proxy');
    for (const node of NODES)
      await expectSetting(node, [`${PROXY} in force Bypass list: *.contoso.local;10.0.0.*`, 'None']);
    await tool.picture('proxy-applied');
    const wanted = { ProxySettingsPerUser: 0, ProxyServer: PROXY, ProxyBypass: BYPASS };
    assert.deepEqual(
      await winInetCalls(),
      NODES.map(() => wanted),
    );
    assert.deepEqual(
      await policies(),
      NODES.map(() => 0),
    );
  });

  it('ran the very text of the scripts that ship', async () => {
    const ran = await auditOf(tool);
    for (const name of ['Get-ClusterOverview', 'Get-ProxySetting', 'Set-ProxySetting']) {
      const text = lines(preferModule(name, nodeScript(name)));
      const entry = ran.find(each => lines(each.script).includes(text));
      assert.ok(entry, `the gateway was never given the text of ${name}.ps1`);
    }
  });

  it('sends the check through the proxy that was set', async () => {
    await tool.openTab('Reachability');
    await tool.frame.getByRole('button', { name: 'Check reachability' }).click();
    for (const node of NODES) {
      await tool.frame.getByText(`${node}: uses the proxy ${PROXY}`).waitFor();
    }
    // The check may end first, and takes its button with it.
    const cancel = tool.frame.getByRole('button', { name: 'Cancel' });
    await cancel.evaluateAll(buttons => buttons.forEach(each => (each as HTMLButtonElement).click()));
    await cancel.waitFor({ state: 'hidden' });
    await tool.openTab('Proxy');
  });

  it('removes, reads back, and leaves no machine-wide proxy', async () => {
    await tool.frame.getByRole('button', { name: 'Remove from all nodes' }).click();
    await tool.frame.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await expectResult('Result of removing the proxy');
    await tool.frame.getByRole('button', { name: 'Read again' }).click();
    for (const node of NODES) await expectSetting(node, ['None', 'None in force']);
    await tool.picture('proxy-removed');
    const removals = (await winInetCalls()).filter(call => !('ProxyServer' in call));
    assert.deepEqual(
      removals,
      NODES.map(() => ({})),
    );
    assert.deepEqual(
      await policies(),
      NODES.map(() => undefined),
    );
  });

  it('leaves the browser without a complaint', () => {
    assert.deepEqual(tool.complaints, []);
  });

  async function fillForm(): Promise<void> {
    await tool.frame.getByLabel('Proxy server').fill(PROXY);
    await tool.frame.getByLabel('Bypass list').fill(BYPASS);
  }

  function rowOf(table: string, node: string) {
    return tool.frame
      .getByRole('table', { name: table })
      .getByRole('row')
      .filter({ has: tool.frame.getByRole('rowheader', { name: node, exact: true }) });
  }

  /** The settings table's row: WinINet of the machine, and of the account. */
  async function expectSetting(node: string, setting: readonly [string, string]): Promise<void> {
    const row = rowOf('Proxy settings of the nodes', node);
    const inForce = setting.find(text => text.includes('in force')) ?? '';
    await row.getByRole('cell', { name: inForce }).waitFor();
    const cells = await row.getByRole('cell').allInnerTexts();
    assert.deepEqual(
      cells.slice(0, 2).map(cell => cell.trim().replaceAll(/\s+/g, ' ')),
      setting,
      node,
    );
  }

  /** Every node that can be asked is done and read back; the one that is down was left alone. */
  async function expectResult(heading: string): Promise<void> {
    await tool.frame.getByRole('heading', { name: heading }).waitFor();
    for (const node of NODES) {
      await rowOf('Result on each node', node).getByText('Done and read back').waitFor();
    }
    await rowOf('Result on each node', 'node4').getByText('Skipped').waitFor();
  }

  /** The parameters of each call of Set-WinInetProxy that the nodes' module saw, node by node. */
  async function winInetCalls(): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const snapshots = await Promise.all(NODES.map(node => snapshotOf(tool, node)));
    return snapshots
      .flatMap(({ calls }) => calls)
      .filter(({ command }) => command === 'Set-WinInetProxy')
      .map(({ parameters }) => parameters);
  }

  /** `ProxySettingsPerUser` of each node; absent: no machine-wide setting is in force. */
  async function policies(): Promise<readonly unknown[]> {
    const snapshots = await Promise.all(NODES.map(node => snapshotOf(tool, node)));
    return snapshots.map(({ registry }) => registry[POLICY]?.['ProxySettingsPerUser']);
  }
});

const lines = (text: string): string => text.replaceAll('\r', '').trim();

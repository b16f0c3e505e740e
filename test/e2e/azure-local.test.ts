import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { noLab } from '../lab/lab-under-test.ts';
import { readCells, runCheck } from './matrix.ts';
import { snapshotOf } from './nodes.ts';
import { startTool, type Tool } from './tool.ts';

const NODES = ['node1', 'node2', 'node3'];
const POLICY = 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const PROXY = 'proxy.contoso.com:8080';

/** Nodes as Azure Local ships them: unsigned scripts meet the constrained language, and nothing is left out. */
describe('a cluster as Azure Local ships it', { skip: noLab }, () => {
  let tool: Tool;
  before(async () => {
    tool = await startTool({ scenario: 'azure-local' });
  });
  after(() => tool.close());

  it('checks every node, and tells how', async () => {
    await tool.openTab('Reachability');
    await runCheck(tool);
    await tool.frame
      .getByText(/only the constrained PowerShell language/)
      .first()
      .waitFor();
    const cells = await readCells(tool);
    const verdictOf = (cell: string): string | undefined => cells.get(cell);
    assert.equal(verdictOf('login.microsoftonline.com:443, node2'), 'Reachable');
    assert.equal([...cells.values()].includes('Waiting'), false);
    assert.ok([...cells].filter(([, verdict]) => verdict === 'Reachable').length > NODES.length * 20);
    await tool.picture('azure-local');
  });

  it('reads the proxy of every node', async () => {
    await tool.openTab('Proxy');
    for (const node of NODES)
      await tool.frame.getByRole('row', { name: new RegExp(`^${node}\\b`) }).waitFor();
  });

  it("sets the proxy by the nodes' own commands, reads it back, and goes back", async () => {
    await tool.frame.getByLabel('Proxy server').fill(PROXY);
    await tool.frame.getByRole('button', { name: 'Apply to all nodes' }).click();
    await tool.frame.getByRole('dialog').getByRole('button', { name: 'Apply' }).click();
    await tool.frame
      .getByRole('heading', { name: 'Result of setting the proxy' })
      .waitFor({ timeout: 60_000 });
    await assertPolicies(0);
    await tool.frame.getByRole('button', { name: 'Remove from all nodes' }).click();
    await tool.frame.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await tool.frame
      .getByRole('heading', { name: 'Result of removing the proxy' })
      .waitFor({ timeout: 60_000 });
    await assertPolicies(undefined);
  });

  async function assertPolicies(value: number | undefined): Promise<void> {
    const deadline = performance.now() + 60_000;
    for (;;) {
      const snapshots = await Promise.all(NODES.map(node => snapshotOf(tool, node)));
      const found = snapshots.map(({ registry }) => registry[POLICY]?.['ProxySettingsPerUser']);
      if (found.every(each => each === value)) return;
      assert.ok(performance.now() < deadline, JSON.stringify(found));
      await tool.page.waitForTimeout(200);
    }
  }
});

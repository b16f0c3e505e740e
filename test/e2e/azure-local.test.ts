import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { noLab } from '../lab/lab-under-test.ts';
import { readCells, runCheck } from './support/matrix.ts';
import { startTool, type Tool } from './support/tool.ts';

const NODES = ['node1', 'node2', 'node3'];

/** Nodes as Azure Local ships them: unsigned scripts meet the constrained language, and nothing is left out. */
describe('a cluster as Azure Local ships it', { skip: noLab }, () => {
  let tool: Tool;
  before(async () => {
    tool = await startTool({ scenario: 'azure-local' });
  });
  after(() => tool.close());

  it('checks every node, and tells how', async () => {
    await tool.openTab('Reachability');
    // Nothing is dropped in this scenario: time is for a busy computer only.
    await tool.frame.getByLabel(/Time for each endpoint/).fill('20');
    await runCheck(tool);
    await tool.frame
      .getByText(/only the constrained PowerShell language/)
      .first()
      .waitFor();
    const cells = await readCells(tool);
    const verdictOf = (cell: string): string | undefined => cells.get(cell);
    assert.equal(verdictOf('login.microsoftonline.com:443, node2'), 'Reachable');
    // NTP proves nobody; each node asked for itself.
    for (const node of NODES)
      assert.equal(verdictOf(`time.windows.com:123, ${node}`), 'Answered, not proven');
    assert.equal([...cells.values()].includes('Waiting'), false);
    assert.ok([...cells].filter(([, verdict]) => verdict === 'Reachable').length > NODES.length * 20);
    await tool.picture('azure-local');
  });

  it('reads the proxy of every node', async () => {
    await tool.openTab('Proxy');
    for (const node of NODES)
      await tool.frame.getByRole('row', { name: new RegExp(`^${node}\\b.* Read\\b`) }).waitFor();
  });
});

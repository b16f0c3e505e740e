import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Route } from 'playwright-core';
import { noLab } from '../lab/lab-under-test.ts';
import { checkEnds, readCells, readFindings, searchResults } from './support/matrix.ts';
import { startTool, type Tool } from './support/tool.ts';

const SCENARIO = {
  cluster: { name: 'hci-cluster.contoso.local', cloud: 'public' },
  nodes: [
    { name: 'node1', faults: [{ host: 'management.azure.com', fault: 'drop' }] },
    { name: 'node2', credentials: 'wanted' },
    { name: 'node3' },
  ],
  proxies: [],
};
/** A look for more results, in the SDK's older and newer form. */
const LOOK = /\/pssessions\/[^/]+(\?|$)/i;

describe('a check through a gateway that fails', { skip: noLab }, () => {
  let tool: Tool;

  before(async () => {
    tool = await startTool({ scenario: SCENARIO });
    await tool.openTab('Reachability');
  });

  after(() => tool.close());

  it('goes on at all other nodes while the administrator is asked for the credentials of one', async () => {
    await tool.frame.getByRole('button', { name: 'Check reachability' }).click();
    const dialog = tool.page.locator('#credentials');
    await dialog.getByText(/node2/).waitFor();
    // The last result of the others: the dialog is open still, and nobody answers it.
    // Not by a click: the dialog lies over the tool, whose results go on below it.
    const every = tool.frame.getByRole('switch', { name: 'Show every node' });
    await every.evaluate(element => (element as HTMLElement).click());
    await searchResults(tool, 'management.azure.com');
    const dropped = tool.frame.getByRole('gridcell', { name: 'management.azure.com:443, node1, Timed out' });
    await dropped.waitFor();
    assert.ok(await dialog.isVisible());
    // Endpoints that a busy node asks for once more come last; those of node2 wait for ever.
    const waiting = tool.frame.getByRole('gridcell', { name: /, node[13], Waiting$/ });
    await searchResults(tool, '');
    await waiting.first().waitFor({ state: 'detached' });
    for (const [name, verdict] of await readCells(tool)) {
      assert.equal(verdict === 'Waiting', name.endsWith(', node2') && !name.startsWith('*.'), name);
    }
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await checkEnds(tool);
    await assertMeasured();
  });

  it('loses nothing when looks for results get lost, or meet a gateway that is away for a second', async () => {
    let looks = 0;
    let until = 0;
    const spoil = async (route: Route): Promise<void> => {
      looks += 1;
      if (looks === 3) until = Date.now() + 1000;
      if (looks === 2) await route.abort();
      else if (Date.now() < until)
        await route.fulfill({ status: 503, body: '<html>Service Unavailable</html>' });
      else await route.continue();
    };
    await tool.page.route(LOOK, spoil);
    await tool.frame.getByRole('button', { name: 'Check reachability' }).click();
    const dialog = tool.page.locator('#credentials');
    await dialog.getByText(/node2/).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await checkEnds(tool);
    await tool.page.unroute(LOOK, spoil);
    assert.ok(looks > 3, `${looks} looks`);
    await assertMeasured();
  });

  /** The findings name the two things that are so, and no cell of a node that was reached lacks its verdict. */
  async function assertMeasured(): Promise<void> {
    for (const [name, verdict] of await readCells(tool)) {
      if (name.startsWith('*.')) continue;
      const expected = name.endsWith(', node2')
        ? 'Not tested'
        : name === 'management.azure.com:443, node1'
          ? 'Timed out'
          : 'Reachable';
      assert.equal(verdict, expected, name);
    }
    assert.deepEqual(await readFindings(tool), [
      'Some nodes lack rules that others have: management.azure.com:443 is blocked from node1, not from node3.',
      'node2 refused Windows Admin Center, so nothing was checked from it.',
    ]);
  }
});

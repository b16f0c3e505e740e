import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { noLab } from '../lab/lab-under-test.ts';
import { membersBelow, until } from '../lab/processes.ts';
import { checkEnds, exportResults, findCell, readCells, readFindings } from './support/matrix.ts';
import { startTool, type Tool } from './support/tool.ts';

/** One node in constrained language, one that wants other credentials, one that works and waits for a dropped host. */
const SCENARIO = {
  cluster: { name: 'hci-cluster.contoso.local', cloud: 'public', witnessAccount: 'contosowitness' },
  nodes: [
    { name: 'node1', languageMode: 'Constrained' },
    { name: 'node2', credentials: 'wanted' },
    {
      name: 'node3',
      faults: [
        { host: 'management.azure.com', fault: 'drop' },
        // Hosts that the list does not have, one of them behind the other.
        { host: 'graph.windows.net', fault: 'redirect:https://portal.azure.com/a' },
        { host: 'portal.azure.com', fault: 'redirect:https://login.live.com/b' },
        { host: 'login.live.com', fault: 'reset-on-tls' },
      ],
    },
  ],
  proxies: [],
};
const DROPPED = 'management.azure.com:443, node3';
const ANSWERED = 'login.microsoftonline.com:443, node3';
/** Much longer than the test waits, so that no run in it ends by itself. */
const LONG_SECONDS = '60';

describe('a check that does not go its usual way', { skip: noLab }, () => {
  let tool: Tool;

  before(async () => {
    tool = await startTool({ scenario: SCENARIO });
    await tool.openTab('Reachability');
  });

  after(() => tool.close());

  it('knows the cluster from a node that allows only the constrained language', async () => {
    await tool.frame.getByRole('button', { name: 'Check reachability' }).waitFor();
    assert.equal(await tool.frame.getByText(/Constrained Language mode/).count(), 0);
    assert.equal(await tool.frame.getByText('State unknown', { exact: true }).count(), 0);
  });

  it('does without a node whose credentials are declined, and says why of every node', async () => {
    await start('5');
    await checkEnds(tool);
    const cells = await readCells(tool);
    for (const [cell, verdict] of cells) {
      const tested = !cell.endsWith(', node2') && !cell.startsWith('*.');
      const expected = cell === DROPPED ? 'Timed out' : tested ? 'Reachable' : 'Not tested';
      assert.equal(verdict, expected, cell);
    }
    await explains('node2', /the account may not run commands there/);
  });

  it('says where redirects lead, what the list says of it and whether it is reached', async () => {
    await (await findCell(tool, 'graph.windows.net:443', 'node3')).click();
    const details = tool.frame.getByRole('region', { name: 'graph.windows.net:443 from node3' });
    await details.getByText('portal.azure.com:443: not in the list; Reachable').waitFor();
    await details.getByText('login.live.com:443: not in the list; TLS failed').waitFor();
    await tool.picture('redirects');
    const { text } = await exportResults(tool, 'JSON');
    const { hops } = JSON.parse(text) as { hops: { node: string; host: string; verdict: string }[] };
    assert.deepEqual(
      hops.map(({ node, host, verdict }) => [node, host, verdict]),
      [
        ['node3', 'portal.azure.com', 'reachable'],
        ['node3', 'login.live.com', 'tls-failed'],
      ],
    );
    const found = await readFindings(tool);
    assert.equal(
      found.filter(title => /^Redirects of graph\.windows\.net:443 lead to/.test(title)).length,
      2,
    );
  });

  it('stops the work on the nodes when it is cancelled; what was measured stays', async () => {
    await startAndWait();
    assert.ok(scriptsOn('node3') > 0);
    await tool.frame.getByRole('button', { name: 'Cancel' }).click();
    await until('no script runs on the node', () => scriptsOn('node3') === 0);
    await tool.frame.getByText(/Cancelled on .* What had been measured by then is shown\./).waitFor();
    const cells = await readCells(tool);
    assert.deepEqual([cells.get(ANSWERED), cells.get(DROPPED)], ['Reachable', 'Not tested']);
  });

  it("ends when a node's process dies; what was measured stays", async () => {
    await startAndWait();
    const [host, ...others] = hostsOf('node3');
    assert.ok(host !== undefined && others.length === 0);
    process.kill(host, 'SIGKILL');
    await checkEnds(tool);
    const note = tool.frame
      .locator('oc-node-notes')
      .getByText(/^node3: /)
      .first();
    await note.waitFor();
    await tool.frame.locator('oc-node-notes details').last().locator('summary').click();
    await tool.frame.getByText('The PowerShell host of the node has ended.').waitFor();
    const cells = await readCells(tool);
    assert.deepEqual([cells.get(ANSWERED), cells.get(DROPPED)], ['Reachable', 'Not tested']);
    await tool.picture('node-died');
  });

  it('leaves the browser without a complaint of its own', () => {
    // The browser notes each refusal of the gateway.
    const others = tool.complaints.filter(each => !each.startsWith('Failed to load resource'));
    assert.deepEqual(others, []);
  });

  /** Starts a check and declines to give node2's credentials. */
  async function start(seconds: string): Promise<void> {
    await tool.frame.getByLabel(/Time for each endpoint/).fill(seconds);
    await tool.frame.getByRole('button', { name: 'Check reachability' }).click();
    const dialog = tool.page.locator('#credentials');
    await dialog.getByText(/node2/).waitFor();
    // By now the next request for node3 waits for the answer to the question about node2.
    await tool.frame.getByText('node3: no machine-wide proxy, goes direct').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** Starts a check that goes on for long; resolves when one endpoint has answered and one is silent. */
  async function startAndWait(): Promise<void> {
    await start(LONG_SECONDS);
    for (const [cell, verdict] of [
      [ANSWERED, 'Reachable'],
      [DROPPED, 'Waiting'],
    ] as const) {
      const [endpoint = '', node = ''] = cell.split(', ');
      await findCell(tool, endpoint, node);
      await tool.frame.getByRole('gridcell', { name: `${cell}, ${verdict}` }).waitFor();
    }
  }

  async function explains(node: string, meaning: RegExp): Promise<void> {
    await (await findCell(tool, 'login.microsoftonline.com:443', node)).click();
    const details = tool.frame.getByRole('region', { name: `login.microsoftonline.com:443 from ${node}` });
    await details.getByText(meaning).waitFor();
  }
});

/** PowerShell processes of a node: its hosts file names the node. */
function hostsOf(node: string): readonly number[] {
  return membersBelow(process.pid)
    .map(({ pid }) => pid)
    .filter(
      pid =>
        textOf(`/proc/${pid}/cmdline`).split('\0')[1]?.endsWith('powershell-host.dll') === true &&
        textOf(`/proc/${pid}/root/etc/hosts`).includes(` ${node}\n`),
    );
}

/** How many scripts a node runs now: the host names a thread after each. */
function scriptsOn(node: string): number {
  const threads = hostsOf(node).flatMap(pid => globSync(`/proc/${pid}/task/*/comm`));
  return threads.filter(file => textOf(file).startsWith('run ')).length;
}

/** '' when the file has gone meanwhile. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

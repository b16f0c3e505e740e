import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { noLab } from '../lab/lab-under-test.ts';
import { checkEnds, exportResults, findCell, readCells, readFindings, startCheck } from './support/matrix.ts';
import { inLab, killBeforeProbe, killing, withoutDrops } from './support/lab-filter.ts';
import { keepsNames } from './support/names.ts';
import { startTool, type Tool } from './support/tool.ts';
import { checkedInTwoTabs } from './support/two-tabs.ts';
import { untestedByWinHttp } from './support/untested.ts';

const SCENARIO = {
  cluster: { name: 'hci-cluster.contoso.local', cloud: 'public' },
  nodes: [
    { name: 'node1', faults: [{ host: 'management.azure.com', fault: 'drop' }] },
    {
      name: 'node2',
      proxy: 'proxy.contoso.com:8080',
      faults: [{ host: 'node1', port: 5985, fault: 'drop' }],
    },
  ],
  proxies: [{ host: 'proxy.contoso.com', port: 8080 }],
};
const DROPPED = 'management.azure.com:443, node1';
const ANSWERED = 'login.microsoftonline.com:443, node1';
const API = '**/api/**';
/** Much longer than a test waits: what is dropped ends only because the network is mended, or the check. */
const HELD_SECONDS = '60';

/** What stands between nodes and services goes away in the middle of a check; a node's own process: `cancel.test.ts`. */
describe('a check in the middle of which something dies', { skip: noLab }, () => {
  let tool: Tool;

  before(async () => {
    tool = await startTool({ scenario: SCENARIO });
    // The browser's time goes on by itself, and faster where a test wants that.
    await tool.page.clock.install();
    await tool.page.reload();
    await tool.openTab('Reachability');
  });

  afterEach(() => inLab('delete table ip killed', true));
  after(() => tool.close());

  it('names the name server', async () => {
    await startAndKill('5', 'udp dport 53 drop', 'tcp dport 53 drop');
    await checkEnds(tool);
    const untested = await untestedByWinHttp(tool, 'node2');
    for (const [cell, verdict] of await readCells(tool))
      if (!cell.startsWith('*.'))
        assert.equal(verdict, untested.has(cell) ? 'Not tested' : 'Name not resolved', cell);
    assert.match(await titles(), /The name server of node1 does not answer/);
    assert.match(
      await titles(),
      /The name of the proxy proxy\.contoso\.com:8080 cannot be resolved on node2/,
    );
  });

  it('names the proxy', async () => {
    await startAndKill('5', 'tcp dport 8080 reject with tcp reset');
    await checkEnds(tool);
    const untested = await untestedByWinHttp(tool, 'node2');
    for (const [cell, verdict] of await readCells(tool)) {
      if (cell.startsWith('*.')) continue;
      const ofNode2 = untested.has(cell) ? 'Not tested' : 'Refused';
      const expected = cell.endsWith(', node2') ? ofNode2 : cell === DROPPED ? 'Timed out' : 'Reachable';
      assert.ok(verdict === expected || verdict === 'Answered, not proven', `${cell}: ${verdict}`);
    }
    const found = await titles();
    assert.match(found, /The proxy proxy\.contoso\.com:8080 cannot be reached on node2/);
    assert.match(
      found,
      /management\.azure\.com:443 is blocked from node1|The network does not let management\.azure\.com:443/,
    );
    assert.match(found, /Not tested: \d+ endpoints on node2/);
    assert.equal(found.split('\n').length, 3, found);
  });

  it('names the gateway, keeps what was measured, and measures the rest when it is back', async () => {
    await start(HELD_SECONDS);
    await sees(ANSWERED, 'Reachable');
    await sees(DROPPED, 'Waiting');
    await tool.page.route(API, route => route.abort());
    await passUntilOver();
    const cells = await readCells(tool);
    assert.deepEqual([cells.get(ANSWERED), cells.get(DROPPED)], ['Reachable', 'Not tested']);
    assert.match(await titles(), /The connection to Windows Admin Center was lost during the check/);
    await tool.page.unroute(API);
    await resumesWithout(cells);
  });

  it('keeps what was measured through a reload, and measures the rest', async () => {
    await start(HELD_SECONDS);
    await sees(ANSWERED, 'Reachable');
    await sees(DROPPED, 'Waiting');
    await isKept();
    await tool.page.reload();
    await tool.frame.getByText(/^Interrupted on/).waitFor();
    const cells = await readCells(tool);
    assert.deepEqual([cells.get(ANSWERED), cells.get(DROPPED)], ['Reachable', 'Not tested']);
    await resumesWithout(cells);
    await tool.picture('run-resumed');
  });

  it('goes on when the tool is left for another one, and has lost nothing on the way back', async () => {
    await start(HELD_SECONDS);
    await sees(ANSWERED, 'Reachable');
    await sees(DROPPED, 'Waiting');
    const before = await readCells(tool);
    await tool.page.getByRole('button', { name: 'Leave the tool' }).click();
    await tool.page.getByText('You left the tool. It keeps its place').waitFor();
    await withoutDrops('link0', async () => {
      await tool.page.getByRole('button', { name: 'Return to the tool' }).click();
      await tool.frame.getByRole('tab', { name: 'Reachability', selected: true }).waitFor();
      await checkEnds(tool);
    });
    const cells = await readCells(tool);
    assert.equal(cells.get(DROPPED), 'Reachable');
    for (const [place, verdict] of before)
      if (verdict !== 'Waiting') assert.equal(cells.get(place), verdict, place);
    assert.equal([...cells.values()].includes('Waiting'), false);
  });

  it('measures one endpoint, one node and one feature again, and touches nothing else', async () => {
    const { frame } = tool;
    await start('2');
    await checkEnds(tool);
    const before = await timesOfResults();
    const again = async (name: RegExp): Promise<ReadonlySet<string>> => {
      await (await findCell(tool, 'login.microsoftonline.com:443', 'node1')).click();
      await startCheck(tool, () => frame.getByRole('button', { name }).first().click());
      await checkEnds(tool);
      const after = await timesOfResults();
      assert.deepEqual([...after.keys()], [...before.keys()]);
      const changed = [...after].filter(([place, time]) => before.get(place) !== time);
      for (const [place, time] of changed) before.set(place, time);
      return new Set(changed.map(([place]) => place));
    };
    const endpoint = await again(/^Check this endpoint again/);
    assert.deepEqual(
      [...endpoint].sort(),
      ['node1', 'node2'].map(node => `login.microsoftonline.com:443/https ${node}`),
    );
    const node = await again(/^Check node1 again/);
    assert.ok(node.size > 20 && [...node].every(place => place.endsWith(' node1')), [...node].join('\n'));
    const feature = await again(/^Check all of .* again/);
    assert.ok(feature.has('login.microsoftonline.com:443/https node2'), [...feature].join('\n'));
    assert.ok(feature.size > 2 && feature.size < before.size / 2, `${feature.size} of ${before.size}`);
  });

  it('tries each way of one endpoint, and says which gets through', async () => {
    const { frame } = tool;
    inLab(killing('ip daddr 192.0.2.80 tcp dport 8080 reject with tcp reset'));
    await (await findCell(tool, 'login.microsoftonline.com:443', 'node2')).click();
    await frame.getByRole('button', { name: 'Try each way from node2' }).click();
    await frame.getByText(/^These ways get through: Direct, WinHTTP\. These do not: WinINet/).waitFor();
    await sees('login.microsoftonline.com:443, node2', 'Reachable');
    await tool.picture('each-way');
    // Kept with the run, and shown again.
    await tool.page.reload();
    await (await findCell(tool, 'login.microsoftonline.com:443', 'node2')).click();
    await frame.getByText(/^These ways get through: Direct, WinHTTP\. These do not: WinINet/).waitFor();
    await frame.getByText(/^Tried on .* beside the check/).waitFor();
  });

  it('compares runs and ways, measures a part again, and takes a run from a file', async () => {
    const { frame } = tool;
    await startAndKill('3', 'ip daddr 192.0.2.80 tcp dport 8080 drop');
    await checkEnds(tool);
    await sees('login.microsoftonline.com:443, node2', 'Timed out');
    inLab('delete table ip killed');
    // Only what failed: all else stays as it was measured.
    await startCheck(tool, () => frame.getByRole('button', { name: 'Check failed ones again' }).click());
    await checkEnds(tool);
    await sees('login.microsoftonline.com:443, node2', 'Reachable');
    await frame.getByText('Only a part was measured again now').waitFor();
    await frame.getByText(/^Earlier runs/).click();
    await compareWithLast();
    await frame
      .getByText(/0 broken, 0 failing for another reason, 1 still failing, [1-9]\d* fixed/)
      .waitFor();
    await frame.getByRole('button', { name: 'Close' }).last().click();

    await frame.getByRole('button', { name: 'How to check' }).click();
    await frame.getByRole('radio', { name: 'Through a proxy that you name' }).check();
    await frame.getByLabel('Proxy, as host:port').fill('proxy.contoso.com:8080');
    await tool.picture('how-to-check');
    await frame.getByRole('dialog', { name: 'How to check' }).getByRole('button', { name: 'Close' }).click();
    await start('3');
    await checkEnds(tool);
    await frame
      .getByText('tried through the proxy proxy.contoso.com:8080. This says what would be')
      .waitFor();
    // Dropped on the direct way, carried by the proxy.
    await sees(DROPPED, 'Reachable');
    await compareWithLast();
    await frame.getByText(/Before: Each client's own way\. After: Through the proxy/).waitFor();
    await frame.getByText(/^0 working only the way before, .* 1 working only the way after/).waitFor();
    await tool.picture('ways-compared');
    await frame.getByRole('button', { name: 'Close' }).last().click();

    const { text } = await exportResults(tool, 'JSON');
    await frame
      .getByRole('button', { name: /^Delete the run of/ })
      .first()
      .click();
    await frame.getByLabel(/^Import a run/).setInputFiles({
      name: 'run.json',
      mimeType: 'application/json',
      buffer: Buffer.from(text.replaceAll('login.microsoftonline.com', 'imported.example.com')),
    });
    await sees('imported.example.com:443, node1', 'Reachable');
    await frame.getByLabel(/^Import a run/).setInputFiles({
      name: 'no-run.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"format":"something else"}'),
    });
    await frame.getByText('no-run.json is not the file of a run').waitFor();
  });

  it('tries the ports between the nodes, and names the pair that is shut', async () => {
    const { frame } = tool;
    await tool.openChoices();
    await frame.getByLabel('Edition', { exact: true }).selectOption('2024-06');
    await frame.getByText('Connections between the nodes', { exact: true }).click();
    await frame.getByRole('button', { name: 'Check between the nodes' }).click();
    await frame.getByText(/^Checked at .*: 5 open, 2 refused, 1 without an answer, 0 not tested/).waitFor();
    assert.deepEqual(await frame.locator('oc-pair-check td').allInnerTexts(), [
      '–',
      'refused: 5445; open: 445, 5985, 30301',
      'no answer: 5985; refused: 5445; open: 445, 30301',
      '–',
    ]);
    await keepsNames(tool, 'between-the-nodes', 'oc-pair-check');
    await tool.picture('between-the-nodes');
  });

  it('watches what fails until the network lets it, and says so', async () => {
    const { frame } = tool;
    // A forced way is not kept.
    await tool.page.reload();
    await frame.getByText('node1', { exact: true }).first().waitFor();
    inLab(killing('ip daddr 192.0.2.80 tcp dport 8080 reject with tcp reset'));
    await start('3');
    await checkEnds(tool);
    await sees('login.microsoftonline.com:443, node2', 'Refused');
    await frame.getByLabel('Minutes between tries').fill('1');
    await frame.getByRole('button', { name: 'Watch failures' }).click();
    const left = frame.getByText(/^Watching: [1-9]\d* failures? remains?/);
    await left.waitFor();
    // It goes on while another tab is shown, and keeps what is mended.
    await tool.openTab('Allowlist');
    inLab('delete table ip killed');
    await tool.page.clock.fastForward(61_000);
    await tool.openTab('Reachability');
    await frame.getByText(/^Watching: 1 failure remains/).waitFor();
    await sees('login.microsoftonline.com:443, node2', 'Reachable');
    await sees(DROPPED, 'Timed out');
    await frame.getByRole('button', { name: 'Stop watching' }).click();
    await frame.getByRole('button', { name: 'Watch failures' }).waitFor();
  });

  it('keeps the checks of two tabs that go on at the same time, with every result', async () => {
    const { shown, kept } = await checkedInTwoTabs(tool);
    assert.deepEqual(kept, shown);
  });

  /** Lets the browser's time pass while no request is under way, until the check gives up. */
  async function passUntilOver(): Promise<void> {
    let asking = 0;
    tool.page.on('request', () => (asking += 1));
    tool.page.on('requestfailed', () => (asking -= 1));
    tool.page.on('requestfinished', () => (asking -= 1));
    const cancel = tool.frame.getByRole('button', { name: 'Cancel' });
    while (await cancel.isVisible()) if (asking <= 0) await tool.page.clock.fastForward(1000);
  }

  /** What was missing is measured now that the network lets it through; all else is as it was. */
  async function resumesWithout(before: ReadonlyMap<string, string>): Promise<void> {
    await withoutDrops('link0', async () => {
      await startCheck(tool, () => tool.frame.getByRole('button', { name: 'Resume check' }).click());
      await checkEnds(tool);
    });
    const resumed = await readCells(tool);
    assert.equal(resumed.get(DROPPED), 'Reachable');
    for (const [place, verdict] of before)
      if (verdict !== 'Not tested') assert.equal(resumed.get(place), verdict, place);
  }

  /** What was measured of the running check stands in the browser's memory. */
  async function isKept(): Promise<void> {
    await tool
      .document()
      .waitForFunction(() =>
        Object.keys(localStorage).some(key =>
          /"status":"running".*"proven":[1-9]/.test(localStorage.getItem(key) ?? ''),
        ),
      );
  }

  /** When each result was measured, by the node's clock. */
  async function timesOfResults(): Promise<Map<string, string>> {
    const { results } = JSON.parse((await exportResults(tool, 'JSON')).text) as {
      results: { node: string; host: string; port: number; protocol: string; startedAt: string }[];
    };
    return new Map(
      results.map(({ node, host, port, protocol, startedAt }) => [
        `${host}:${port}/${protocol} ${node}`,
        startedAt,
      ]),
    );
  }

  async function compareWithLast(): Promise<void> {
    await tool.frame
      .getByRole('button', { name: /^Compare with the run of/ })
      .first()
      .click();
  }

  async function start(seconds: string): Promise<void> {
    await tool.frame.getByLabel(/Time for each endpoint/).fill(seconds);
    await startCheck(tool, () => tool.frame.getByRole('button', { name: 'Check reachability' }).click());
  }

  /** The network changes when the check has begun, and before a node has asked for anything. */
  async function startAndKill(seconds: string, ...rules: readonly string[]): Promise<void> {
    await Promise.all([killBeforeProbe(tool.page, ...rules), start(seconds)]);
  }

  async function titles(): Promise<string> {
    return (await readFindings(tool)).join('\n');
  }

  async function sees(place: string, verdict: string): Promise<void> {
    const [endpoint = '', node = ''] = place.split(', ');
    await findCell(tool, endpoint, node);
    await tool.frame.getByRole('gridcell', { name: `${place}, ${verdict}` }).waitFor();
  }
});

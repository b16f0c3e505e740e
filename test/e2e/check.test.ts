import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { exportResults, findCell, readCells, runCheck } from './support/matrix.ts';
import { startTool, type Tool } from './support/tool.ts';

/** What the default scenario breaks, in the words of the interface: endpoint, node, verdict. */
const FAULTS = [
  ['wustat.windows.com:80', 'node1', 'Name not resolved'],
  ['wustat.windows.com:80', 'node2', 'Name not resolved'],
  ['wustat.windows.com:80', 'node3', 'Name not resolved'],
  ['www.powershellgallery.com:443', 'node1', 'TLS intercepted'],
  ['www.powershellgallery.com:443', 'node2', 'TLS intercepted'],
  ['www.powershellgallery.com:443', 'node3', 'TLS intercepted'],
  ['azurestackhci.azurefd.net:443', 'node1', 'Timed out'],
  ['graph.windows.net:443', 'node2', 'Refused'],
  ['go.microsoft.com:80', 'node2', 'HTTP blocked'],
  ['management.azure.com:443', 'node3', 'Timed out'],
  ['contosowitness.blob.core.windows.net:443', 'node3', 'Name not resolved'],
  ['download.microsoft.com:443', 'node3', 'TLS failed'],
  ['download.windowsupdate.com:80', 'node3', 'HTTP blocked'],
  ['edgesupprd.trafficmanager.net:443', 'node3', 'TLS failed'],
  ['edgesupprdeastusfrontend.eastus.cloudapp.azure.com:443', 'node3', 'TLS failed'],
  ['edgesupprdasiasefrontend.southeastasia.cloudapp.azure.com:443', 'node3', 'TLS failed'],
] as const;

const TIMEOUT_MS = 5000;

describe('the check of the default scenario', () => {
  let tool: Tool;
  let cells: Map<string, string>;
  let took: number;

  before(async () => {
    tool = await startTool();
    await tool.openTab('Reachability');
    took = await runCheck(tool);
    cells = await readCells(tool);
    await tool.picture('check-default');
  });

  after(() => tool.close());

  it('gives every fault its verdict on its node', () => {
    for (const [endpoint, node, verdict] of FAULTS) {
      assert.equal(cells.get(`${endpoint}, ${node}`), verdict, `${endpoint}, ${node}`);
    }
  });

  it('finds no fault anywhere else', () => {
    const faulty = new Set(FAULTS.map(([endpoint, node]) => `${endpoint}, ${node}`));
    const others = [...cells].filter(([cell]) => !faulty.has(cell));
    assert.ok(others.length > 80, `${others.length} cells`);
    for (const [cell, verdict] of others) {
      const expected = cell.startsWith('*.')
        ? 'Not tested'
        : cell.endsWith(', node4')
          ? 'Node unavailable'
          : 'Reachable';
      assert.equal(verdict, expected, cell);
    }
  });

  // How fast is a figure of `npm run bench -- check`; here it must only end by itself, whatever else the computer does.
  it('sets each endpoint at the height of its results, with or without a hint beside it', async () => {
    const apart = await tool.document().evaluate(() =>
      [...document.querySelectorAll('oc-result-matrix .line:has([role="gridcell"])')].map(line => {
        const middle = (selector: string): number => {
          const box = line.querySelector(selector)?.getBoundingClientRect();
          return box === undefined ? NaN : box.top + box.height / 2;
        };
        return middle('.host') - middle('[role="gridcell"] oc-verdict-mark');
      }),
    );
    assert.ok(apart.length > 0);
    assert.deepEqual(new Set(apart), new Set([0]));
  });

  it('ends with the timeout of its slowest endpoint, and shows its time', async t => {
    t.diagnostic(`from the click to the end: ${took} ms`);
    assert.ok(took >= TIMEOUT_MS, `${took} ms cannot have waited for the dropped host`);
    assert.ok(took < 4 * TIMEOUT_MS, `${took} ms is longer than one endpoint after the other would take`);
    const shown = /It took ([\d.]+) s/.exec((await tool.frame.getByText(/It took/).innerText()) || '')?.[1];
    assert.ok(Math.abs(Number(shown) * 1000 - took) < 1500, `shown ${shown ?? ''} s, measured ${took} ms`);
  });

  it('explains all of it in at most six findings, each with a request to copy', async t => {
    await tool.openTab('Overview');
    await tool.frame.locator('oc-findings h3').first().waitFor();
    const titles = await tool.frame.locator('oc-findings h3').allInnerTexts();
    t.diagnostic(titles.join('\n'));
    assert.ok(titles.length > 0 && titles.length <= 6, titles.join('\n'));
    for (const part of [
      /wustat\.windows\.com does not exist/,
      /"Contoso TLS Inspection Root CA" opens TLS for/,
      /Some nodes lack rules that others have/,
      /no answer for contosowitness\.blob\.core\.windows\.net on node3/,
      /certificates that are not right on node3/,
      /node4 is down/,
    ]) {
      assert.equal(
        titles.filter(title => part.test(title)).length,
        1,
        `${part.source}: ${titles.join('\n')}`,
      );
    }
    assert.equal(await tool.frame.getByRole('button', { name: /^Copy request:/ }).count(), titles.length);
    await tool.picture('check-findings');
    await tool.openTab('Reachability');
  });

  it('explains a cell: phases, certificate, meaning and what to do', async () => {
    await (await findCell(tool, 'www.powershellgallery.com:443', 'node1')).click();
    const details = tool.frame.getByRole('region', { name: /www\.powershellgallery\.com:443/ });
    await details.waitFor();
    const text = await details.innerText();
    assert.match(text, /Contoso TLS Inspection Root CA/);
    assert.match(text, /\*\.powershellgallery\.com/, 'says which wildcard it stands for');
    assert.match(text, /direct/i);
    await tool.picture('check-details');
  });

  it('exports the run as JSON with every cell, as measured', async () => {
    const file = await exportResults(tool, 'JSON');
    assert.match(file.name, /^[\w.-]+\.json$/);
    const run = JSON.parse(file.text) as {
      cloud: string;
      results: { node: string; host: string; port: number; verdict: string; phases: unknown[] }[];
    };
    assert.equal(run.cloud, 'public');
    assert.equal(run.results.length, cells.size);
    const dropped = run.results.find(
      result => result.host === 'management.azure.com' && result.node === 'node3',
    );
    assert.equal(dropped?.verdict, 'timed-out');
    const unavailable = run.results.filter(result => result.verdict === 'node-unavailable');
    assert.ok(unavailable.every(result => result.node === 'node4' && result.phases.length === 0));
  });

  it('shows the same results after a reload, on the same tab', async () => {
    await tool.page.reload();
    await tool.frame.getByRole('tab', { name: 'Reachability', selected: true }).waitFor();
    await findCell(tool, 'graph.windows.net:443', 'node2');
    assert.deepEqual(await readCells(tool), cells);
  });

  it('leaves the browser without a complaint', () => {
    assert.deepEqual(tool.complaints, []);
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readScenario } from '../../emulator/lab/read-scenario.ts';
import { noLab } from '../lab/lab-under-test.ts';
import { blob, machine } from '../support/proxy-formers.ts';
import { findCell, readCells, runCheck } from './support/matrix.ts';
import { startTool, type Tool } from './support/tool.ts';

const NODES = ['node1', 'node2', 'node3'];
const PAC = `function FindProxyForURL(url, host) {
  if (isPlainHostName(host)) return "DIRECT";
  return "PROXY proxy.contoso.com:8080; PROXY second.contoso.com:3128";
}`;
const SCRIPT = 'http://wpad.contoso.com:80/proxy.pac';
const MISSING = 'http://gone.contoso.com/proxy.pac';
const DETECTED = 'http://wpad.contoso.com/wpad.dat';
const TCPIP = 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters';
const LOGIN = 'login.microsoftonline.com:443';

/** The shipped scenario, with nodes beside it that follow a proxy configuration script, set or to be detected. */
function withScripts(): object {
  const { proxies, nodes, ...rest } = readScenario('azure-local');
  return {
    ...rest,
    nodes: [
      ...nodes,
      { name: 'node4', wininet: machine(blob(5, '', '', SCRIPT)) },
      {
        ...{ name: 'node5', wininet: machine(blob(5, '', '', MISSING)) },
        faults: [{ host: 'login.microsoftonline.com', fault: 'refuse' }],
      },
      {
        name: 'node6',
        languageMode: 'ConstrainedSigned',
        wininet: { ...machine(blob(9, '')), [TCPIP]: { Domain: 'contoso.com' } },
      },
    ],
    proxies: [...proxies, { host: 'wpad.contoso.com', port: 80, pac: PAC }],
  };
}

/** Nodes as Azure Local ships them: unsigned scripts meet the constrained language, and nothing is left out. */
describe('a cluster as Azure Local ships it', { skip: noLab }, () => {
  let tool: Tool;
  before(async () => {
    tool = await startTool({ scenario: withScripts() });
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
    const more = tool.frame.getByRole('link', { name: /^How to trust a signer, and audit mode/ });
    assert.match((await more.first().getAttribute('href')) ?? '', /^https:.*manage-wdac$/);
    const cells = await readCells(tool);
    const verdictOf = (cell: string): string | undefined => cells.get(cell);
    assert.equal(verdictOf(`${LOGIN}, node2`), 'Reachable');
    // NTP proves nobody; each node asked for itself.
    for (const node of NODES)
      assert.equal(verdictOf(`time.windows.com:123, ${node}`), 'Answered, not proven');
    assert.equal([...cells.values()].includes('Waiting'), false);
    assert.ok([...cells].filter(([, verdict]) => verdict === 'Reachable').length > NODES.length * 20);
    await tool.picture('azure-local');
  });

  it('looks for what automatic detection finds, and stays green only where that is nothing', async () => {
    const notes = tool.frame.locator('oc-node-notes');
    await notes
      .getByText(/node1: automatic proxy detection \(WPAD\) is on for services, and finds nothing/)
      .waitFor();
    await notes
      .getByText(/node6: automatic proxy detection .* finds a proxy configuration script\./)
      .waitFor();
    await notes
      .getByText(new RegExp(`node6: the proxy configuration script ${DETECTED} was read, not run`))
      .waitFor();
    // A policy that trusts the tool's own module lets its commands look, and the page says so.
    await notes
      .getByText(/node6: this tool's own PowerShell module is there, and its commands are used/)
      .waitFor();
    const cells = await readCells(tool);
    assert.equal(cells.get(`${LOGIN}, node1`), 'Reachable');
    assert.equal(cells.get(`${LOGIN}, node6`), 'Answered, not proven');
  });

  it('reads the proxy configuration scripts of nodes, and claims nothing of the ways that they give', async () => {
    const notes = tool.frame.locator('oc-node-notes');
    const read = notes.locator('.oc-notice', { hasText: `node4: the proxy configuration script ${SCRIPT}` });
    await read.getByText(/was read, not run\. These proxies stand in it: /).waitFor();
    assert.match(
      await read.innerText(),
      /proxy\.contoso\.com:8080, second\.contoso\.com:3128\. Which of them a host gets was not resolved here/,
    );
    const text = read.locator('oc-raw-words p');
    assert.equal(await text.isVisible(), false);
    await read.getByText(`What was read from ${SCRIPT}`).click();
    assert.equal(await text.innerText(), PAC);
    await tool.picture('proxy-script');
    await notes
      .getByText(new RegExp(`node5: the proxy configuration script ${MISSING} could not be fetched`))
      .waitFor();

    const cells = await readCells(tool);
    for (const node of ['node4', 'node5'])
      assert.equal(
        [...cells].some(([place, verdict]) => place.endsWith(`, ${node}`) && verdict === 'Reachable'),
        false,
        node,
      );
    assert.equal(cells.get(`${LOGIN}, node4`), 'Answered, not proven');
    assert.equal(cells.get(`${LOGIN}, node5`), 'Not tested');
    await (await findCell(tool, LOGIN, 'node4')).click();
    const details = tool.frame.getByRole('region', { name: `${LOGIN} from node4` });
    await details.getByText(/So that the client gets through is not shown\./).waitFor();
  });

  it('reads the proxy of every node', async () => {
    await tool.openTab('Proxy');
    for (const node of NODES)
      await tool.frame.getByRole('row', { name: new RegExp(`^${node}\\b.* Read\\b`) }).waitFor();
  });
});

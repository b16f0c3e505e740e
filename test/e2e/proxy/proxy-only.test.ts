import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { readScenario } from '../../../emulator/lab/read-scenario.ts';
import { exportResults, findCell, readCells, runCheck } from '../support/matrix.ts';
import { snapshotOf } from '../support/nodes.ts';
import { startTool, type Tool } from '../support/tool.ts';

const PROXY = 'proxy.contoso.com:8080';
const SIGN_IN_PROXY = 'signin-proxy.contoso.com:8080';
/** What the scenario's proxy denies. */
const DENIED = ['www.powershellgallery.com:443', 'edgesupprd.trafficmanager.net:443'];

/** The shipped scenario, its third node without the module, and a fifth one that may go out directly. */
function scenario(): object {
  const shipped = readScenario('proxy-only');
  const nodes = shipped.nodes.map(node => (node.name === 'node3' ? { ...node, proxyModule: false } : node));
  return { ...shipped, nodes: [...nodes, { name: 'node5', proxyModule: false }] };
}

interface Result {
  readonly node: string;
  readonly host: string;
  readonly port: number;
  readonly verdict: string;
  readonly route: {
    readonly kind: string;
    readonly proxy?: string;
    readonly client?: string;
    readonly notBy?: string;
  };
}

describe('nodes behind a proxy', () => {
  let tool: Tool;
  let cells: ReadonlyMap<string, string>;
  let results: readonly Result[];
  /** What WinHTTP connects to, which has no proxy here: the machine's was tried in its place. */
  let ofWinHttp: ReadonlySet<string>;

  before(async () => {
    tool = await startTool({ scenario: scenario() });
    await tool.openTab('Reachability');
    await runCheck(tool);
    cells = await readCells(tool);
    await tool.picture('proxy-only');
    ({ results } = JSON.parse((await exportResults(tool, 'JSON')).text) as { results: Result[] });
    ofWinHttp = new Set(
      results.flatMap(({ host, port, route }) => (route.notBy === 'winhttp' ? [`${host}:${port}`] : [])),
    );
  });

  after(() => tool.close());

  for (const node of ['node1', 'node2']) {
    it(`${node} reaches through its proxy what the proxy allows`, () => {
      for (const [endpoint, verdict] of resultsOf(node)) {
        const through = ofWinHttp.has(endpoint) ? 'Answered, not proven' : 'Reachable';
        assert.equal(verdict, DENIED.includes(endpoint) ? 'Proxy denied' : through, endpoint);
      }
    });
  }

  it('node3, without a proxy, gets no answer', () => {
    for (const [endpoint, verdict] of resultsOf('node3')) assert.equal(verdict, 'Timed out', endpoint);
  });

  it('node4 learns that its proxy wants credentials', () => {
    for (const [endpoint, verdict] of resultsOf('node4')) {
      assert.equal(verdict, ofWinHttp.has(endpoint) ? 'Not tested' : 'Proxy wants credentials', endpoint);
    }
  });

  it('proves nothing by that proxy of what WinHTTP connects to, which does not have it, and says what to do', async () => {
    assert.ok(ofWinHttp.has('windowsupdate.microsoft.com:80'), [...ofWinHttp].join(' '));
    const said = tool.frame.getByText(/WinHTTP has no proxy of its own/).first();
    assert.match(await said.innerText(), /set WinHTTP's too, on the Proxy tab/);
  });

  it('node5 goes direct', () => {
    for (const [endpoint, verdict] of resultsOf('node5')) assert.equal(verdict, 'Reachable', endpoint);
  });

  it('says for each node and each result which way it went', async () => {
    for (const [node, way] of [
      ['node1', `uses the proxy ${PROXY}`],
      ['node3', 'no machine-wide proxy, goes direct'],
      ['node4', `uses the proxy ${SIGN_IN_PROXY}`],
    ] as const) {
      await tool.frame.getByText(`${node}: ${way}`, { exact: true }).waitFor();
    }
    await (await findCell(tool, 'login.microsoftonline.com:443', 'node1')).click();
    const details = tool.frame.getByRole('region', { name: 'login.microsoftonline.com:443 from node1' });
    await details.getByText(`Through the proxy ${PROXY}`).waitFor();
    await tool.picture('proxy-only-details');
    const ways: Readonly<Record<string, object>> = {
      node1: { kind: 'proxy', proxy: PROXY },
      node2: { kind: 'proxy', proxy: PROXY },
      node3: { kind: 'direct' },
      node4: { kind: 'proxy', proxy: SIGN_IN_PROXY },
      node5: { kind: 'direct' },
    };
    for (const { node, host, verdict, route } of results.filter(each => each.verdict !== 'not-tested')) {
      const { client, notBy, ...way } = route;
      assert.deepEqual(way, ways[node], `${host} from ${node}: ${verdict}`);
      // WinHTTP has no proxy of its own here: where the machine's is tried in its place, it is said not to be WinHTTP's way.
      assert.ok(notBy === undefined || (notBy === 'winhttp' && way.kind === 'proxy'), `${host} from ${node}`);
      assert.ok(
        client === undefined || (client === 'winhttp' && way.kind === 'direct'),
        `${host} from ${node}`,
      );
    }
  });

  it('offers the module where it is missing, and installs it from the gallery', async () => {
    await tool.openTab('Proxy');
    assert.deepEqual((await snapshotOf(tool, 'node5')).modules, []);
    await install('node5');
    await tool.frame.getByText('The module is installed on node5.').waitFor();
    assert.equal((await snapshotOf(tool, 'node5')).modules.length, 1);
    await tool.frame
      .getByRole('button', { name: 'Install the module on node5' })
      .waitFor({ state: 'detached' });
  });

  it('says what to do where the gallery cannot be reached', async () => {
    await install('node3');
    await tool.frame
      .getByText(/node3 could not reach the PowerShell Gallery\. Allow www\.powershellgallery\.com/)
      .waitFor();
    await tool.picture('proxy-only-install');
    assert.deepEqual((await snapshotOf(tool, 'node3')).modules, []);
  });

  it('takes the module from the administrator’s computer, and no other file', async () => {
    const nuspec = (id: string): string =>
      `<package><metadata><id>${id}</id><version>0.1.0</version></metadata></package>`;
    const packed = (id: string): Buffer =>
      Buffer.from(
        zipSync({
          'WinInetProxy.nuspec': strToU8(nuspec(id)),
          'WinInetProxy.psm1': strToU8('function Set-WinInetProxy { }'),
          'WinInetProxy.psd1': strToU8(
            "@{ RootModule = 'WinInetProxy.psm1'; ModuleVersion = '0.1.0'; GUID = '1bf9ab57-9d2b-438b-b268-7dc907b8b1b9' }",
          ),
        }),
      );
    const choose = async (name: string, buffer: Buffer): Promise<void> =>
      tool.frame
        .getByLabel('Package of the module (.nupkg)')
        .setInputFiles({ name, mimeType: 'application/zip', buffer });
    await choose('other.nupkg', packed('Az.StackHCI'));
    await tool.frame.getByText(/other\.nupkg is the package of another module \(Az\.StackHCI\)/).waitFor();
    await choose('wininetproxy.0.1.0.nupkg', packed('WinInetProxy'));
    await tool.frame.getByText(/wininetproxy\.0\.1\.0\.nupkg is WinInetProxy 0\.1\.0/).waitFor();
    await tool.frame.getByRole('button', { name: 'Install the package on node3' }).click();
    await tool.frame.getByRole('dialog').getByRole('button', { name: 'Install' }).click();
    await tool.frame.getByText('The module is installed on node3.').waitFor();
    await tool.frame
      .getByRole('button', { name: 'Install the module on node3' })
      .waitFor({ state: 'detached' });
  });

  /** Endpoint and verdict of everything that was tried from a node. */
  function resultsOf(node: string): readonly (readonly [string, string])[] {
    const own = [...cells].flatMap(([cell, verdict]) =>
      cell.endsWith(`, ${node}`) && !cell.startsWith('*.')
        ? [[cell.slice(0, -`, ${node}`.length), verdict] as const]
        : [],
    );
    assert.ok(own.length > 20, `${own.length} results from ${node}`);
    return own;
  }

  async function install(node: string): Promise<void> {
    await tool.frame.getByRole('button', { name: `Install the module on ${node}` }).click();
    await tool.frame.getByRole('dialog').getByRole('button', { name: 'Install' }).click();
  }
});

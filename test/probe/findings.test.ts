import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startLab } from '../../emulator/lab/network/lab-network.ts';
import type { Network } from '../../emulator/lab/network/network.ts';
import { noLab, scenarioOf } from '../lab/lab-under-test.ts';
import { type Endpoint, ProbeNode } from '../support/probe-node.ts';
import { mustComplete } from '../support/probe-on-loopback.ts';
import { bundleTool, LEARN_AUTHORITIES } from '../support/tool-bundle.ts';

const PATHS: Readonly<Record<string, string>> = {
  'crl3.digicert.com': '/DigiCertGlobalRootG2.crl',
  'crl4.digicert.com': '/DigiCertGlobalRootG2.crl',
};
/** Of four domains, which a filter gives one address. */
const LED = ['login.windows.net', 'mcr.microsoft.com', 'ecpacr.azurecr.io', 'helm.sh'];
const OPEN = ['management.azure.com', 'login.microsoftonline.com', 'graph.microsoft.com'];
const LISTS = Object.keys(PATHS);

const scenario = scenarioOf([
  { name: 'sunk', faults: LED.map(host => ({ host, fault: 'resolve:203.0.113.9' })) },
  { name: 'blocked', faults: LED.map(host => ({ host, fault: 'resolve:0.0.0.0' })) },
  { name: 'late', clockSkewSeconds: 7200 },
  { name: 'listless', faults: LISTS.map(host => ({ host, fault: 'drop' })) },
  {
    name: 'led',
    faults: [
      { host: 'management.azure.com', fault: 'redirect:https://portal.azure.com/a' },
      { host: 'portal.azure.com', fault: 'redirect:http://login.live.com/' },
      { host: 'login.live.com', port: 80, fault: 'redirect:https://login.live.com/' },
      { host: 'login.live.com', port: 443, fault: 'drop' },
      { host: 'graph.microsoft.com', fault: 'redirect:http://10.0.0.1/' },
    ],
  },
]);
/** The node whose services send their callers on; the others are for the findings of what fails. */
const LED_ON = 'led';

const endpoints = [...OPEN, ...LED, ...LISTS].map((host): Endpoint => {
  const protocol = LISTS.includes(host) ? 'http' : 'https';
  const port = protocol === 'http' ? 80 : 443;
  const path = PATHS[host];
  return { id: `${host}:${port}/${protocol}`, host, port, protocol, ...(path !== undefined && { path }) };
});

interface Found {
  readonly kind: string;
  readonly owner: string;
  readonly scope: { readonly nodes: readonly string[] };
  readonly cells: readonly unknown[];
}

/** The tool's own run and findings; bundled, since the tool is written for a bundler. */
interface Tool {
  makePlan(rows: readonly object[]): unknown;
  startRun(request: object, plan: unknown, nodes: readonly object[], now: string): unknown;
  reportArrived(run: unknown, node: string, report: unknown): unknown;
  nodeEnded(run: unknown, node: string, cause: string, message: string, now: string): unknown;
  findingsOf(run: unknown, facts: readonly object[]): readonly Found[];
  readonly RedirectTrail: new (run: unknown, node: string) => Trail;
  readonly HopReport: new (entry: Endpoint, report: unknown) => unknown;
  chainsOf(run: unknown): (result: unknown) => readonly Hop[];
}

interface Trail {
  take(report: unknown): void;
  takeHop(hop: unknown): void;
  open(): readonly Endpoint[];
}

interface Run {
  readonly cells: ReadonlyMap<string, ReadonlyMap<string, { readonly verdict: string }>>;
}

interface Hop {
  readonly host?: string;
  readonly port?: number;
  readonly listed: { readonly kind: string };
  readonly result?: { readonly verdict: string; readonly cause: string };
  readonly refused?: string;
}

/** What a check asks for. */
const REQUEST = { cluster: 'hci', cloud: 'public', features: [], timeoutMs: 5000 };

/** The tool's own run of one node, before anything is measured. */
function runOn(tool: Tool, names: readonly string[], rows: readonly Endpoint[]): unknown {
  const plan = tool.makePlan(rows.map(each => ({ ...each, rule: { id: each.host } })));
  const nodes = names.map(name => ({ name, fqdn: `${name}.contoso.local`, state: 'up' }));
  return tool.startRun(REQUEST, plan, nodes, new Date().toISOString());
}

const ENTRY = `${LEARN_AUTHORITIES}
export { makePlan } from './src/app/reachability/plan/probe-plan';
export { startRun } from './src/app/reachability/run/run';
export { HopReport, RedirectTrail } from './src/app/reachability/run/follow-up/follow-redirects';
export { chainsOf } from './src/app/reachability/run/follow-up/redirect-chain';
export { reportArrived, nodeEnded } from './src/app/reachability/run/run-steps';
export { findingsOf } from './src/app/reachability/finding/findings';
`;

describe('The findings of what nodes of a lab saw', { skip: noLab }, () => {
  let lab: Network;
  before(async () => {
    lab = await startLab(scenario, line => console.error(line));
  });
  after(() => lab.stop());

  test('name the name server, the clock and the lists, each with its owner', async () => {
    const tool = await bundleTool<Tool>(ENTRY);
    const now = new Date().toISOString();
    const names = scenario.nodes.map(({ name }) => name).filter(name => name !== LED_ON);
    let run = runOn(tool, names, endpoints);
    for (const name of names) {
      const node = await ProbeNode.inLab(lab, { name }, 'Test-EndpointByCurl');
      const seen = await node.probe(endpoints, { TimeoutMs: 8000 });
      await node.stop();
      mustComplete(seen);
      for (const { observation } of seen.results) run = tool.reportArrived(run, name, observation);
      run = tool.nodeEnded(run, name, 'no-report', '', now);
    }
    const found = tool.findingsOf(run, []).map(({ kind, owner, scope, cells }) => ({
      ...{ kind, owner, nodes: scope.nodes, cells: cells.length },
    }));
    assert.deepEqual(
      found.sort((a, b) => a.kind.localeCompare(b.kind)),
      [
        { kind: 'clock', owner: 'server', nodes: ['late'], cells: 0 },
        { kind: 'one-address', owner: 'dns', nodes: ['sunk'], cells: LED.length },
        { kind: 'revocation', owner: 'network', nodes: ['listless'], cells: LISTS.length },
        { kind: 'sinkhole', owner: 'dns', nodes: ['blocked'], cells: LED.length },
      ],
    );
  });

  test('follow redirects hop by hop from the node, compare each host with the list, and go nowhere inside', async () => {
    const tool = await bundleTool<Tool>(ENTRY);
    const rows = endpoints.filter(({ host }) => OPEN.includes(host));
    let run = runOn(tool, [LED_ON], rows);
    const trail = new tool.RedirectTrail(run, LED_ON);
    const node = await ProbeNode.inLab(lab, { name: LED_ON }, 'Test-EndpointByCurl');
    const first = await node.probe(rows, { TimeoutMs: 8000 });
    mustComplete(first);
    for (const { observation } of first.results) {
      trail.take(observation);
      run = tool.reportArrived(run, LED_ON, observation);
    }
    const rounds: string[][] = [];
    for (let open = trail.open(); open.length > 0; open = trail.open()) {
      rounds.push(open.map(({ host, port }) => `${host}:${port}`));
      const round = await node.probe(open, { TimeoutMs: 3000 });
      mustComplete(round);
      for (const { id, observation } of round.results) {
        const hop = new tool.HopReport(open.find(each => each.id === id) ?? assert.fail(id), observation);
        trail.takeHop(hop);
        run = tool.reportArrived(run, LED_ON, hop);
      }
    }
    await node.stop();
    run = tool.nodeEnded(run, LED_ON, 'no-report', '', new Date().toISOString());
    assert.deepEqual(rounds, [['portal.azure.com:443'], ['login.live.com:80'], ['login.live.com:443']]);
    const cells = (run as Run).cells.get(LED_ON);
    const chain = (host: string): readonly unknown[] =>
      tool
        .chainsOf(run)(cells?.get(`${host}:443/https`))
        .map(hop => [`${hop.host}:${hop.port}`, hop.listed.kind, hop.refused ?? hop.result?.cause]);
    assert.deepEqual(chain('management.azure.com'), [
      ['portal.azure.com:443', 'none', 'answered-elsewhere'],
      ['login.live.com:80', 'none', 'answered-unproven'],
      ['login.live.com:443', 'none', 'connect-timed-out'],
    ]);
    assert.deepEqual(chain('graph.microsoft.com'), [['10.0.0.1:80', 'none', 'address']]);
    assert.deepEqual(chain('login.microsoftonline.com'), []);
    // What is behind a redirect takes nothing from what was asked.
    assert.deepEqual(
      new Set([...(cells?.values() ?? [])].map(({ verdict }) => verdict)),
      new Set(['reachable']),
    );
    const found = tool.findingsOf(run, []).map(({ kind, owner }) => [kind, owner]);
    assert.deepEqual(found, [
      ['redirect-blocked', 'network'],
      ['redirect-unlisted', 'none'],
    ]);
  });
});

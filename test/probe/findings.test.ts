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
]);

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
}

const ENTRY = `${LEARN_AUTHORITIES}
export { makePlan } from './src/app/reachability/plan/probe-plan';
export { startRun } from './src/app/reachability/run/run';
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
    const names = scenario.nodes.map(({ name }) => name);
    const plan = tool.makePlan(endpoints.map(each => ({ ...each, rule: { id: each.host } })));
    const request = { cluster: 'hci', cloud: 'public', features: [], timeoutMs: 5000 };
    let run = tool.startRun(
      request,
      plan,
      names.map(name => ({ name, fqdn: name, state: 'up' })),
      now,
    );
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
});

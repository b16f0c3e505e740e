import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startLab } from '../../emulator/lab/network/lab-network.ts';
import type { Network } from '../../emulator/lab/network/network.ts';
import { noLab, scenarioOf } from '../lab/lab-under-test.ts';
import { listedEndpoints } from '../support/listed-endpoints.ts';
import { ProbeNode, PROBES, type ProbeRun } from '../support/probe-node.ts';
import { mustComplete } from '../support/probe-on-loopback.ts';

/** Long enough for a cold engine on a busy machine, so that only what is broken times out. */
const TIMEOUT_MS = 10_000;

const ENDPOINTS = listedEndpoints('2022-01');

/** One fault for each way in which an endpoint can fail, and what it must be called. */
const FAULTS = {
  'wustat.windows.com:80': ['nxdomain', 'name-not-resolved', 'no-such-name'],
  'contosowitness.blob.core.windows.net:443': ['dns-timeout', 'name-not-resolved', 'name-server-silent'],
  'graph.windows.net:443': ['refuse', 'refused', 'connection-refused'],
  'management.azure.com:443': ['drop', 'timed-out', 'connect-timed-out'],
  'download.microsoft.com:443': ['reset-on-tls', 'tls-failed', 'tls-reset'],
  'www.powershellgallery.com:443': ['intercept', 'tls-intercepted', 'unknown-root'],
  'edgesupprdwestuufrontend.westus2.cloudapp.azure.com:443': [
    'untrusted',
    'tls-failed',
    'certificate-untrusted',
  ],
  'edgesupprd.trafficmanager.net:443': ['expired', 'tls-failed', 'certificate-expired'],
  'edgesupprdeastusfrontend.eastus.cloudapp.azure.com:443': [
    'wrong-name',
    'tls-failed',
    'certificate-wrong-name',
  ],
  'go.microsoft.com:80': ['http-403', 'http-blocked', 'http-forbidden'],
  'download.windowsupdate.com:80': ['http-503', 'http-blocked', 'http-unavailable'],
  // Behind the service's own certificate nobody on the way can have sent it.
  'azurestackhci.azurefd.net:443': ['http-503', 'reachable', 'answered-failure'],
  'dl.delivery.mp.microsoft.com:443': ['slow:800', 'reachable', 'answered'],
} as const;

const faults = Object.entries(FAULTS).map(([id, [fault]]) => {
  const [host, port] = id.split(':');
  return fault.startsWith('dns') || fault === 'nxdomain'
    ? { host, fault }
    : { host, port: Number(port), fault };
});

const scenario = scenarioOf(
  [{ name: 'faulty', faults }, { name: 'healthy' }, { name: 'behind', egress: 'proxy-only' }],
  [
    { host: 'proxy.contoso.com', port: 8080, deny: ['graph.windows.net', 'go.microsoft.com'] },
    { host: 'signin.contoso.com', port: 8080, requiresAuthentication: true },
  ],
);

/** In the lab some services refuse a bare request, as the real ones do. */
const SERVICES_OWN: ReadonlySet<string> = new Set(['answered', 'answered-refusal', 'connected']);

/** What is not simply answered. */
const notReached = (run: ProbeRun): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    run.results
      .filter(each => !SERVICES_OWN.has(each.cause))
      .map(each => [each.id, [each.verdict, each.cause]] as const)
      .sort(([a], [b]) => a.localeCompare(b)),
  );

for (const program of PROBES)
  describe(`${program} in the lab`, { skip: noLab }, () => {
    let lab: Network;
    const nodes = new Map<string, ProbeNode>();
    const node = (name: string): ProbeNode => nodes.get(name) ?? assert.fail(`no node ${name}`);
    before(async () => {
      lab = await startLab(scenario, line => console.error(line));
      for (const { name } of scenario.nodes) nodes.set(name, await ProbeNode.inLab(lab, { name }, program));
    });
    after(async () => {
      for (const each of nodes.values()) await each.stop();
      await lab.stop();
    });

    test('reaches every host of the list where nothing is broken', async () => {
      const run = await node('healthy').probe(ENDPOINTS, { TimeoutMs: TIMEOUT_MS });
      mustComplete(run);
      assert.equal(run.results.length, ENDPOINTS.length);
      assert.deepEqual(notReached(run), {});
      // The version and the cipher, or that this way of probing does not tell them.
      const told = program === 'Test-Endpoint' ? /^Tls1[23], \w+$/ : /not told/;
      for (const { observation } of run.results)
        for (const { phase, detail } of observation.phases) if (phase === 'tls') assert.match(detail, told);
    });

    test('gives each fault its verdict, and none to any other endpoint', async () => {
      const run = await node('faulty').probe(ENDPOINTS, { TimeoutMs: TIMEOUT_MS });
      mustComplete(run);
      const expected = Object.entries(FAULTS)
        .filter(([, [, , cause]]) => !SERVICES_OWN.has(cause))
        .map(([id, [, ...judgement]]) => [id, judgement] as const)
        .sort(([a], [b]) => a.localeCompare(b));
      assert.deepEqual(notReached(run), Object.fromEntries(expected));
      const slow = run.results.find(each => each.id === 'dl.delivery.mp.microsoft.com:443');
      assert.ok((slow?.observation.phases.at(-1)?.ms ?? 0) >= 700);
    });

    test('takes little longer than the time of one endpoint, although one is dropped', async context => {
      const forty = ENDPOINTS.filter(
        each => !(each.id in FAULTS) || each.id === 'management.azure.com:443',
      ).slice(0, 40);
      const times: number[] = [];
      for (let round = 0; round < 3; round += 1) {
        const run = await node('faulty').probe(forty, { TimeoutMs: 1500 });
        mustComplete(run);
        assert.deepEqual(Object.keys(notReached(run)), ['management.azure.com:443']);
        times.push(run.ms);
      }
      context.diagnostic(`${forty.length} endpoints, one dropped, time-out 1500 ms: ${times.join(', ')} ms`);
      assert.ok(Math.min(...times) < 2500, `${times.join(', ')} ms`);
    });

    test('finds nothing where direct traffic is dropped, and all of it through the proxy', async () => {
      const some = ENDPOINTS.filter(each => each.host.endsWith('.com')).slice(0, 12);
      const direct = await node('behind').probe(some, { TimeoutMs: 1500 });
      mustComplete(direct);
      assert.deepEqual(new Set(direct.results.map(each => each.cause)), new Set(['connect-timed-out']));

      const run = await node('behind').probe(ENDPOINTS, {
        TimeoutMs: TIMEOUT_MS,
        ProxyServer: 'proxy.contoso.com:8080',
      });
      mustComplete(run);
      assert.deepEqual(notReached(run), {
        'go.microsoft.com:443': ['proxy-denied', 'proxy-policy'],
        'go.microsoft.com:80': ['proxy-denied', 'proxy-policy'],
        'graph.windows.net:443': ['proxy-denied', 'proxy-policy'],
      });
      for (const { observation } of run.results)
        assert.deepEqual([observation.route, observation.proxy], ['proxy', 'proxy.contoso.com:8080']);
    });

    test('goes round the proxy for the hosts of the bypass list only', async () => {
      const run = await node('healthy').probe(ENDPOINTS, {
        TimeoutMs: TIMEOUT_MS,
        ProxyServer: 'proxy.contoso.com:8080',
        ProxyBypass: ['*.windows.net;<local>', 'go.microsoft.com'],
      });
      mustComplete(run);
      assert.deepEqual(notReached(run), {});
      for (const { id, observation } of run.results) {
        const direct = /\.windows\.net:|^go\.microsoft\.com:/.test(id);
        assert.equal(observation.route, direct ? 'direct' : 'proxy', id);
      }
    });

    test('says that a proxy wants credentials, for HTTPS and HTTP', async () => {
      const run = await node('behind').probe(ENDPOINTS.slice(0, 10), {
        ProxyServer: 'signin.contoso.com:8080',
      });
      mustComplete(run);
      assert.deepEqual(new Set(run.results.map(each => each.verdict)), new Set(['proxy-credentials']));
    });

    test('says that the name of a proxy does not exist', async () => {
      const run = await node('behind').probe(ENDPOINTS.slice(0, 2), {
        ProxyServer: 'nothing.contoso.com:8080',
      });
      assert.deepEqual(new Set(run.results.map(each => each.cause)), new Set(['proxy-name-not-resolved']));
    });
  });

describe('Test-Endpoint where only the constrained language is allowed', { skip: noLab }, () => {
  test('ends at once, and says why', async () => {
    const node = await ProbeNode.onLoopback({}, 'Test-Endpoint', 'Constrained');
    const run = await node.probe(ENDPOINTS);
    await node.stop();
    assert.deepEqual([run.outcome, run.results], ['failed', []]);
    assert.match(run.errors[0]?.message ?? '', /^LanguageMode:ConstrainedLanguage/);
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startLab } from '../../emulator/lab/network/lab-network.ts';
import type { Network } from '../../emulator/lab/network/network.ts';
import { noLab, scenarioOf } from '../lab/lab-under-test.ts';
import { type Endpoint, ProbeNode, PROBES, type ProbeRun } from '../support/probe-node.ts';
import { mustComplete } from '../support/probe-on-loopback.ts';

const endpoint = (text: string): Endpoint => {
  const { protocol, hostname } = new URL(text);
  return protocol === 'http:'
    ? { id: text, host: hostname, port: 80, protocol: 'http' }
    : { id: text, host: hostname, port: 443, protocol: 'https' };
};

/** What answers slowly, by the step that took the time. */
const SLOW = [
  ['https://v20.events.data.microsoft.com', 'slow-name:4500', 'name'],
  ['https://adhs.events.data.microsoft.com', 'slow-tls:4500', 'tls'],
  ['https://edgesupprd.trafficmanager.net', 'slow:4500', 'http'],
  ['http://search.azure.com', 'slow:4500', 'http'],
] as const;
const LOSING = endpoint('https://login.chinacloudapi.cn');
/** Two seconds are a large part of it. Kernels send a lost packet again after one second and one more, or after one and two. */
const LOSING_MS = 4800;
const OPEN = endpoint('https://management.azure.com');
const PLAIN = endpoint('http://go.microsoft.com');
/** A large part of it is clearly less than what the lab makes slow. */
const TIMEOUT_MS = 7000;

/** How the node's curl.exe fails, which is the node's name, too. */
const BROKEN_CURLS = ['garbled', 'cut-off', 'crashes'] as const;

const scenario = scenarioOf(
  [
    {
      name: 'slow',
      faults: [
        { host: LOSING.host, fault: 'slow-connect' },
        ...SLOW.map(([url, fault]) => {
          const { host, port } = endpoint(url);
          return fault.startsWith('slow-name') ? { host, fault } : { host, port, fault };
        }),
      ],
    },
    ...BROKEN_CURLS.map(name => ({ name })),
  ],
  [
    { host: 'slow.contoso.com', port: 8080, delayMs: 4500 },
    { host: 'opening.contoso.com', port: 8080, broken: 'tunnel-closes' },
  ],
);

for (const program of PROBES)
  describe(`What answers slowly, by ${program}`, { skip: noLab }, () => {
    let lab: Network;
    let node: ProbeNode;
    before(async () => {
      lab = await startLab(scenario, line => console.error(line));
      node = await ProbeNode.inLab(lab, { name: 'slow' }, program);
    });
    after(async () => {
      await node.stop();
      await lab.stop();
    });
    /** What a busy machine kept from running is no measurement: it is asked again. */
    const probed = async (
      endpoints: readonly Endpoint[],
      proxy = '',
      TimeoutMs = TIMEOUT_MS,
    ): Promise<ProbeRun> => {
      for (let tries = 1; ; tries += 1) {
        const run = await node.probe(endpoints, { TimeoutMs, ProxyServer: proxy });
        mustComplete(run);
        const isTroubled = run.results.some(({ observation }) => (observation.heldUpMs ?? 0) > 0);
        if (!isTroubled || tries === 5) return run;
      }
    };
    const slowIn = (run: ProbeRun) =>
      Object.fromEntries(run.results.map(each => [each.id, [each.verdict, each.slow]]));

    test('is told by the step that took the time, and what is not slow is not', async () => {
      assert.deepEqual(
        slowIn(await probed([...SLOW.map(([url]) => endpoint(url)), OPEN])),
        Object.fromEntries([
          ...SLOW.map(([url, , step]) => [url, ['reachable', step]] as const),
          [OPEN.id, ['reachable', undefined]],
        ]),
      );
    });

    test('is the connection where its first packets are lost', async () => {
      const seen = slowIn(await probed([LOSING], '', LOSING_MS));
      assert.deepEqual(seen, { [LOSING.id]: ['reachable', 'connect'] });
    });

    test('is the proxy where it keeps its nodes waiting', async () => {
      assert.deepEqual(slowIn(await probed([OPEN, PLAIN], 'slow.contoso.com:8080')), {
        // curl does not time the proxy apart from TLS behind it.
        [OPEN.id]: ['reachable', program === 'Test-Endpoint' ? 'proxy' : 'opening'],
        [PLAIN.id]: ['reachable', 'http'],
      });
    });

    test('leaves a TCP connection that a proxy opens and closes at once unproven', async () => {
      const tcp: Endpoint = { id: 'x', host: PLAIN.host, port: 443, protocol: 'tcp' };
      const [seen] = (await probed([tcp], 'opening.contoso.com:8080')).results;
      // curl counts what the proxy said with what came behind it, so that it cannot tell that nobody spoke.
      const judgement =
        program === 'Test-Endpoint' ? 'proxy-denied proxy-tunnel-closed' : 'not-proven connected-web-port';
      assert.equal(`${seen?.verdict ?? ''} ${seen?.cause ?? ''}`, judgement);
    });
  });

describe('A curl.exe that is broken', { skip: noLab }, () => {
  let lab: Network;
  before(async () => {
    lab = await startLab(scenario, line => console.error(line));
  });
  after(() => lab.stop());
  const probed = async (name: (typeof BROKEN_CURLS)[number]): Promise<ProbeRun> => {
    const node = await ProbeNode.inLab(lab, { name, curl: name }, 'Test-EndpointByCurl');
    const run = await node.probe([OPEN, PLAIN], { TimeoutMs: 10_000 });
    await node.stop();
    return run;
  };

  test('proves nothing by a report that contradicts itself', async () => {
    const { results } = await probed('garbled');
    const judgements = results.map(({ verdict, cause }) => `${verdict} ${cause}`);
    assert.deepEqual(judgements, ['not-tested unclear-report', 'not-tested unclear-report']);
  });

  test('loses nothing that it told before its end, and tells nothing of the rest', async () => {
    const { outcome, results, unreadable } = await probed('cut-off');
    assert.deepEqual(
      [outcome, results.map(each => each.verdict), unreadable],
      ['completed', ['reachable'], []],
    );
  });

  test('says so where it told nothing at all', async () => {
    const { outcome, results, errors } = await probed('crashes');
    assert.deepEqual([outcome, results], ['failed', []]);
    assert.match(errors[0]?.message ?? '', /^curl-failed: /);
  });
});

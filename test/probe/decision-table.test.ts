import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { startLab } from '../../emulator/lab/lab-network.ts';
import type { Network } from '../../emulator/lab/network.ts';
import { noLab, scenarioOf } from '../lab/lab-under-test.ts';
import { type Endpoint, ProbeNode, PROBES } from '../support/probe-node.ts';
import { mustComplete } from '../support/probe-on-loopback.ts';

const TIMEOUT_MS = 10_000;

type Row = readonly [endpoint: string, fault: string, judgement: string];

/** What a filter, server, resolver or device does, and what it must be called. One host for each. */
const ROWS: readonly Row[] = [
  ['http://wustat.windows.com', 'http-470', 'http-blocked http-filter-status'],
  ['http://windowsupdate.microsoft.com', 'http-418', 'http-blocked http-filter-status'],
  ['http://ntservicepack.microsoft.com', 'http-204', 'not-proven answered-unproven'],
  ['http://go.microsoft.com', 'http-200', 'not-proven answered-unproven'],
  ['http://ad.azure.com', 'http-404', 'not-proven answered-unproven'],
  ['http://adf.azure.com', 'http-451', 'http-blocked http-forbidden'],
  ['http://api.aadrm.com', 'http-502', 'http-blocked http-unavailable'],
  ['http://appservice.azure.com', 'http-511', 'http-blocked http-login-page'],
  ['http://asazure.windows.net', 'http-103', 'reachable answered'],
  ['http://bastion.azure.com', 'http-407', 'proxy-credentials proxy-wants-credentials'],
  ['http://batch.azure.com', 'redirect:http://portal.contoso.com/login', 'http-blocked http-redirected-away'],
  ['http://catalogapi.azure.com', 'redirect:https://catalogapi.azure.com/', 'not-proven answered-unproven'],
  ['https://management.azure.com', 'http-470', 'reachable answered'],
  ['https://graph.windows.net', 'http-403', 'reachable answered-refusal'],
  ['https://graph.microsoft.com', 'http-503', 'reachable answered-failure'],
  ['https://aka.ms', 'redirect:https://www.search.example/', 'reachable answered-elsewhere'],
  ['https://login.microsoftonline.com', 'tls-alert', 'tls-failed tls-alert'],
  ['https://login.windows.net', 'reset-on-tls', 'tls-failed tls-reset'],
  ['https://mcr.microsoft.com', 'incomplete-chain', 'tls-failed chain-incomplete'],
  ['https://ecpacr.azurecr.io', 'signed-by:Zscaler Root CA', 'tls-intercepted inspecting-product'],
  ['https://akshci.azurefd.net', 'signed-by:Contoso Cloud Proxy', 'tls-intercepted unknown-root'],
  ['https://pas.windows.net', 'signed-by:SSL.com TLS RSA Root CA 2022', 'not-proven other-public-authority'],
  ['https://packages.microsoft.com', 'resolve:0.0.0.0', 'name-not-resolved blocked-by-name'],
  ['https://helm.sh', 'resolve:127.0.0.1', 'name-not-resolved blocked-by-name'],
  ['https://sts.windows.net', 'resolve:10.66.1.4', 'reachable answered-refusal|reachable answered'],
  ['https://login.live.com', 'resolve:10.66.2.4', 'timed-out private-address'],
  ['https://events.data.microsoft.com', 'resolve:10.66.2.4', 'timed-out private-address'],
  ['https://dc.services.visualstudio.com', 'resolve:203.0.113.9,self', 'reachable answered'],
  ['https://dev.azure.com', 'resolve:203.0.113.9', 'timed-out connect-timed-out'],
];

const LATE = 400 * 86_400;
const https = (host: string, port = 443): Endpoint => ({ id: host, host, port, protocol: 'https' });
const OPEN = 'management.azure.com';

const scenario = scenarioOf(
  [
    {
      name: 'faulty',
      faults: ROWS.map(([url, fault]) => {
        const { hostname, protocol } = new URL(url);
        return fault.startsWith('resolve:')
          ? { host: hostname, fault }
          : { host: hostname, port: protocol === 'https:' ? 443 : 80, fault };
      }),
    },
    { name: 'open' },
    { name: 'ahead', clockSkewSeconds: LATE },
    { name: 'behind', clockSkewSeconds: -LATE },
    { name: 'deaf', resolvers: ['192.0.2.99'] },
    { name: 'proxied', egress: 'proxy-only' },
  ],
  [
    { host: 'narrow.contoso.com', port: 8080, denyPorts: [443] },
    { host: 'broken.contoso.com', port: 8080, answer: 502 },
    { host: 'odd.contoso.com', port: 8080, answer: 470 },
  ],
);

for (const program of PROBES)
  describe(`The decision table, by ${program}`, { skip: noLab }, () => {
    let lab: Network;
    const nodes = new Map<string, ProbeNode>();
    const judgements = async (
      name: string,
      endpoints: readonly Endpoint[],
      more: Readonly<Record<string, unknown>> = {},
    ): Promise<Readonly<Record<string, string>>> => {
      const node = nodes.get(name) ?? assert.fail(name);
      const run = await node.probe(endpoints, { TimeoutMs: TIMEOUT_MS, ...more });
      mustComplete(run);
      return Object.fromEntries(run.results.map(each => [each.id, `${each.verdict} ${each.cause}`]));
    };
    before(async () => {
      lab = await startLab(scenario, line => console.error(line));
      for (const { name } of scenario.nodes) nodes.set(name, await ProbeNode.inLab(lab, { name }, program));
    });
    after(async () => {
      for (const each of nodes.values()) await each.stop();
      await lab.stop();
    });

    test('names what filters, servers, resolvers and devices do', async () => {
      const seen = await judgements(
        'faulty',
        ROWS.map(([url]): Endpoint => {
          const { hostname, protocol } = new URL(url);
          return protocol === 'https:'
            ? { ...https(hostname), id: url }
            : { id: url, host: hostname, port: 80, protocol: 'http' };
        }),
      );
      const wrong = ROWS.filter(([url, , judgement]) => !judgement.split('|').includes(seen[url] ?? '')).map(
        ([url, fault, judgement]) => ({ url, fault, expected: judgement, seen: seen[url] }),
      );
      assert.deepEqual(wrong, []);
    });

    test('proves hosts over plain HTTP by what their real client asks for', async () => {
      const text = await readFile('src/catalog/http-evidence.json', 'utf8');
      const { hosts } = JSON.parse(text) as { hosts: readonly { host: string; path?: string }[] };
      const endpoints = hosts.flatMap(({ host, path }): Endpoint[] =>
        path === undefined ? [] : [{ id: host, host, port: 80, protocol: 'http', path }],
      );
      assert.ok(endpoints.length > 5);
      assert.deepEqual(
        await judgements('open', endpoints),
        Object.fromEntries(endpoints.map(({ id }) => [id, 'reachable answered'])),
      );
    });

    test('sees by certificates that the clock is wrong', async () => {
      assert.deepEqual(await judgements('ahead', [https(OPEN)]), {
        [OPEN]: 'tls-failed certificate-expired',
      });
      assert.deepEqual(await judgements('behind', [https(OPEN)]), {
        [OPEN]: 'tls-failed certificate-not-yet-valid',
      });
    });

    test('sees that the resolver of a node is silent', async () => {
      const [seen] = Object.values(await judgements('deaf', [https(OPEN)], { TimeoutMs: 4000 }));
      assert.equal(seen, 'name-not-resolved name-server-silent');
    });

    test('tells what a proxy refuses, and a proxy that does not work', async () => {
      const through = async (proxy: string, protocol: 'https' | 'http') => {
        const endpoint: Endpoint = {
          id: 'x',
          host: 'go.microsoft.com',
          port: protocol === 'https' ? 443 : 80,
          protocol,
        };
        return (await judgements('proxied', [endpoint], { ProxyServer: `${proxy}.contoso.com:8080` }))['x'];
      };
      assert.equal(await through('narrow', 'https'), 'proxy-denied proxy-policy');
      assert.equal(await through('narrow', 'http'), 'reachable answered');
      for (const protocol of ['https', 'http'] as const) {
        assert.equal(await through('broken', protocol), 'proxy-denied proxy-could-not-reach', protocol);
        assert.equal(await through('odd', protocol), 'proxy-denied proxy-policy', protocol);
      }
    });
  });

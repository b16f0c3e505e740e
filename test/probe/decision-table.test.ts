import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { startLab } from '../../emulator/lab/network/lab-network.ts';
import type { Network } from '../../emulator/lab/network/network.ts';
import { noLab, scenarioOf } from '../lab/lab-under-test.ts';
import { allCauses, type Endpoint, ProbeNode, PROBES } from '../support/probe-node.ts';
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
  ['http://www.msftconnecttest.com/connecttest.txt', 'http-200', 'http-blocked http-other-content'],
  ['http://crl3.digicert.com/DigiCertGlobalRootG2.crl', 'http-204', 'not-proven answered-unproven'],
  ['http://changeanalysis.azure.com', 'transparent-proxy', 'http-blocked transparent-proxy'],
  ['http://cognitiveservices.azure.com', 'reset-on-http', 'http-blocked http-closed'],
  ['http://cosmos.azure.com', 'not-http', 'http-blocked http-not-http'],
  ['https://management.azure.com', 'http-470', 'reachable answered'],
  ['https://graph.windows.net', 'http-403', 'reachable answered-refusal'],
  ['https://graph.microsoft.com', 'http-503', 'reachable answered-failure'],
  ['https://aka.ms', 'redirect:https://www.search.example/', 'reachable answered-elsewhere'],
  ['https://login.microsoftonline.com', 'tls-alert', 'tls-failed tls-alert'],
  ['https://login.windows.net', 'reset-on-tls', 'tls-failed tls-reset'],
  ['https://winatp-gw-cus.microsoft.com', 'tls-version', 'tls-failed tls-version'],
  ['https://winatp-gw-eus.microsoft.com', 'tls-broken', 'tls-failed tls-handshake-failed'],
  ['https://winatp-gw-cus3.microsoft.com', 'not-tls', 'tls-failed tls-not-tls'],
  ['https://winatp-gw-eus3.microsoft.com', 'silent-on-tls', 'timed-out tls-timed-out'],
  ['https://winatp-gw-neu.microsoft.com', 'reset-on-http', 'http-blocked http-closed'],
  ['https://winatp-gw-weu.microsoft.com', 'slow:60000', 'timed-out http-timed-out'],
  ['https://winatp-gw-neu3.microsoft.com', 'untrusted', 'tls-failed certificate-untrusted'],
  ['https://winatp-gw-weu3.microsoft.com', 'wrong-name', 'tls-failed certificate-wrong-name'],
  ['https://mcr.microsoft.com', 'incomplete-chain', 'tls-failed chain-incomplete'],
  ['https://winatp-gw-uks.microsoft.com', 'missing-root', 'tls-failed root-missing'],
  ['https://winatp-gw-ukw.microsoft.com', 'unsent-root', 'tls-failed root-named'],
  ['https://ecpacr.azurecr.io', 'signed-by:Zscaler Root CA', 'tls-intercepted inspecting-product'],
  ['https://akshci.azurefd.net', 'signed-by:Contoso Cloud Proxy', 'tls-intercepted unknown-root'],
  ['https://pas.windows.net', 'signed-by:SSL.com TLS RSA Root CA 2022', 'not-proven other-public-authority'],
  ['own https://winatp-gw-aue.microsoft.com', 'signed-by:Contoso Root CA', 'not-proven signed-by-unknown'],
  ['own https://winatp-gw-aus.microsoft.com', 'signed-by:SSL.com TLS RSA Root CA 2022', 'reachable answered'],
  [
    'own https://winatp-gw-usmt.microsoft.com',
    'signed-by:CN=FG100FTK00000001, O=Fortinet',
    'tls-intercepted inspecting-product',
  ],
  ['https://packages.microsoft.com', 'resolve:0.0.0.0', 'name-not-resolved blocked-by-name'],
  ['https://uk-v20.events.data.microsoft.com', 'resolve:146.112.61.106', 'name-not-resolved blocked-by-name'],
  ['https://helm.sh', 'resolve:127.0.0.1', 'name-not-resolved blocked-by-name'],
  ['https://sts.windows.net', 'resolve:10.66.1.4', 'reachable answered-refusal|reachable answered'],
  ['https://login.live.com', 'resolve:10.66.2.4', 'timed-out private-address'],
  ['https://events.data.microsoft.com', 'resolve:10.66.2.4', 'timed-out private-address'],
  ['https://dc.services.visualstudio.com', 'resolve:203.0.113.9,self', 'reachable answered'],
  ['https://dev.azure.com', 'resolve:203.0.113.9', 'timed-out connect-timed-out'],
  ['https://gbl.his.arc.azure.com', 'resolve:10.66.3.4', 'name-not-resolved private-address-not-allowed'],
  ['https://winatp-gw-usmv.microsoft.com', 'resolve:10.66.4.4 refuse', 'refused private-address-refused'],
  ['https://winatp-gw-usgt.microsoft.com', 'refuse', 'refused connection-refused'],
  ['https://winatp-gw-usgv.microsoft.com', 'unreachable', 'timed-out unreachable'],
  ['https://au-v20.events.data.microsoft.com', 'resolve:2603:1030::1', 'timed-out only-ipv6'],
  ['https://definitionupdates.microsoft.com', 'blocked-on-node', 'refused blocked-on-node'],
  ['https://settings-win.data.microsoft.com', 'nxdomain', 'name-not-resolved no-such-name'],
  ['https://vortex-win.data.microsoft.com', 'dns-failure', 'name-not-resolved name-server-failed'],
  ['tcp://us.vortex-win.data.microsoft.com:443', 'drop', 'timed-out connect-timed-out'],
  ['tcp://eu.vortex-win.data.microsoft.com:443', 'tls-alert', 'not-proven connected-web-port'],
  ['tcp://arck8onboarding.azurecr.io:443', 'reset-on-connect', 'refused connection-reset'],
  ['https://msft.sts.microsoft.com', 'reset-on-connect', 'tls-failed tls-reset'],
  ['http://logic.azure.com', 'reset-on-connect', 'http-blocked http-closed'],
  ['https://graph.chinacloudapi.cn', 'reset-in-header', 'http-blocked http-closed'],
  ['http://download.windowsupdate.com', 'reset-in-header', 'http-blocked http-closed'],
  ['http://kusto.windows.net', 'announced-only', 'http-blocked http-closed'],
  ['https://fe3cr.delivery.mp.microsoft.com', 'wrong-purpose', 'tls-failed certificate-invalid'],
  ['https://pas.chinacloudapi.cn', 'fails-on-node', 'not-tested probe-failed'],
];

/** `own https://host`: of the administrator's own rules. */
function endpointOf(row: string): Endpoint {
  const [text = '', own] = row.split(' ').reverse();
  const { protocol, hostname, port, pathname } = new URL(text);
  const name = protocol.slice(0, -1) as Endpoint['protocol'];
  return {
    ...{ id: row, host: hostname, protocol: name },
    port: Number(port) || (name === 'https' ? 443 : 80),
    ...(pathname.length > 1 && { path: pathname }),
    ...(own !== undefined && { own: true }),
  };
}

/** Faults of one row: several have a blank between them; those of the name have no port. */
function faultsOf([row, faults]: Row): readonly object[] {
  const { host, port } = endpointOf(row);
  return (faults.startsWith('signed-by:') ? [faults] : faults.split(' ')).map(fault =>
    /^(resolve:|nxdomain|dns-)/.test(fault) ? { host, fault } : { host, port, fault },
  );
}

/** Through which proxy, with what fault on the way to it, and what a request for an https endpoint meets. */
const PROXIES: readonly (readonly [proxy: string, setting: object, fault: string, judgement: string])[] = [
  ['narrow', { denyPorts: [443] }, '', 'proxy-denied proxy-policy'],
  ['broken', { answer: 502 }, '', 'proxy-denied proxy-could-not-reach'],
  ['odd', { answer: 470 }, '', 'proxy-denied proxy-policy'],
  ['web', { answer: 405 }, '', 'proxy-denied proxy-no-tunnel'],
  ['signin', { requiresAuthentication: true }, '', 'proxy-credentials proxy-wants-credentials'],
  ['silent', { broken: 'silent' }, '', 'timed-out proxy-silent'],
  ['closing', { broken: 'closes' }, '', 'proxy-denied proxy-closed'],
  ['opening', { broken: 'tunnel-closes' }, '', 'tls-failed tls-reset'],
  ['mail', { broken: 'not-http' }, '', 'proxy-denied proxy-not-http|proxy-denied proxy-closed'],
  ['refused', {}, 'refuse', 'refused proxy-refused'],
  ['dropped', {}, 'drop', 'timed-out proxy-timed-out'],
  ['away', {}, 'unreachable', 'timed-out proxy-unreachable'],
  ['nameless', {}, 'nxdomain', 'name-not-resolved proxy-name-not-resolved'],
];

/** Causes that are shown elsewhere, and where. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  'other tests of this folder': [
    ...['connected', 'node-too-slow', 'deadline', 'unknown-root'],
    ...['time-answered', 'time-silent', 'proxy-tunnel-closed'],
    ...['certificate-expired', 'certificate-not-yet-valid', 'name-server-silent'],
  ],
  'an older curl, below': ['issuer-not-seen', 'headers-not-seen'],
  'the browser tests, with nodes and a gateway that fail': [
    ...['node-down', 'node-unreachable', 'access-denied', 'constrained-language', 'script-failed'],
    ...[
      'call-timed-out',
      'gateway-failed',
      'proxy-setting-unreadable',
      'no-report',
      'cancelled',
      'interrupted',
    ],
  ],
  'jest: run-steps, and the browser test killed': ['answered-past-script', 'failed-past-script'],
  'no attempt is made': [
    ...[
      'way-unknown',
      'measured-otherwise',
      'wildcard-without-name',
      'wildcard-without-known-host',
      'udp-not-probed',
    ],
    ...['needed-by-browser', 'needed-by-guest', 'needed-by-appliance', 'needed-by-gateway'],
  ],
  'jest: borne-out, contradictions': ['contradicts-itself'],
  'jest: whole-run': ['not-in-run'],
  'jest: verdict': ['name-took-the-time'],
  'slow.test.ts: a curl.exe that is broken': ['unclear-report'],
};

const LATE = 400 * 86_400;
const https = (host: string, port = 443): Endpoint => ({ id: host, host, port, protocol: 'https' });
const OPEN = 'management.azure.com';

const scenario = scenarioOf(
  [
    {
      name: 'faulty',
      faults: ROWS.flatMap(faultsOf),
    },
    { name: 'open' },
    { name: 'ahead', clockSkewSeconds: LATE },
    { name: 'behind', clockSkewSeconds: -LATE },
    { name: 'deaf', resolvers: ['192.0.2.99'] },
    {
      ...{ name: 'proxied', egress: 'proxy-only' },
      faults: PROXIES.filter(([, , fault]) => fault !== '').map(([name, , fault]) => ({
        ...{ host: `${name}.contoso.com`, fault },
      })),
    },
    { name: 'old' },
  ],
  PROXIES.map(([name, setting]) => ({ host: `${name}.contoso.com`, port: 8080, ...setting })),
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
      // Starting an engine takes its time: only for those that are asked.
      const seed = name === 'old' ? { name, curl: '7.55.1' } : { name };
      const node = nodes.get(name) ?? (await ProbeNode.inLab(lab, seed, program));
      nodes.set(name, node);
      const run = await node.probe(endpoints, { TimeoutMs: TIMEOUT_MS, ...more });
      mustComplete(run);
      return Object.fromEntries(run.results.map(each => [each.id, `${each.verdict} ${each.cause}`]));
    };
    before(async () => {
      lab = await startLab(scenario, line => console.error(line));
    });
    after(async () => {
      for (const each of nodes.values()) await each.stop();
      await lab.stop();
    });

    test('names what filters, servers, resolvers and devices do', async () => {
      // An open port is watched for a second: longer than the lab needs where nothing else is asked of it.
      const isWatched = ([url, fault]: Row): boolean =>
        url.startsWith('tcp:') && fault === 'reset-on-connect';
      const ask = (rows: readonly Row[]): ReturnType<typeof judgements> =>
        judgements(
          'faulty',
          rows.map(([row]) => endpointOf(row)),
        );
      const seen = {
        ...(await ask(ROWS.filter(row => !isWatched(row)))),
        ...(await ask(ROWS.filter(isWatched))),
      };
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
          ...{ id: 'x', host: 'go.microsoft.com', protocol },
          port: protocol === 'https' ? 443 : 80,
        };
        // Of those that never answer nothing comes later either.
        const TimeoutMs = /silent|dropped/.test(proxy) ? 3000 : TIMEOUT_MS;
        const way = { ProxyServer: `${proxy}.contoso.com:8080`, TimeoutMs };
        return (await judgements('proxied', [endpoint], way))['x'];
      };
      const seen: Record<string, string | undefined> = {};
      for (const [name] of PROXIES) seen[name] = await through(name, 'https');
      const wrong = PROXIES.filter(
        ([name, , , judgement]) => !judgement.split('|').includes(seen[name] ?? ''),
      );
      assert.deepEqual(
        wrong.map(([name, , , judgement]) => [name, judgement, seen[name]]),
        [],
      );
      assert.equal(await through('narrow', 'http'), 'reachable answered');
      assert.equal(await through('broken', 'http'), 'proxy-denied proxy-could-not-reach');
      assert.equal(await through('odd', 'http'), 'proxy-denied proxy-policy');
    });

    test(
      'neither blames nor trusts what an older curl does not see',
      {
        skip: program !== 'Test-EndpointByCurl',
      },
      async () => {
        const seen = await judgements(
          'old',
          ['https://management.azure.com', 'http://go.microsoft.com'].map(endpointOf),
        );
        assert.deepEqual(
          new Set(Object.values(seen)),
          new Set(['not-proven issuer-not-seen', 'not-proven headers-not-seen']),
        );
      },
    );
  });

test('Every cause has its row, or is shown elsewhere', async () => {
  const rows = [
    ...ROWS.map(([, , judgement]) => judgement),
    ...PROXIES.map(([, , , judgement]) => judgement),
  ];
  // curl says of a proxy that speaks no HTTP only that it closed.
  const causes = rows.flatMap(row => row.split('|')).map(judgement => judgement.split(' ')[1] ?? '');
  assert.deepEqual(new Set([...causes, ...Object.values(ELSEWHERE).flat()]), new Set(await allCauses()));
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { FAULT_FORMS, FAULT_NAMES } from '../../emulator/lab/servers/faults.ts';
import { startLab } from '../../emulator/lab/network/lab-network.ts';
import type { Network } from '../../emulator/lab/network/network.ts';
import { noLab, scenarioOf, tryFrom } from './lab-under-test.ts';
import type { Meeting } from './node-program.ts';

const PUBLIC_ISSUER = 'Microsoft Azure RSA TLS Issuing CA 03';
const PUBLIC_ROOT = 'DigiCert Global Root G2';

/** One host for each fault: what a node with the fault meets there. */
const FAULTED: Readonly<Record<string, readonly [url: string, meets: Partial<Meeting>]>> = {
  nxdomain: ['https://management.azure.com', { failed: 'name', code: 'ENOTFOUND' }],
  'dns-timeout': ['https://graph.windows.net', { failed: 'name', code: 'TIMEOUT' }],
  refuse: ['https://login.microsoftonline.com', { failed: 'connect', code: 'ECONNREFUSED' }],
  drop: ['https://azurestackhci.azurefd.net', { failed: 'connect', code: 'TIMEOUT' }],
  'dns-failure': ['https://sts.windows.net', { failed: 'name', code: 'EAI_AGAIN' }],
  unreachable: ['https://akshci.azurefd.net', { failed: 'connect', code: 'EHOSTUNREACH' }],
  'blocked-on-node': ['https://helm.sh', { failed: 'connect', code: 'EACCES' }],
  'fails-on-node': ['https://pas.chinacloudapi.cn', { failed: 'connect', code: 'EINVAL' }],
  'reset-on-connect': ['https://msft.sts.microsoft.com', { failed: 'tls', code: 'ECONNRESET' }],
  'reset-in-header': ['https://graph.chinacloudapi.cn', { failed: 'http' }],
  'announced-only': ['http://kusto.windows.net', { failed: 'http' }],
  'wrong-purpose': ['https://fe3cr.delivery.mp.microsoft.com', { distrust: 'INVALID_PURPOSE' }],
  'slow-connect': ['https://login.chinacloudapi.cn', { status: 302 }],
  'slow-name:900': ['https://v20.events.data.microsoft.com', { status: 404 }],
  'slow-tls:900': ['https://adhs.events.data.microsoft.com', { status: 404 }],
  'silent-on-tls': ['https://dev.azure.com', { failed: 'tls', code: 'TIMEOUT' }],
  'not-tls': ['https://login.live.com', { failed: 'tls' }],
  'tls-version': ['https://pypi.org', { failed: 'tls', code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' }],
  'reset-on-http': ['https://ecpacr.azurecr.io', { failed: 'http' }],
  'not-http': ['http://adf.azure.com', { failed: 'http' }],
  'transparent-proxy': ['http://ad.azure.com', { status: 403 }],
  'tls-broken': ['https://batch.azure.com', { failed: 'tls' }],
  'unsent-root': [
    'https://asazure.windows.net',
    {
      distrust: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      issuer: 'D-TRUST Root Class 3 CA 2 2009',
    },
  ],
  'missing-root': [
    'https://dc.services.visualstudio.com',
    // Nobody has that root's key. This program goes on to the signature; Windows and curl stop at the root.
    { distrust: 'CERT_SIGNATURE_FAILURE', root: 'Microsoft ECC Root Certificate Authority 2017' },
  ],
  'reset-on-tls': ['https://download.microsoft.com', { failed: 'tls', code: 'ECONNRESET' }],
  'tls-alert': [
    'https://graph.microsoft.com',
    { failed: 'tls', code: 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE' },
  ],
  intercept: [
    'https://www.powershellgallery.com',
    { distrust: '', root: 'Contoso TLS Inspection Root CA', status: 200 },
  ],
  untrusted: [
    'https://contosowitness.blob.core.windows.net',
    { distrust: 'SELF_SIGNED_CERT_IN_CHAIN', root: 'Firewall Default Certificate Authority' },
  ],
  expired: ['https://edgesupprd.trafficmanager.net', { distrust: 'CERT_HAS_EXPIRED', issuer: PUBLIC_ISSUER }],
  'wrong-name': [
    'https://edgesupprdeastusfrontend.eastus.cloudapp.azure.com',
    { distrust: 'ERR_TLS_CERT_ALTNAME_INVALID', root: PUBLIC_ROOT },
  ],
  'incomplete-chain': [
    'https://mcr.microsoft.com',
    { distrust: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', issuer: PUBLIC_ISSUER },
  ],
  'http-403': ['http://go.microsoft.com', { status: 403 }],
  'http-503': ['http://download.windowsupdate.com', { status: 503 }],
  'http-470': ['http://wustat.windows.com', { status: 470 }],
  'http-204': ['http://crl.microsoft.com', { status: 204 }],
  'http-103': ['http://ctldl.windowsupdate.com', { status: 403 }],
  'redirect:http://portal.contoso.com/blocked': ['http://ntservicepack.microsoft.com', { status: 302 }],
  'resolve:203.0.113.7,self': ['https://aka.ms', { address: '203.0.113.7' }],
  'resolve:10.20.30.40': ['https://packages.microsoft.com', { address: '10.20.30.40', root: PUBLIC_ROOT }],
  'signed-by:GTS Root R1': ['https://pas.windows.net', { distrust: '', root: 'GTS Root R1' }],
  'signed-by:Contoso Cloud Proxy': ['https://login.windows.net', { root: 'Contoso Cloud Proxy' }],
  'slow:2000': ['https://dl.delivery.mp.microsoft.com', { status: 403 }],
};

const urls = Object.values(FAULTED).map(([url]) => url);
const hostOf = (url: string): string => new URL(url).hostname;

describe('A fault', { skip: noLab }, () => {
  let lab: Network;
  let broken: Map<string, Meeting>;
  let healthy: Map<string, Meeting>;

  before(async () => {
    const faults = Object.entries(FAULTED).map(([fault, [url]]) => ({ host: hostOf(url), fault }));
    lab = await startLab(scenarioOf([{ name: 'broken', faults }, { name: 'healthy' }]), () => undefined);
    [broken, healthy] = await Promise.all([
      tryFrom(lab, 'broken', ...urls),
      tryFrom(lab, 'healthy', ...urls),
    ]);
  });
  after(() => lab.stop());

  test('of every kind is tried here', () => {
    const tried = Object.keys(FAULTED).map(fault => fault.replace(/^http-.*/, 'http-NNN').split(':')[0]);
    const forms = FAULT_FORMS.map(form => form.split(':')[0]);
    assert.deepEqual(new Set(tried), new Set([...FAULT_NAMES, ...forms]));
  });

  for (const [fault, [url, expected]] of Object.entries(FAULTED))
    test(`${fault} is met by the node that has it, and by no other`, () => {
      const met = broken.get(url);
      assert.ok(met);
      // Whether a reset right after the connection counts as connecting or as what follows depends on the moment.
      const seen = fault === 'reset-on-connect' && met.failed === 'connect' ? { ...met, failed: 'tls' } : met;
      assert.deepEqual({ ...seen, ...expected }, seen);
      // Dead addresses before a living one: this program tries the first alone.
      if (!('failed' in expected) && !fault.includes('203.0.113')) assert.equal(met.failed, undefined);
      const other = healthy.get(url);
      assert.ok(other);
      assert.equal(other.failed, undefined, JSON.stringify(other));
      assert.ok(other.headers?.['x-ms-request-id'], 'the service itself answers');
      assert.ok((other.httpMs ?? Infinity) < 2000, 'in time');
      if (url.startsWith('https:'))
        assert.deepEqual([other.distrust, other.issuer, other.root], ['', PUBLIC_ISSUER, PUBLIC_ROOT]);
    });

  test('that blocks shows a page without any mark of the service', () => {
    for (const fault of ['http-403', 'http-503']) {
      const met = broken.get(FAULTED[fault]?.[0] ?? '');
      assert.match(met?.body ?? '', /<html>/);
      const names = Object.keys(met?.headers ?? {});
      assert.ok(!names.some(name => name.startsWith('x-') || name === 'server'), names.join());
    }
  });

  test('that redirects leads where it says', () => {
    const met = broken.get('http://ntservicepack.microsoft.com');
    assert.equal(met?.headers?.location, 'http://portal.contoso.com/blocked');
  });

  test('slow:MS answers that late, and not only a little', () => {
    const met = broken.get('https://dl.delivery.mp.microsoft.com');
    assert.ok((met?.httpMs ?? 0) >= 2000, String(met?.httpMs));
  });
});

describe('Faults', { skip: noLab }, () => {
  test('for a port leave other ports alone; for a wildcard cover all below it, listed or not, but not its apex', async () => {
    const lab = await startLab(
      scenarioOf([
        {
          name: 'node1',
          faults: [
            { host: 'dl.delivery.mp.microsoft.com', port: 443, fault: 'refuse' },
            { host: '*.windowsupdate.microsoft.com', port: 80, fault: 'refuse' },
            { host: 'one.servicebus.windows.net', fault: 'refuse' },
            { host: '*.deep.core.windows.net', fault: 'nxdomain' },
          ],
        },
      ]),
      () => undefined,
    );
    try {
      const outcome = await tryFrom(
        lab,
        'node1',
        'https://dl.delivery.mp.microsoft.com',
        'http://dl.delivery.mp.microsoft.com',
        'http://any.windowsupdate.microsoft.com',
        'https://any.windowsupdate.microsoft.com',
        'http://windowsupdate.microsoft.com',
        'https://one.servicebus.windows.net',
        'https://two.servicebus.windows.net',
        'https://a.deep.core.windows.net',
        'https://a.b.core.windows.net',
      );
      assert.deepEqual(
        Object.fromEntries([...outcome].map(([url, { failed }]) => [url, failed ?? 'reached'])),
        {
          'https://dl.delivery.mp.microsoft.com': 'connect',
          'http://dl.delivery.mp.microsoft.com': 'reached',
          'http://any.windowsupdate.microsoft.com': 'connect',
          'https://any.windowsupdate.microsoft.com': 'reached',
          'http://windowsupdate.microsoft.com': 'reached',
          'https://one.servicebus.windows.net': 'connect',
          'https://two.servicebus.windows.net': 'reached',
          'https://a.deep.core.windows.net': 'name',
          'https://a.b.core.windows.net': 'reached',
        },
      );
    } finally {
      await lab.stop();
    }
  });

  test('that change nothing are told', async () => {
    const told: string[] = [];
    const faults = [
      { host: 'www.example.com', fault: 'drop' },
      { host: 'management.azure.com', port: 8443, fault: 'drop' },
      { host: 'wustat.windows.com', fault: 'expired' },
      { host: 'management.azure.com', port: 443, fault: 'expired' },
    ];
    const lab = await startLab(scenarioOf([{ name: 'node1', proxy: 'gone.contoso.com:1', faults }]), line =>
      told.push(line),
    );
    await lab.stop();
    assert.equal(told.length, 4, told.join('\n'));
    assert.match(told[0] ?? '', /node1: faults\[0\] \(drop for www\.example\.com\) changes nothing: no host/);
    assert.match(told[1] ?? '', /faults\[1\] .*: no service of the list is on port 8443 there/);
    assert.match(told[2] ?? '', /faults\[2\] .*: the service there \(http\) cannot have it/);
    assert.match(told[3] ?? '', /its proxy gone\.contoso\.com:1 is not one of the scenario's proxies/);
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startLab } from '../../emulator/lab/network/lab-network.ts';
import type { Network } from '../../emulator/lab/network/network.ts';
import { noLab, scenarioOf, tryFrom } from './lab-under-test.ts';
import type { Meeting } from './node-program.ts';

const PROXIES = [
  { host: 'proxy.contoso.com', port: 8080, deny: ['*.powershellgallery.com', 'go.microsoft.com'] },
  { host: 'signin-proxy.contoso.com', port: 8080, requiresAuthentication: true },
  { host: 'narrow-proxy.contoso.com', port: 8080, denyPorts: [80] },
  { host: 'broken-proxy.contoso.com', port: 8080, answer: 470 },
];
const OPEN = '--proxy=proxy.contoso.com:8080';
const SIGN_IN = '--proxy=signin-proxy.contoso.com:8080';

describe('A forward proxy', { skip: noLab }, () => {
  let lab: Network;

  before(async () => {
    const faults = [
      { host: 'management.azure.com', fault: 'drop' },
      { host: 'graph.windows.net', fault: 'intercept' },
      { host: 'login.microsoftonline.com', fault: 'nxdomain' },
    ];
    lab = await startLab(
      scenarioOf(
        [
          { name: 'node1', egress: 'proxy-only' },
          { name: 'node2', faults },
          { name: 'node3', faults: [{ host: 'proxy.contoso.com', fault: 'refuse' }] },
        ],
        PROXIES,
      ),
      () => undefined,
    );
  });
  after(() => lab.stop());

  const one = async (node: string, ...words: string[]): Promise<Meeting> => {
    const [meeting] = (await tryFrom(lab, node, ...words)).values();
    assert.ok(meeting);
    return meeting;
  };

  test('carries HTTPS as a tunnel and HTTP as a request, to a node that has no other way out', async () => {
    const direct = await tryFrom(
      lab,
      'node1',
      'https://management.azure.com',
      'http://download.windowsupdate.com',
    );
    for (const { url, failed, code, address } of direct.values()) {
      assert.deepEqual([failed, code], ['connect', 'TIMEOUT'], `${url} is dropped on the direct way`);
      assert.ok(address, 'names resolve all the same');
    }
    const tunnelled = await one('node1', OPEN, 'https://management.azure.com');
    assert.deepEqual([tunnelled.failed, tunnelled.status, tunnelled.distrust], [undefined, 401, '']);
    const carried = await one('node1', OPEN, 'http://download.windowsupdate.com');
    assert.equal(carried.failed, undefined);
    assert.ok(carried.headers?.['x-ms-request-id'], 'the service answered');
    assert.match(String(carried.headers.via), /^1\.1 proxy\.contoso\.com/);
  });

  test('denies what its list says, as Squid does', async () => {
    for (const url of ['https://www.powershellgallery.com', 'http://go.microsoft.com']) {
      const { status, headers } = await one('node1', OPEN, url);
      assert.equal(status, 403, url);
      assert.equal(headers?.['x-squid-error'], 'ERR_ACCESS_DENIED 0');
      assert.match(String(headers.via), /squid/);
    }
  });

  test('refuses ports, whatever the host, and answers what it is told to', async () => {
    const narrow = '--proxy=narrow-proxy.contoso.com:8080';
    assert.equal((await one('node1', narrow, 'http://go.microsoft.com')).status, 403);
    assert.equal((await one('node1', narrow, 'https://go.microsoft.com')).failed, undefined);
    const broken = '--proxy=broken-proxy.contoso.com:8080';
    for (const url of ['https://go.microsoft.com', 'http://go.microsoft.com'])
      assert.equal((await one('node1', broken, url)).status, 470, url);
  });

  test('says 503 for a name that does not exist and for a port that nothing answers on', async () => {
    for (const [url, reason] of [
      ['https://www.example.com', /^ERR_DNS_FAIL/],
      ['http://www.example.com', /^ERR_DNS_FAIL/],
      ['https://management.azure.com:8443', /^ERR_CONNECT_FAIL/],
      ['http://management.azure.com:8080', /^ERR_CONNECT_FAIL/],
    ] as const) {
      const { status, headers } = await one('node1', OPEN, url);
      assert.equal(status, 503, url);
      assert.match(String(headers?.['x-squid-error']), reason);
    }
  });

  test('that wants credentials says so to every request', async () => {
    for (const url of [
      'https://management.azure.com',
      'http://go.microsoft.com',
      'https://www.example.com',
    ]) {
      const { status, headers } = await one('node1', SIGN_IN, url);
      assert.equal(status, 407, url);
      assert.equal(headers?.['proxy-authenticate'], 'Negotiate');
    }
  });

  test('is not concerned by the faults of the node that uses it', async () => {
    for (const host of ['management.azure.com', 'graph.windows.net', 'login.microsoftonline.com']) {
      const met = await one('node2', OPEN, `https://${host}`);
      assert.deepEqual(
        [met.failed, met.distrust, met.root],
        [undefined, '', 'DigiCert Global Root G2'],
        host,
      );
    }
  });

  test('can itself be out of reach of a node', async () => {
    const { failed, code } = await one('node3', OPEN, 'https://management.azure.com');
    assert.deepEqual([failed, code], ['connect', 'ECONNREFUSED']);
    assert.equal((await one('node3', 'https://management.azure.com')).failed, undefined);
  });
});

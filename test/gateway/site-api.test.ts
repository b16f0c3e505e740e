import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { camelCaseName } from '../../emulator/gateway/nodes/camel-case.ts';
import { CLUSTER, startTestGateway } from './support/gateway-under-test.ts';

interface Connection {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly properties: { readonly nodes?: readonly string[] };
}

describe('the gateway about itself', () => {
  it('keeps a connection to the cluster, with its nodes, and one to each node', async t => {
    const { call } = await startTestGateway(t);
    const { value } = (await (await call('GET', '/api/connections')).json()) as {
      value: { properties: Connection }[];
    };
    const [cluster, ...servers] = value.map(item => item.properties);
    assert.ok(cluster);
    assert.equal(cluster.type, 'msft.sme.connection-type.cluster');
    assert.equal(cluster.name, CLUSTER);
    const nodes = ['node1', 'node2', 'node3', 'node4'].map(name => `${name}.contoso.local`);
    assert.deepEqual(cluster.properties.nodes, nodes);
    assert.deepEqual(
      servers.map(server => server.name),
      nodes,
    );
  });

  it('takes changes of a connection', async t => {
    const { call } = await startTestGateway(t);
    const id = `msft.sme.connection-type.cluster!${CLUSTER}`;
    const url = `/api/connections/${encodeURIComponent(id)}`;
    const changed = {
      id,
      type: 'msft.sme.connection-type.cluster',
      name: CLUSTER,
      properties: { displayName: 'X' },
    };
    assert.equal((await call('PUT', url, changed)).status, 200);
    const read = async (): Promise<Connection[]> => {
      const { value } = (await (await call('GET', '/api/connections')).json()) as {
        value: { properties: Connection }[];
      };
      return value.map(item => item.properties).filter(item => item.id === id);
    };
    assert.deepEqual(await read(), [changed]);
    assert.equal((await call('DELETE', url)).status, 204);
    assert.deepEqual(await read(), []);
  });

  it('keeps settings', async t => {
    const { call } = await startTestGateway(t);
    const url = '/api/settings/0/contoso.tool';
    assert.deepEqual(await (await call('GET', url)).json(), {});
    const value = { version: '1.0.0', properties: { cloud: 'usgov' } };
    await call('PUT', url, value);
    assert.deepEqual(await (await call('GET', url)).json(), value);
    assert.deepEqual(await (await call('GET', '/api/settings/0/other.tool')).json(), {});
  });

  it('answers status, access, logs and stored notifications', async t => {
    const { call } = await startTestGateway(t);
    const status = (await (await call('GET', '/api/gateway/status')).json()) as { name: unknown };
    assert.equal(typeof status.name, 'string');
    for (const path of ['/api/access/check', '/api/gateway/access/check']) {
      assert.equal(await (await call('GET', path)).json(), true);
    }
    assert.equal((await call('POST', '/api/log', [{ level: 1 }])).status, 200);
    assert.equal((await call('POST', '/api/telemetry', [])).status, 200);
    assert.deepEqual(await (await call('GET', '/api/NotificationMessage/stored')).json(), { value: [] });
    const { id } = (await (await call('GET', '/api/NotificationMessage/id')).json()) as { id: unknown };
    assert.equal(typeof id, 'string');
  });

  it('shows tests what a node holds', async t => {
    const { bare } = await startTestGateway(t);
    assert.deepEqual(await (await bare('GET', '/api/__state/node1')).json(), { runs: 0 });
    assert.equal((await bare('GET', '/api/__state/node4')).status, 404);
  });

  it('names what it does not have', async t => {
    const { call } = await startTestGateway(t);
    const response = await call('GET', '/api/nothing');
    assert.equal(response.status, 404);
    assert.match(await response.text(), /GET \/api\/nothing/);
  });
});

describe('property names', () => {
  // Pairs of .NET's own camel-case policy (System.Text.Json, JsonNamingPolicy.CamelCase).
  for (const [name, wanted] of [
    ['Name', 'name'],
    ['name', 'name'],
    ['IPAddress', 'ipAddress'],
    ['FQDN', 'fqdn'],
    ['ID', 'id'],
    ['IsUp', 'isUp'],
    ['ID2', 'iD2'],
    ['URLValue', 'urlValue'],
    ['A', 'a'],
    ['', ''],
    ['_Name', '_Name'],
    ['Äpfel', 'äpfel'],
    ['XML Node', 'xml Node'],
    ['I phone', 'i phone'],
  ] as const) {
    it(`writes ${name || 'an empty name'} as ${wanted || 'that'}`, () => {
      assert.equal(camelCaseName(name), wanted);
    });
  }
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clusterNames, startCluster } from '../../emulator/nodes/cluster.ts';
import { nodeSeed } from '../../emulator/nodes/node-seed.ts';
import { FakeEngine } from './support/fake-engine.ts';
import { SCENARIO } from './support/gateway-under-test.ts';

describe('simulated cluster', () => {
  it('starts every node that is not down, in the order of the scenario', async () => {
    const asked: string[] = [];
    const cluster = await startCluster(SCENARIO, node => {
      asked.push(node.name);
      return Promise.resolve(new FakeEngine());
    });
    assert.deepEqual(asked, ['node1', 'node2', 'node3']);
    assert.deepEqual(
      cluster.members.map(member => [member.fqdn, member.engine !== undefined]),
      [
        ['node1.contoso.local', true],
        ['node2.contoso.local', true],
        ['node3.contoso.local', true],
        ['node4.contoso.local', false],
      ],
    );
  });

  it('gives a node that lost its power another engine, which takes over what the former kept', async () => {
    const formers: unknown[] = [];
    const cluster = await startCluster(SCENARIO, (_node, _names, former) => {
      if (former !== undefined) formers.push(former);
      return Promise.resolve(new FakeEngine());
    });
    const before = cluster.find('node2')?.engine;
    await cluster.restart('node2');
    assert.deepEqual(formers, [before]);
    assert.notEqual(cluster.find('node2')?.engine, before);
    await assert.rejects(cluster.restart('node4'), /node4 does not run/);
  });

  it('ends the others when one node does not start, and says which', async () => {
    const closed: string[] = [];
    const starting = startCluster(SCENARIO, node => {
      if (node.name === 'node2') return Promise.reject(new Error('no runtime'));
      const engine = new FakeEngine();
      engine.close = () => {
        closed.push(node.name);
        return Promise.resolve();
      };
      return Promise.resolve(engine);
    });
    await assert.rejects(starting, /node2 did not start: no runtime/);
    assert.deepEqual(closed, ['node1', 'node3']);
  });

  for (const [written, cluster, node] of [
    ['hci.corp.example', 'hci.corp.example', 'node1.corp.example'],
    ['hci', 'hci.contoso.local', 'node1.contoso.local'],
  ] as const) {
    it(`gives nodes of ${written} its domain`, () => {
      const names = clusterNames({ ...SCENARIO, cluster: { name: written } });
      assert.deepEqual([names.cluster, names.fqdn('node1')], [cluster, node]);
    });
  }

  it('tells each node what it has to know of itself and the cluster', () => {
    const [, node] = SCENARIO.nodes;
    assert.ok(node);
    const seeded = { ...node, proxy: 'proxy.contoso.com:8080', proxyBypass: '*.local', proxyModule: false };
    assert.deepEqual(nodeSeed(SCENARIO, seeded, clusterNames(SCENARIO)), {
      name: 'node2',
      fqdn: 'node2.contoso.local',
      languageMode: 'Full',
      proxy: 'proxy.contoso.com:8080',
      proxyBypass: '*.local',
      proxyModule: false,
      blockedPrograms: [],
      environment: {},
      registry: {},
      cluster: {
        name: 'hci-cluster.contoso.local',
        nodes: [
          { Name: 'node1', State: 'Up' },
          { Name: 'node2', State: 'Paused' },
          { Name: 'node3', State: 'Up' },
          { Name: 'node4', State: 'Down' },
        ],
        cloud: 'public',
        witnessAccount: 'contosowitness',
      },
    });
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { nodeScript } from '../../scripts/lib/node-scripts.ts';
import type { NodeSeed } from '../../emulator/nodes/host-protocol.ts';
import { startNode, type TestNode } from '../support/node-host.ts';
import { loadToolCode, type ToolCode } from './tool-code.ts';

const CLUSTER = {
  name: 'hci-cluster.contoso.local',
  nodes: [
    { Name: 'node1', State: 'Up' },
    { Name: 'node2', State: 'Paused' },
    { Name: 'node3', State: 'Down' },
    { Name: 'node4', State: 'Joining' },
    { Name: 'node5', State: 'Unknown' },
  ],
} as const;

for (const languageMode of ['Full', 'Constrained'] as const)
  describe(`Get-ClusterOverview in the language mode ${languageMode}`, () => {
    let node: TestNode;
    let tool: ToolCode;
    before(async () => {
      tool = await loadToolCode();
      node = await startNode();
    });
    after(() => node.stop());

    const overviewOf = async (seed: Partial<NodeSeed>): Promise<Record<string, unknown>> => {
      await node.seed({ languageMode, ...seed });
      const run = await node.run(nodeScript('Get-ClusterOverview'));
      assert.deepEqual(run.errors, []);
      assert.equal(run.output.length, 1);
      return run.output[0] as Record<string, unknown>;
    };

    it('tells name, nodes with their state in words, registration and witness', async () => {
      const overview = await overviewOf({
        cluster: {
          ...CLUSTER,
          cloud: 'usgov',
          build: 25398,
          address: '10.0.16.5',
          subnetMask: '255.255.240.0',
          witnessAccount: 'contosowitness',
        },
      });
      assert.deepEqual(overview['name'], 'hci-cluster');
      assert.equal(overview['account'], 'CONTOSO\\admin');
      assert.deepEqual(
        overview['nodes'],
        ['up', 'paused', 'down', 'joining', 'unknown'].map((state, index) => {
          const name = `node${String(index + 1)}`;
          return { name, fqdn: `${name}.contoso.local`, state, build: '25398' };
        }),
      );
      assert.deepEqual(overview['witness'], {
        kind: 'cloud',
        account: 'contosowitness',
        endpoint: 'core.usgovcloudapi.net',
      });
      assert.deepEqual(overview['addresses'], [{ address: '10.0.16.5', mask: '255.255.240.0' }]);
      assert.deepEqual(overview['warnings'], []);
      const registration = overview['registration'] as Record<string, string>;
      assert.equal(registration['status'], 'Registered');
      assert.match(registration['region'] ?? '', /^usgov/);
    });

    it('never asks for the key of the witness account', async () => {
      await overviewOf({ cluster: { ...CLUSTER, witnessAccount: 'contosowitness' } });
      const asked = (await node.state()).calls.filter(call => call.command === 'Get-ClusterParameter');
      assert.deepEqual(
        asked.map(call => call.parameters['Name']),
        [['AccountName', 'EndpointInfo']],
      );
    });

    for (const cloud of ['public', 'usgov', 'china'] as const) {
      it(`lets the tool see that the cluster is for ${cloud}`, async () => {
        const overview = tool.parseOverview(await overviewOf({ cluster: { ...CLUSTER, cloud } }), 'c');
        assert.equal(overview?.cluster['cloud'], cloud);
      });
    }

    it('leaves open what a cluster without registration and witness does not have', async () => {
      const overview = await overviewOf({ cluster: CLUSTER });
      assert.equal(overview['witness'], null);
      assert.equal((overview['registration'] as Record<string, string>)['region'], '');
      assert.deepEqual(overview['warnings'], []);
      assert.equal(tool.parseOverview(overview, 'c')?.cluster['cloud'], undefined);
    });

    it('gives a list also for a cluster of one node', async () => {
      const overview = await overviewOf({ cluster: { ...CLUSTER, nodes: [{ Name: 'node1', State: 'Up' }] } });
      assert.deepEqual(overview['nodes'], [
        { name: 'node1', fqdn: 'node1.contoso.local', state: 'up', build: '20348' },
      ]);
    });

    it('fails part by part, with codes, where there is no cluster yet', async () => {
      const overview = await overviewOf({});
      assert.deepEqual(overview['nodes'], []);
      for (const code of ['cluster-unreadable', 'nodes-unreadable', 'witness-unreadable'])
        assert.ok((overview['warnings'] as string[]).includes(code), code);
      assert.notEqual(overview['registration'], null);
    });

    it('takes the domain from the node itself where the cluster does not tell it', async () => {
      const overview = await overviewOf({ cluster: { ...CLUSTER, name: 'hci-cluster' } });
      assert.equal((overview['nodes'] as { fqdn: string }[])[0]?.fqdn, 'node1.contoso.local');
      assert.deepEqual(overview['warnings'], []);
    });
  });

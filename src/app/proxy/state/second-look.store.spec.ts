import { TestBed } from '@angular/core/testing';
import { ModelCluster, startStores } from '../../../../test/jest/proxy-model/model-cluster';
import { machineWide, ModelNode, NOTHING } from '../../../../test/jest/proxy-model/model-node';
import { settleNode } from '../change/change-node';
import { readProxy } from '../change/node-calls';
import { isUnsettled, type NodeChange } from '../change/node-change';
import { NO_EXTRAS, type Wish } from '../change/order';
import { stateOf } from '../change/preview/preview';
import { ProxyStore } from './proxy.store';

const SET: Wish = { kind: 'set', server: 'new:1', bypass: [], extras: NO_EXTRAS };

// The verdict's rules have tests of their own; here an endpoint is reached or not.
jest.mock('../../reachability/probe/parse-observation', () => ({
  parseObservation: (value: unknown) => value,
}));
jest.mock('../../reachability/verdict/verdict', () => ({
  judge: ({ isOpen }: { isOpen: boolean }) => ({ verdict: isOpen ? 'reachable' : 'timed-out', cause: 'x' }),
}));

/** Something happens on a node when the command comes to it for the n-th time. */
function before(cluster: ModelCluster, command: string, nth: number, happens: () => void): void {
  const run = cluster.run.bind(cluster);
  let count = 0;
  cluster.run = (fqdn, each) => {
    if (each.name === command && ++count === nth) happens();
    return run(fqdn, each);
  };
}

describe('a second look at a node', () => {
  it('still says how the first try ended on a node that a second one has to leave alone', async () => {
    const cluster = new ModelCluster(['a'], machineWide('old:1'));
    cluster.open.add('old:1');
    const { store, ends } = startStores(cluster);
    TestBed.tick();
    await new Promise(resolve => setTimeout(resolve, 0));
    await store.prepareBypass(['q'], NO_EXTRAS);
    await store.confirm();
    expect(ends()).toEqual(['verified']);
    const node = cluster.nodes.get('a');
    // By hand.
    if (node) node.values = NOTHING;
    await TestBed.inject(ProxyStore).read({ name: 'a', fqdn: 'a', state: 'up' });
    TestBed.tick();
    expect(ends()).toEqual(['overtaken']);
    await store.prepareRetry();
    expect(store.preview()?.rows.map(stateOf)).toEqual(['no-server']);
    await store.confirm();
    expect(ends()).toEqual(['overtaken']);
    expect(cluster.touched).toEqual(['a Set-ProxySetting']);
  });

  it('tells what a node has that changed between its reading and the command', async () => {
    const cluster = new ModelCluster(['a'], machineWide('old:1'));
    cluster.open.add('old:1').add('new:1');
    const node = cluster.nodes.get('a') as ModelNode;
    const { store, apply } = startStores(cluster);
    before(cluster, 'Set-ProxySetting', 1, () => (node.values = machineWide('second:2')));
    await apply(SET);
    expect(store.change()?.nodes[0]?.phase).toMatchObject({ at: 'moved', after: { server: 'second:2' } });
  });

  it('reads a node again when an earlier command ended between its reading and the question for it', async () => {
    const cluster = new ModelCluster(['a'], machineWide('old:1'));
    cluster.open.add('old:1').add('new:1').add('third:3');
    const node = cluster.nodes.get('a') as ModelNode;
    node.changeFates = ['hangs'];
    const { store, ends, apply } = startStores(cluster);
    await apply(SET);
    expect(ends()).toEqual(['unknown']);
    await store.prepare({ ...SET, server: 'third:3' });
    before(cluster, 'Close-ProxyChange', 2, () => {
      node.goOn();
    });
    await store.confirm();
    expect(store.change()?.nodes[0]?.phase).toMatchObject({ at: 'moved', after: { server: 'new:1' } });
    expect(cluster.touched).toEqual(['a Set-ProxySetting']);
  });

  it('is taken again where the command was over, and its reading was lost', async () => {
    const shell = new ModelNode(machineWide('new:1'));
    const reading = await readProxy(shell, 'a');
    if ('failure' in reading) throw new Error('no reading');
    const row: NodeChange = {
      node: { name: 'a', fqdn: 'a', state: 'up' },
      wish: { ...SET, bypass: reading.value.bypass },
      attempts: [{ id: '20261126T101500Z-aaaaaaaa', open: true, earlier: true }],
      phase: { at: 'unchanged', after: reading.value },
    };
    const lost = { failure: { code: 'timeout', message: '' } } as const;
    const tools = { shell, change: 'c', newId: () => '', read: () => Promise.resolve(lost) };
    const { change } = await settleNode(tools, row);
    expect([change, isUnsettled(change)]).toEqual([row, true]);
    const { change: end } = await settleNode({ ...tools, read: () => readProxy(shell, 'a') }, change);
    expect([end.phase.at, isUnsettled(end)]).toEqual(['unchanged', false]);
  });

  it('corrects a row by what its node tells when the cluster does not tell its nodes any more', async () => {
    const cluster = new ModelCluster(['a'], NOTHING);
    cluster.open.add('new:1');
    const { ends, apply, forgetNodes } = startStores(cluster);
    await apply(SET);
    expect(ends()).toEqual(['verified']);
    TestBed.tick();
    const node = cluster.nodes.get('a') as ModelNode;
    node.values = machineWide('second:2');
    forgetNodes();
    await TestBed.inject(ProxyStore).read({ name: 'a', fqdn: 'a', state: 'up' });
    TestBed.tick();
    expect(ends()).toEqual(['overtaken']);
  });

  it('takes a second try back to what the node had before it, where the first one never began', async () => {
    const cluster = new ModelCluster(['a'], machineWide('old:1'));
    const node = cluster.nodes.get('a') as ModelNode;
    const { store, ends, apply } = startStores(cluster);
    before(cluster, 'Set-ProxySetting', 1, () => (node.values = machineWide('second:2')));
    await apply(SET, true);
    expect(ends()).toEqual(['moved']);
    await store.prepareRetry();
    for (const each of store.preview()?.rows ?? []) store.choose(each.node, true);
    await store.confirm();
    expect(ends()).toEqual(['rolled-back']);
    expect(node.values).toEqual(machineWide('second:2'));
  });
});

import { TestBed } from '@angular/core/testing';
import { NEEDED } from '../../../../test/jest/proxy-model/cluster-page';
import { ModelCluster, startStores } from '../../../../test/jest/proxy-model/model-cluster';
import { machineWide } from '../../../../test/jest/proxy-model/model-node';
import { countChange, type ProxyChange } from '../change/change-plan';
import { NO_EXTRAS, type Wish } from '../change/order';
import { stateOf } from '../change/preview/preview';

const SET: Wish = { kind: 'set', server: 'new:1', bypass: [], extras: NO_EXTRAS };
const FORMER = machineWide('old:1');
const PLAN = {
  targets: ['x', 'y', 'z'].map(host => ({ ...NEEDED, id: `${host}:443/https`, host })),
  untested: [],
};

// The verdict's rules have tests of their own; here an endpoint is reached or not.
jest.mock('../../reachability/probe/parse-observation', () => ({
  parseObservation: (value: unknown) => value,
}));
jest.mock('../../reachability/verdict/verdict', () => ({
  judge: ({ isOpen }: { isOpen: boolean }) => ({
    verdict: isOpen ? 'reachable' : 'proxy-denied',
    cause: 'x',
  }),
}));

/** Three endpoints, all of them reached; the new proxy does not let `denied` through. */
function clusterOf(names: readonly string[], denied: readonly string[]): ModelCluster {
  const cluster = new ModelCluster(names, FORMER, PLAN);
  cluster.open.add('old:1').add('new:1');
  cluster.denied.set('new:1', denied);
  return cluster;
}

describe('a node that would lose needed endpoints', () => {
  it('is not changed unless it is chosen', async () => {
    const { store, ends } = startStores(clusterOf(['a', 'b'], ['y']));
    await store.prepare(SET);
    expect(store.preview()?.rows.map(stateOf)).toEqual(['loses', 'loses']);
    await store.confirm();
    expect(ends()).toEqual(['skipped', 'skipped']);
  });

  it('keeps what was chosen for it without the endpoints that the preview named, and never in plain green', async () => {
    const cluster = clusterOf(['a', 'b', 'c'], ['y']);
    const { store, ends, apply } = startStores(cluster);
    await apply(SET, true);
    expect(ends()).toEqual(['verified', 'verified', 'verified']);
    expect(cluster.touched).toEqual(['a Set-ProxySetting', 'b Set-ProxySetting', 'c Set-ProxySetting']);
    expect(countChange(store.change() as ProxyChange)).toMatchObject({ verified: 3, losing: 3 });
  });

  it('gets its settings back when it loses more than the preview named, and the others are not touched', async () => {
    const cluster = clusterOf(['a', 'b'], ['y']);
    const { store, ends } = startStores(cluster);
    await store.prepare(SET);
    for (const { node } of store.preview()?.rows ?? []) store.choose(node, true);
    cluster.denied.set('new:1', ['y', 'z']);
    await store.confirm();
    expect(ends()).toEqual(['rolled-back', 'stopped']);
    expect(store.change()?.nodes[0]?.phase).toMatchObject({ reason: 'lost', lost: ['z:443/https'] });
    for (const node of cluster.nodes.values()) expect(node.values).toEqual(FORMER);
  });

  it('gets them back when it was chosen before it was seen to lose anything', async () => {
    const cluster = clusterOf(['a'], []);
    const { store, ends } = startStores(cluster);
    await store.prepare(SET);
    for (const { node } of store.preview()?.rows ?? []) store.choose(node, true);
    cluster.denied.set('new:1', ['y']);
    await store.confirm();
    expect(ends()).toEqual(['rolled-back']);
  });

  it('gets them back when nothing answers, although that was chosen: such a proxy is none', async () => {
    for (const open of [['old:1'], ['old:1', 'new:1']]) {
      const cluster = clusterOf(['a', 'b'], ['x', 'y', 'z']);
      cluster.open.clear();
      for (const server of open) cluster.open.add(server);
      const { store, ends, apply } = startStores(cluster);
      await store.prepare(SET);
      expect(store.preview()?.rows.map(stateOf)).toEqual(['no-way', 'no-way']);
      await apply(SET, true);
      expect(ends()).toEqual(['rolled-back', 'stopped']);
      for (const node of cluster.nodes.values()) expect(node.values).toEqual(FORMER);
      TestBed.resetTestingModule();
    }
  });

  it('keeps it when the second try is chosen after the first one was taken back', async () => {
    const cluster = clusterOf(['a'], []);
    const { store, ends } = startStores(cluster);
    await store.prepare(SET);
    cluster.denied.set('new:1', ['y']);
    await store.confirm();
    expect(ends()).toEqual(['rolled-back']);
    await store.prepareRetry();
    for (const { node } of store.preview()?.rows ?? []) store.choose(node, true);
    await store.confirm();
    expect(ends()).toEqual(['verified']);
  });
});

import { TestBed } from '@angular/core/testing';
import { ModelCluster, startStores } from '../../../../test/jest/proxy-model/model-cluster';
import { machineWide, type ModelNode, NOTHING } from '../../../../test/jest/proxy-model/model-node';
import { countChange, type ProxyChange } from '../change/change-plan';
import { forecastOf } from '../change/preview/forecast';
import { isUnsettled } from '../change/node-change';
import { NO_EXTRAS, type Wish } from '../change/order';
import { stateOf } from '../change/preview/preview';
import { readConnection, writeConnection } from '../setting/layers/blobs';
import { ABSENT } from '../setting/layers/raw-values';
import type { ProxySetting } from '../setting/proxy-setting';
import { ProxyStore } from './proxy.store';

const SET: Wish = { kind: 'set', server: 'new:1', bypass: [], extras: NO_EXTRAS };

// The verdict's rules have tests of their own; here an endpoint is reached or not.
jest.mock('../../reachability/probe/parse-observation', () => ({
  parseObservation: (value: unknown) => value,
}));
jest.mock('../../reachability/verdict/verdict', () => ({
  judge: ({ isOpen }: { isOpen: boolean }) => ({ verdict: isOpen ? 'reachable' : 'timed-out', cause: 'x' }),
}));

const serverOf = (node: ModelNode | undefined) =>
  readConnection(node?.values['machine.default'] ?? ABSENT)?.server;

describe('ProxyChangeStore', () => {
  it('brings nodes without a way out through the proxy, one first, and back', async () => {
    const cluster = new ModelCluster(['a', 'b', 'c'], NOTHING);
    cluster.open.add('new:1');
    const { store, ends, apply, held } = startStores(cluster);
    await apply(SET);
    expect(ends()).toEqual(['verified', 'verified', 'verified']);
    expect(held.count).toBe(0);
    await store.preparePutBack();
    await store.confirm();
    expect(ends()).toEqual(['verified', 'verified', 'verified']);
    for (const node of cluster.nodes.values()) expect(node.values).toEqual(NOTHING);
  });

  it('has the outcome in the history at once, and no other than the result has', async () => {
    const cluster = new ModelCluster(['a', 'b'], NOTHING);
    cluster.open.add('new:1');
    const { apply } = startStores(cluster);
    await apply(SET);
    const outcomes = TestBed.inject(ProxyStore)
      .rows()
      .map(({ reading }) => (reading.at === 'read' ? reading.setting.node?.records[0]?.outcome : undefined));
    expect(outcomes).toEqual(['applied', 'applied']);
  });

  it('leaves a node alone that is right already, and asks first', async () => {
    const cluster = new ModelCluster(['a', 'b'], NOTHING);
    cluster.open.add('new:1');
    const values = machineWide('new:1');
    const node = cluster.nodes.get('a');
    if (node) {
      const blob = writeConnection({ flags: 3, server: 'http://NEW:1', bypass: '', pacUrl: '' }, ABSENT);
      node.values = { ...values, 'machine.default': blob };
    }
    const { ends, apply } = startStores(cluster);
    await apply(SET);
    expect(ends()).toEqual(['unchanged', 'verified']);
    expect(cluster.touched).toEqual(['b Set-ProxySetting']);
  });

  it('does not touch a node for which the proxy does nothing, unless it is chosen', async () => {
    const cluster = new ModelCluster(['a', 'b'], NOTHING);
    const { ends, apply } = startStores(cluster);
    await apply(SET);
    expect(ends()).toEqual(['skipped', 'skipped']);
    expect(cluster.touched).toEqual([]);
  });

  it('ends with all nodes as before when a wrong proxy is chosen all the same, one touched at the most', async () => {
    for (const had of [[''], []]) {
      const cluster = new ModelCluster(['a', 'b', 'c'], NOTHING);
      for (const server of had) cluster.open.add(server);
      const { ends, apply } = startStores(cluster);
      await apply(SET, true);
      expect(ends()).toEqual(['rolled-back', 'stopped', 'stopped']);
      expect(cluster.touched).toEqual(['a Set-ProxySetting', 'a Restore-ProxySetting']);
      for (const node of cluster.nodes.values()) expect(node.values).toEqual(NOTHING);
      TestBed.resetTestingModule();
    }
  });

  it('says that it is as before when the command failed before it changed anything', async () => {
    const former = machineWide('old:1');
    const cluster = new ModelCluster(['a'], former);
    cluster.open.add('new:1');
    const node = cluster.nodes.get('a');
    if (node) node.changeFates = ['fails-half-way'];
    const { store, apply } = startStores(cluster);
    await apply(SET);
    expect(store.change()?.nodes[0]?.phase).toMatchObject({
      at: 'failed',
      after: {},
      failure: { code: 'set-failed' },
    });
    expect(node?.values).toEqual(former);
  });

  it('protects nodes behind Arc gateway from Apply and Remove, and takes what keeps it', async () => {
    const former = machineWide('http=http://fw:8080;https=http://localhost:40343');
    const cluster = new ModelCluster(['a'], former);
    cluster.open.add('localhost:40343');
    const { store, ends, apply } = startStores(cluster);
    for (const wish of [SET, { kind: 'remove', extras: NO_EXTRAS } as const]) {
      await store.prepare(wish);
      expect(store.preview()?.rows.map(stateOf)).toEqual(['arc-gateway']);
      await apply(wish, true);
      expect(cluster.touched).toEqual([]);
    }
    await apply({ ...SET, server: 'http=http://fw:9090;https=http://localhost:40343' });
    expect(ends()).toEqual(['verified']);
  });

  it('does not touch a node that changed since the preview', async () => {
    const cluster = new ModelCluster(['a'], NOTHING);
    cluster.open.add('new:1');
    const { store, ends } = startStores(cluster);
    await store.prepare(SET);
    const node = cluster.nodes.get('a');
    if (node) node.values = machineWide('second:2');
    await store.confirm();
    expect(ends()).toEqual(['moved']);
    expect(serverOf(node)).toBe('second:2');
  });

  it('reads a node again of which nobody knows, and corrects its row by itself', async () => {
    const cluster = new ModelCluster(['a'], NOTHING);
    cluster.open.add('new:1');
    const node = cluster.nodes.get('a');
    if (node) node.changeFates = ['hangs'];
    const { store, ends, apply, readAgain } = startStores(cluster);
    await apply(SET);
    expect(ends()).toEqual(['unknown']);
    node?.goOn();
    readAgain();
    await new Promise(resolve => setTimeout(resolve, 0));
    expect(store.change()?.nodes[0]).toMatchObject({
      phase: { at: 'verified' },
      attempts: [{ open: false }],
    });
  });

  it('goes back to the first state after a second Apply and a reload, by what the node keeps', async () => {
    const former = machineWide('', 'http://wpad/p.pac');
    const cluster = new ModelCluster(['a'], former);
    cluster.open.add('new:1').add('typo:2');
    const before = startStores(cluster);
    await before.apply({ ...SET, server: 'typo:2' });
    await before.apply(SET);
    TestBed.resetTestingModule();
    const { store, ends } = startStores(cluster);
    await store.prepare({ kind: 'remove', extras: NO_EXTRAS });
    const record = store.preview()?.rows[0]?.setting?.node?.records.at(-1);
    store.dismiss();
    await store.prepareGoingBack(record?.note?.change ?? 'none');
    await store.confirm();
    expect(ends()).toEqual(['verified']);
    expect(cluster.nodes.get('a')?.values).toEqual(former);
  });

  describe('proof', () => {
    it('is an explicit choice where nothing could be tested before', async () => {
      const cluster = new ModelCluster(['a', 'b'], NOTHING);
      cluster.open.add('new:1');
      cluster.measured.push('refused', 'refused', 'refused', 'refused');
      const { ends, apply } = startStores(cluster);
      await apply(SET);
      expect(ends()).toEqual(['skipped', 'skipped']);
      expect(cluster.touched).toEqual([]);
    });

    it('is missing where nothing could be tested afterwards, and the other nodes wait', async () => {
      for (const none of ['refused', 'silent'] as const) {
        const cluster = new ModelCluster(['a', 'b'], NOTHING);
        cluster.open.add('new:1');
        const { store, ends } = startStores(cluster);
        await store.prepare(SET);
        cluster.measured.push(none, none, none, none);
        await store.confirm();
        expect(ends()).toEqual(['verified', 'stopped']);
        expect(countChange(store.change() as ProxyChange)).toMatchObject({ verified: 0, unproven: 1 });
        expect(serverOf(cluster.nodes.get('b'))).toBe('');
        TestBed.resetTestingModule();
      }
    });

    it('is asked for twice before a setting is taken back', async () => {
      const cluster = new ModelCluster(['a'], machineWide('old:1'));
      cluster.open.add('new:1').add('old:1');
      const { store, ends } = startStores(cluster);
      await store.prepare(SET);
      cluster.measured.push('hiccup');
      await store.confirm();
      expect(ends()).toEqual(['verified']);
      expect(serverOf(cluster.nodes.get('a'))).toBe('new:1');
    });

    it('is got and noted late, too, when the node tells late that it is as wanted', async () => {
      const cluster = new ModelCluster(['a'], NOTHING);
      cluster.open.add('new:1');
      const node = cluster.nodes.get('a');
      if (node) node.changeFates = ['hangs'];
      const { store, apply, readAgain } = startStores(cluster);
      await apply(SET);
      node?.goOn();
      readAgain();
      await new Promise(resolve => setTimeout(resolve, 0));
      expect(store.change()?.nodes[0]?.proof?.reached.size).toBe(1);
      expect([...(node?.kept.values() ?? [])].map(({ outcome }) => outcome)).toEqual(['applied']);
    });
  });

  it('goes back on every node that keeps the change, whatever was read of it before', async () => {
    const cluster = new ModelCluster(['a', 'b', 'c'], NOTHING);
    cluster.open.add('new:1');
    const before = startStores(cluster, ['up', 'up', 'down']);
    await before.apply(SET);
    const change = before.store.change()?.id ?? '';
    TestBed.resetTestingModule();
    // The page was just opened: no node was read yet, and the third has come up since.
    const { store, ends } = startStores(cluster);
    await store.prepareGoingBack(change);
    expect(store.preview()?.rows.map(stateOf)).toEqual(['gives-up', 'gives-up', 'no-record']);
    await store.confirm();
    expect(ends()).toEqual(['verified', 'verified', 'protected']);
  });

  it('tries only those again that are chosen, after another look, and keeps the way back', async () => {
    const cluster = new ModelCluster(['a', 'b', 'c'], machineWide('old:1'));
    cluster.open.add('new:1').add('old:1');
    for (const name of ['b', 'c']) cluster.nodes.get(name)?.changeFates.push('fails-half-way');
    const { store, ends, apply } = startStores(cluster);
    await apply(SET);
    expect(ends()).toEqual(['verified', 'failed', 'failed']);
    cluster.touched.length = 0;
    await store.prepareRetry();
    expect(store.preview()?.rows.map(({ node }) => node.name)).toEqual(['b', 'c']);
    const row = store.preview()?.rows[1];
    if (row) store.choose(row.node, false);
    await store.confirm();
    expect(ends()).toEqual(['verified', 'verified', 'failed']);
    expect(cluster.touched).toEqual(['b Set-ProxySetting']);
    expect(store.toPutBack().map(({ node }) => node.name)).toEqual(['a', 'b']);
  });

  it('does not try a node again that somebody changed after the second look', async () => {
    const cluster = new ModelCluster(['a'], machineWide('old:1'));
    cluster.open.add('new:1').add('old:1');
    cluster.nodes.get('a')?.changeFates.push('refused');
    const { store, ends, apply } = startStores(cluster);
    await apply(SET);
    expect(ends()).toEqual(['failed']);
    await store.prepareRetry();
    const node = cluster.nodes.get('a');
    if (node) node.values = machineWide('second:2');
    await store.confirm();
    expect(ends()).toEqual(['moved']);
    expect(serverOf(node)).toBe('second:2');
  });

  it('does not touch a node that could not be read for the preview, and says why', async () => {
    const cluster = new ModelCluster(['a', 'b'], machineWide('old:1'));
    cluster.open.add('new:1').add('old:1');
    const { store, ends } = startStores(cluster);
    const [a] = cluster.nodes.values();
    // Once with its agent, once without.
    if (a) a.callFates.push('times-out', 'times-out');
    await store.prepare(SET);
    expect(store.preview()?.rows.map(stateOf)).toEqual(['unread', 'ready']);
    if (a) a.values = machineWide('second:2');
    await store.confirm();
    expect(ends()).toEqual(['failed', 'verified']);
    expect(store.change()?.nodes[0]?.phase).toMatchObject({ failure: { code: 'timeout' } });
    expect(serverOf(a)).toBe('second:2');
    expect(cluster.touched).toEqual(['b Set-ProxySetting']);
  });

  it('corrects a row after a change by what was read of its node meanwhile', async () => {
    const cluster = new ModelCluster(['a', 'b'], NOTHING);
    cluster.open.add('new:1');
    const [a, b] = cluster.nodes.values();
    if (b) b.changeFates.push('refused');
    const { store, ends, apply } = startStores(cluster);
    TestBed.tick();
    await new Promise(resolve => setTimeout(resolve, 0));
    await apply(SET);
    expect(ends()).toEqual(['verified', 'failed']);
    await store.prepareRetry();
    const retried = store.confirm();
    if (a) a.values = machineWide('second:2');
    await TestBed.inject(ProxyStore).read({ name: 'a', fqdn: 'a', state: 'up' });
    await retried;
    TestBed.tick();
    expect(ends()).toEqual(['overtaken', 'verified']);
  });

  it('still says how the first try ended on a node that a stopped second one did not come to', async () => {
    const cluster = new ModelCluster(['a', 'b'], machineWide('old:1'));
    cluster.open.add('new:1').add('old:1');
    for (const node of cluster.nodes.values()) node.changeFates.push('fails-half-way');
    const { store, ends, apply } = startStores(cluster);
    await apply(SET);
    expect(ends()).toEqual(['failed', 'failed']);
    await store.prepareRetry();
    cluster.open.delete('new:1');
    await store.confirm();
    expect(store.change()?.nodes.map(({ phase, attempts }) => [phase.at, attempts.length])).toEqual([
      ['rolled-back', 3],
      ['failed', 1],
    ]);
    expect(store.change()?.nodes[1]?.phase).toMatchObject({ failure: { code: 'set-failed' }, after: {} });
  });

  it('shows in the table what a change read last, however it ended', async () => {
    const cluster = new ModelCluster(['a'], machineWide('old:1'));
    cluster.open.add('new:1').add('old:1');
    const { store, ends } = startStores(cluster);
    await store.prepare(SET);
    const node = cluster.nodes.get('a');
    if (node) node.changeFates = ['lost'];
    const change = store.confirm();
    await Promise.resolve();
    if (node) node.values = machineWide('second:2');
    await change;
    expect(ends()).toEqual(['failed']);
    const [row] = TestBed.inject(ProxyStore).rows();
    expect(row?.reading.at === 'read' && row.reading.setting.server).toBe('second:2');
  });

  it('changes the bypass list alone, behind Arc gateway too, and leaves nodes without a server', async () => {
    const gateway = 'http=http://fw:8080;https=http://localhost:40343';
    const cluster = new ModelCluster(['a', 'b', 'c'], machineWide(gateway));
    cluster.open.add('localhost:40343').add('plain:1');
    const [, b, c] = [...cluster.nodes.values()];
    if (b) b.values = machineWide('plain:1');
    if (c) c.values = NOTHING;
    const { store, ends } = startStores(cluster);
    store.limit.set(1);
    await store.prepareBypass(['q', 'r'], NO_EXTRAS);
    await store.confirm();
    expect(ends()).toEqual(['verified', 'verified', 'protected']);
    const stored = ['a', 'b', 'c'].map(name =>
      readConnection(cluster.nodes.get(name)?.values['machine.default'] ?? ABSENT),
    );
    expect(stored.map(options => [options?.server, options?.bypass])).toEqual([
      [gateway, 'q;r'],
      ['plain:1', 'q;r'],
      ['', ''],
    ]);
  });

  it('keeps the server that the node has by then when the bypass list is tried again', async () => {
    const cluster = new ModelCluster(['a'], machineWide('old:1'));
    cluster.open.add('old:1').add('new:1');
    const { store, ends } = startStores(cluster);
    await store.prepareBypass(['q'], NO_EXTRAS);
    const node = cluster.nodes.get('a');
    if (node) node.values = machineWide('new:1');
    await store.confirm();
    expect(ends()).toEqual(['moved']);
    await store.prepareRetry();
    await store.confirm();
    expect(ends()).toEqual(['verified']);
    expect(readConnection(node?.values['machine.default'] ?? ABSENT)).toMatchObject({
      server: 'new:1',
      bypass: 'q',
    });
  });

  it('does not go back to a time before Arc gateway on a node that goes out through it by now', async () => {
    const cluster = new ModelCluster(['a'], machineWide('old:1'));
    cluster.open.add('new:1').add('old:1').add('localhost:40343');
    const { store, ends, apply } = startStores(cluster);
    await apply(SET);
    const node = cluster.nodes.get('a');
    const gateway = machineWide('http=http://fw:8080;https=http://localhost:40343');
    if (node) node.values = gateway;
    await store.preparePutBack();
    expect(store.preview()?.rows.map(stateOf)).toEqual(['arc-gateway']);
    await store.confirm();
    expect(ends()).toEqual(['protected']);
    expect(node?.values).toEqual(gateway);
  });

  it('still follows a command that never told its end when something else is changed next', async () => {
    const cluster = new ModelCluster(['a', 'b'], NOTHING);
    cluster.open.add('new:1').add('other:2');
    const node = cluster.nodes.get('a');
    if (node) node.changeFates = ['hangs'];
    const { store, ends, apply, readAgain } = startStores(cluster);
    await apply(SET);
    await apply({ ...SET, server: 'other:2' });
    expect(store.change()?.nodes.map(isUnsettled)).toEqual([true, false]);
    node?.goOn();
    readAgain();
    await new Promise(resolve => setTimeout(resolve, 0));
    expect(serverOf(node)).toBe('new:1');
    expect(ends()).toEqual(['overtaken', 'verified']);
  });

  it('follows a command that another page left at work, after a reload', async () => {
    const cluster = new ModelCluster(['a'], NOTHING);
    cluster.open.add('new:1').add('other:2');
    const node = cluster.nodes.get('a');
    if (node) node.changeFates = ['hangs'];
    const before = startStores(cluster);
    await before.apply(SET);
    TestBed.resetTestingModule();
    const { store, apply } = startStores(cluster);
    await apply({ ...SET, server: 'other:2' });
    expect(store.change()?.nodes.map(isUnsettled)).toEqual([true]);
  });

  it('reads a node again, on which another page left a command at work, until it is over', async () => {
    const cluster = new ModelCluster(['a'], NOTHING);
    cluster.open.add('new:1');
    const node = cluster.nodes.get('a');
    if (node) node.changeFates = ['hangs'];
    const before = startStores(cluster);
    await before.apply(SET);
    TestBed.resetTestingModule();
    const { readAgain } = startStores(cluster);
    const settled = async () => {
      await new Promise(resolve => setTimeout(resolve, 0));
      TestBed.tick();
    };
    TestBed.tick();
    await settled();
    node?.goOn();
    readAgain();
    await settled();
    const [row] = TestBed.inject(ProxyStore).rows();
    expect(row?.reading.at === 'read' && row.reading.setting.server).toBe('new:1');
  });

  it('tells what a killed command left, since its process is gone', async () => {
    const cluster = new ModelCluster(['a'], machineWide('old:1'));
    cluster.open.add('new:1').add('old:1');
    const node = cluster.nodes.get('a');
    if (node) node.changeFates = ['killed-early'];
    const { store, apply } = startStores(cluster);
    await apply(SET);
    expect(store.change()?.nodes[0]?.phase).toMatchObject({ at: 'failed', after: { server: 'old:1' } });
  });

  it('foretells what nodes read as afterwards', async () => {
    for (const wish of [
      SET,
      { ...SET, server: 'http=a:1;https=b:2', bypass: ['q', 'r'] },
      { kind: 'remove', extras: NO_EXTRAS } as const,
    ]) {
      const cluster = new ModelCluster(['a'], machineWide('old:1', 'http://wpad/p.pac'));
      for (const server of ['new:1', 'b:2', 'old:1']) cluster.open.add(server);
      const { store } = startStores(cluster);
      await store.prepare(wish);
      const row = store.preview()?.rows[0];
      if (row?.setting === undefined) throw new Error('not read');
      const foretold = forecastOf(row.setting, wish);
      store.choose(row.node, true);
      await store.confirm();
      const phase = store.change()?.nodes[0]?.phase;
      if (phase?.at !== 'verified') throw new Error(phase?.at);
      const words = ({ machineWide: wide, server, bypass, pacUrl, leftoverServer, node }: ProxySetting) => ({
        wide,
        server,
        bypass,
        pacUrl,
        leftoverServer,
        layers: node?.layers,
      });
      expect(words(phase.after)).toEqual(words(foretold));
      TestBed.resetTestingModule();
    }
  });
});

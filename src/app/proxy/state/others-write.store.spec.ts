import { TestBed } from '@angular/core/testing';
import { ModelCluster, startStores } from '../../../../test/jest/proxy-model/model-cluster';
import { machineWide, type ModelNode, OVERWRITTEN } from '../../../../test/jest/proxy-model/model-node';
import { englishStrings } from '../../../../test/jest/strings';
import { makeText } from '../../ui/words/make-text';
import { accountCutOff, cutOff, type NodeSetting } from '../change/history';
import { readProxy, sendOrder } from '../change/node-calls';
import { laterChange } from '../change/node-change';
import { NO_EXTRAS, noteFor, orderFor, type Wish } from '../change/order';
import { writersOf } from '../page/settings/setting-text';
import type { ChangeRecord } from '../setting/change-record';
import { ProxyStore } from './proxy.store';

const SET: Wish = { kind: 'set', server: 'new:1', bypass: [], extras: NO_EXTRAS };
const FORMER = machineWide('old:1');
const POLICY = machineWide('policy:1');

// The verdict's rules have tests of their own; here an endpoint is reached or not.
jest.mock('../../reachability/probe/parse-observation', () => ({
  parseObservation: (value: unknown) => value,
}));
jest.mock('../../reachability/verdict/verdict', () => ({
  judge: ({ isOpen }: { isOpen: boolean }) => ({ verdict: isOpen ? 'reachable' : 'timed-out', cause: 'x' }),
}));

/** A cluster of one node, from which everything can be reached. */
function oneNode(): { readonly cluster: ModelCluster; readonly node: ModelNode } {
  const cluster = new ModelCluster(['a'], FORMER);
  cluster.open.add('old:1').add('new:1').add('policy:1');
  const node = cluster.nodes.get('a');
  if (node === undefined) throw new Error('no node');
  return { cluster, node };
}

describe('a policy that writes, too', () => {
  it('and puts its value back before the reading back, leaves what was there, and is named', async () => {
    const { cluster, node } = oneNode();
    node.owners = ['group-policy=ProxyServer'];
    node.written = () => (node.values = FORMER);
    const { store, ends, apply } = startStores(cluster);
    await apply(SET);
    expect(ends()).toEqual(['rolled-back']);
    expect(node.values).toEqual(FORMER);
    const phase = store.change()?.nodes[0]?.phase;
    if (phase?.at !== 'rolled-back') throw new Error('not rolled back');
    expect(phase).toMatchObject({ reason: 'mismatch', differences: ['server', 'bypass'] });
    expect(writersOf(makeText(englishStrings()), phase.after, true)).toEqual([
      'A group policy names ProxyServer and will write it again',
    ]);
  });

  it('and writes between the roll-back and its reading back, is told as it is', async () => {
    const { cluster, node } = oneNode();
    node.written = () => (node.values = POLICY);
    const { store, ends, apply } = startStores(cluster);
    await apply(SET);
    expect(ends()).toEqual(['mismatch']);
    const phase = store.change()?.nodes[0]?.phase;
    expect(phase).toMatchObject({ notRolledBack: true, after: { server: 'policy:1' } });
    expect(store.toPutBack().map(({ node: { name } }) => name)).toEqual(['a']);
    expect([...node.kept.values()].map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);
    // It came to an end, and the former state is still to be had.
    node.written = () => undefined;
    await store.preparePutBack();
    await store.confirm();
    expect(node.values).toEqual(FORMER);
  });

  it('has no name where nobody was found', async () => {
    const { cluster, node } = oneNode();
    node.written = () => (node.values = POLICY);
    const { store, apply } = startStores(cluster);
    await apply(SET);
    const phase = store.change()?.nodes[0]?.phase;
    if (phase?.at !== 'mismatch') throw new Error('not so');
    expect(writersOf(makeText(englishStrings()), phase.after, true)[0]).toMatch(
      /^Who wrote it is not known: /,
    );
  });
});

describe('another administrator who changes a node after this page', () => {
  it('is named by the change that the node keeps, and a value that was written by hand has no name', async () => {
    const { cluster, node } = oneNode();
    const { store, ends, apply } = startStores(cluster);
    TestBed.tick();
    await new Promise(resolve => setTimeout(resolve, 0));
    await apply(SET);
    expect(ends()).toEqual(['verified']);
    const look = async (): Promise<ChangeRecord | undefined> => {
      await TestBed.inject(ProxyStore).read({ name: 'a', fqdn: 'a', state: 'up' });
      TestBed.tick();
      expect(ends()).toEqual(['overtaken']);
      const [row] = store.change()?.nodes ?? [];
      return row && laterChange(row);
    };
    node.values = POLICY;
    expect(await look()).toBeUndefined();
    const seen = await readProxy(cluster, 'a');
    if ('failure' in seen) throw new Error('not read');
    const remove: Wish = { kind: 'remove', extras: NO_EXTRAS };
    const expected = seen.value.node?.values;
    const note = noteFor(remove, 'remove', 'theirs', seen.value);
    const ties = { id: '20270101T000000Z-zzzzzz', number: 9, note, expected };
    await sendOrder(cluster, 'a', orderFor(remove, seen.value), ties);
    expect((await look())?.note?.change).toBe('theirs');
  });
});

describe('a node that others change after this page, and change again', () => {
  const watched = async (): Promise<void> => {
    TestBed.tick();
    await new Promise(resolve => setTimeout(resolve, 0));
  };
  const seen = async (node: ModelNode, values: ModelNode['values']): Promise<void> => {
    node.values = values;
    await TestBed.inject(ProxyStore).read({ name: 'a', fqdn: 'a', state: 'up' });
    TestBed.tick();
  };

  it('was not done by this page where it was right already', async () => {
    const { cluster, node } = oneNode();
    const { store, ends, apply } = startStores(cluster);
    await watched();
    await apply(SET);
    const right = node.values;
    await apply(SET);
    expect(ends()).toEqual(['unchanged']);
    await seen(node, POLICY);
    expect(ends()).toEqual(['overtaken']);
    await seen(node, right);
    expect(ends()).toEqual(['unchanged']);
    expect(store.toPutBack()).toEqual([]);
  });

  it('was rolled back by this page, even though somebody sets what it had wanted', async () => {
    const { cluster, node } = oneNode();
    const { ends, apply } = startStores(cluster);
    await watched();
    await apply(SET);
    const wanted = node.values;
    node.values = FORMER;
    cluster.open.delete('new:1');
    await apply(SET, true);
    expect(ends()).toEqual(['rolled-back']);
    await seen(node, wanted);
    expect(ends()).toEqual(['overtaken']);
    await seen(node, FORMER);
    expect(ends()).toEqual(['rolled-back']);
  });
});

describe('a command that is killed before it gave the account its own values back', () => {
  it('is taken back with them, and no success', async () => {
    const { cluster, node } = oneNode();
    node.changeFates = ['killed-before-account'];
    const { store, ends, apply } = startStores(cluster);
    await apply(SET);
    expect(ends()).toEqual(['rolled-back']);
    expect(store.change()?.nodes[0]?.phase).toMatchObject({ differences: ['account'] });
    expect(node.values).toEqual(FORMER);
  });

  it('is named after a reload, and going back gives the account its values', async () => {
    const { cluster, node } = oneNode();
    node.changeFates = ['killed-before-account'];
    // Nobody hears of the node until the page is gone.
    const first = startStores(cluster);
    await first.store.prepare(SET);
    node.callFates = ['works', 'unreachable', 'unreachable', 'unreachable'];
    await first.store.confirm();
    node.callFates = [];
    expect(first.ends()).toEqual(['unknown']);
    expect(node.values[OVERWRITTEN[0]]).toBe(OVERWRITTEN[1]);
    TestBed.resetTestingModule();

    const { store } = startStores(cluster);
    const proxies = TestBed.inject(ProxyStore);
    await proxies.refresh();
    const settings = (): readonly NodeSetting[] =>
      proxies
        .rows()
        .flatMap(({ node: each, reading }) =>
          reading.at === 'read' ? [{ node: each, setting: reading.setting }] : [],
        );
    expect(cutOff(settings()).map(({ name }) => name)).toEqual(['a']);
    expect(accountCutOff(settings()).changed.map(({ name }) => name)).toEqual(['a']);
    const change = settings()[0]?.setting.node?.records[0]?.note?.change ?? '';
    await store.prepareGoingBack(change);
    await store.confirm();
    expect(node.values).toEqual(FORMER);
    expect(accountCutOff(settings()).changed).toEqual([]);
  });

  it('of another account is named with that account, whose values this one does not see', async () => {
    const { cluster, node } = oneNode();
    node.changeFates = ['killed-before-account'];
    const { store } = startStores(cluster);
    await store.prepare(SET);
    node.callFates = ['works', 'unreachable', 'unreachable', 'unreachable'];
    await store.confirm();
    node.callFates = [];
    const proxies = TestBed.inject(ProxyStore);
    await proxies.refresh();
    const settings = proxies.rows().flatMap(({ node: each, reading }): readonly NodeSetting[] => {
      if (reading.at !== 'read' || reading.setting.node === undefined) return [];
      const own = { ...reading.setting.node, account: 'CONTOSO\\other' };
      return [{ node: each, setting: { ...reading.setting, node: own } }];
    });
    const { changed, hidden } = accountCutOff(settings);
    expect(changed).toEqual([]);
    expect(hidden.map(({ record }) => record.who)).toEqual(['CONTOSO\\admin']);
  });
});

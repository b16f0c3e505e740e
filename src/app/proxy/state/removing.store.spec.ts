import { TestBed } from '@angular/core/testing';
import { ModelCluster, startStores } from '../../../../test/jest/proxy-model/model-cluster';
import { machineWide, NOTHING } from '../../../../test/jest/proxy-model/model-node';
import { writeConnection } from '../setting/layers/blobs';
import { ABSENT, type RawValues } from '../setting/layers/raw-values';
import { countChange } from '../change/change-plan';
import { lostOf, wasCutOff } from '../change/node-change';
import { NO_EXTRAS, type Wish } from '../change/order';
import { stateOf } from '../change/preview/preview';

const REMOVE: Wish = { kind: 'remove', extras: NO_EXTRAS };

// The verdict's rules have tests of their own; here an endpoint is reached or not.
jest.mock('../../reachability/probe/parse-observation', () => ({
  parseObservation: (value: unknown) => value,
}));
jest.mock('../../reachability/verdict/verdict', () => ({
  judge: ({ isOpen }: { isOpen: boolean }) => ({ verdict: isOpen ? 'reachable' : 'timed-out', cause: 'x' }),
}));

function start(open: readonly string[], values: RawValues = machineWide('p:1')) {
  const cluster = new ModelCluster(['a', 'b'], values);
  for (const server of open) cluster.open.add(server);
  return { cluster, ...startStores(cluster) };
}

describe('Removing the proxy', () => {
  it('is tested before: what the nodes lose is told, and stands with the result, which is no whole success', async () => {
    const { cluster, store, ends } = start(['p:1']);
    await store.prepare(REMOVE);
    expect(store.preview()?.rows.map(stateOf)).toEqual(['gives-up', 'gives-up']);
    await store.confirm();
    expect(ends()).toEqual(['verified', 'verified']);
    const change = store.change();
    expect(change?.nodes.map(({ had, proof }) => lostOf(had, proof).length)).toEqual([1, 1]);
    expect(change && countChange(change)).toMatchObject({ verified: 2, losing: 2 });
    // Nothing is taken back: it is what was asked for.
    expect(cluster.touched).toEqual(['a Remove-ProxySetting', 'b Remove-ProxySetting']);
    await store.preparePutBack();
    expect(store.preview()?.rows.map(stateOf)).toEqual(['ready', 'ready']);
  });

  it('loses nothing where the nodes reach directly what they need', async () => {
    const { store, apply } = start(['p:1', '']);
    await store.prepare(REMOVE);
    expect(store.preview()?.rows.map(stateOf)).toEqual(['ready', 'ready']);
    await apply(REMOVE);
    const change = store.change();
    expect(change && countChange(change)).toMatchObject({ verified: 2, losing: 0 });
  });

  it.each([
    ['follows a script', { flags: 5, server: '', bypass: '', pacUrl: 'http://w/p' }],
    ['goes by SOCKS', { flags: 3, server: 'socks=s:1', bypass: '', pacUrl: '' }],
  ])('claims nothing of what a node reaches that %s', async (_, options) => {
    const blob = writeConnection(options, ABSENT);
    const { store } = start([''], { ...NOTHING, policy: 'DWord|0', 'machine.default': blob });
    await store.prepare(REMOVE);
    const [row] = store.preview()?.rows ?? [];
    expect(row?.preFlight).toMatchObject({ at: 'tested', had: new Set() });
    await store.confirm();
    await store.preparePutBack();
    expect(store.preview()?.rows.map(({ preFlight }) => preFlight.at)).toEqual(['not-tested', 'not-tested']);
    await store.confirm();
    expect(store.change()?.nodes.map(({ phase, proof }) => [phase.at, proof])).toEqual([
      ['verified', undefined],
      ['verified', undefined],
    ]);
  });

  it('that a restarting gateway stopped did not end well, whatever the gateway says', async () => {
    const { cluster, ends, store, apply } = start(['p:1']);
    const node = cluster.nodes.get('a');
    if (node) node.changeFates = ['stopped-half-way'];
    await apply(REMOVE);
    expect(ends()).toEqual(['rolled-back', 'stopped']);
    expect(store.change()?.nodes[0]?.phase).toMatchObject({ doubt: { code: 'cut-short' } });
    expect(node?.values).toEqual(machineWide('p:1'));
  });

  it('that was cut off is not laid at the door of others', async () => {
    for (const [fate, is] of [
      ['killed-half-way', true],
      ['does-nothing', false],
    ] as const) {
      const { cluster, store, ends, apply } = start(['p:1']);
      const node = cluster.nodes.get('a');
      if (node) node.changeFates = [fate];
      await apply(REMOVE);
      expect(ends()?.[0]).toBe('rolled-back');
      const [row] = store.change()?.nodes ?? [];
      const after = row && 'after' in row.phase ? row.phase.after : undefined;
      expect(row && after && wasCutOff(row, after)).toBe(is);
      TestBed.resetTestingModule();
    }
  });
});

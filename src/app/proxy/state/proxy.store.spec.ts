import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Subject } from 'rxjs';
import type { Cluster, NodeState } from '../../cluster/cluster';
import { ClusterStore } from '../../cluster/cluster.store';
import { HOST } from '../../wac/host';
import { CLOCK } from '../../wac/platform';
import { REMOTE_SHELL, type RemoteCommand, RemoteError, type RemoteShell } from '../../wac/remote-shell';
import { ProxyStore } from './proxy.store';

/** Holds every call until the test answers it. */
class HeldShell implements RemoteShell {
  readonly calls: { node: string; name: string; answer: Subject<unknown> }[] = [];

  run(node: string, { name }: RemoteCommand): Subject<unknown> {
    const answer = new Subject<unknown>();
    this.calls.push({ node, name, answer });
    return answer;
  }

  /** Answers a call by its place in the order, and lets what follows happen. */
  async answer(index: number, value: unknown): Promise<void> {
    const call = this.calls[index];
    if (call === undefined) throw new Error(`There was no call ${String(index)}.`);
    if (value instanceof Error) call.answer.error(value);
    else {
      call.answer.next(value);
      call.answer.complete();
    }
    await turn();
  }
}

const turn = () => new Promise(resolve => setTimeout(resolve));

const setting = (server: string) => ({
  machineWide: server !== '',
  perUserPolicy: server === '' ? null : 0,
  server,
  bypass: [],
  pacUrl: '',
  autoDetect: false,
  moduleVersion: '0.1.0',
  readable: true,
  leftoverServer: '',
});

const clusterOf = (states: Readonly<Record<string, NodeState>>): Cluster => ({
  name: 'hci-cluster',
  nodes: Object.entries(states).map(([name, state]) => ({ name, fqdn: `${name}.contoso.local`, state })),
  origin: 'cluster',
});

async function start(states: Readonly<Record<string, NodeState>>) {
  const shell = new HeldShell();
  const cluster = signal(clusterOf(states));
  TestBed.configureTestingModule({
    providers: [
      { provide: HOST, useValue: { strings: {}, notify: () => undefined } },
      { provide: CLOCK, useValue: { now: () => new Date(2026, 10, 24), every: () => () => undefined } },
      { provide: REMOTE_SHELL, useValue: shell },
      { provide: ClusterStore, useValue: { cluster } },
    ],
  });
  const store = TestBed.inject(ProxyStore);
  await turn();
  const servers = () =>
    store.rows().map(({ reading }) => (reading.at === 'read' ? reading.setting.server : reading.at));
  const names = () => shell.calls.map(call => `${call.node.split('.')[0] ?? ''} ${call.name}`);
  return { shell, store, cluster, servers, names };
}

describe('ProxyStore', () => {
  it('reads nodes that are up, paused or of unknown state, all at once', async () => {
    const { names, servers } = await start({ a: 'up', b: 'paused', c: 'down', d: 'joining', e: 'unknown' });
    expect(names()).toEqual(['a Get-ProxySetting', 'b Get-ProxySetting', 'e Get-ProxySetting']);
    expect(servers()).toEqual(['loading', 'loading', 'skipped', 'skipped', 'loading']);
  });

  it('shows each node as soon as it answers', async () => {
    const { shell, servers } = await start({ a: 'up', b: 'up' });
    await shell.answer(1, setting('p:1'));
    expect(servers()).toEqual(['loading', 'p:1']);
    await shell.answer(0, new RemoteError('unreachable', 'a', ''));
    expect(servers()).toEqual(['failed', 'p:1']);
  });

  it('does not let a slow reading overwrite what was read back after a change', async () => {
    const { shell, store, servers } = await start({ a: 'up' });
    const change = store.apply({ server: 'new:1', bypass: [] });
    await turn();
    await shell.answer(1, setting('old:1'));
    await shell.answer(2, {});
    await shell.answer(3, setting('new:1'));
    await change;
    await shell.answer(0, setting('old:1'));
    expect(servers()).toEqual(['new:1']);
  });

  it('starts no second change, no reading and no installation while one is under way', async () => {
    const { shell, store } = await start({ a: 'up' });
    await shell.answer(0, setting(''));
    void store.apply({ server: 'new:1', bypass: [] });
    await turn();
    const before = shell.calls.length;
    await Promise.all([store.remove(), store.refresh(), store.retry(), store.putBack()]);
    const node = store.nodes()[0];
    if (node !== undefined) await store.install(node);
    expect(shell.calls.length).toBe(before);
    expect(store.busy()).toBe(true);
  });

  it('reads nodes that joined while a change was under way', async () => {
    const { shell, store, cluster, servers, names } = await start({ a: 'up' });
    await shell.answer(0, setting(''));
    void store.remove();
    await turn();
    cluster.set(clusterOf({ a: 'up', b: 'up' }));
    await turn();
    for (const value of [setting(''), {}, setting('')]) await shell.answer(shell.calls.length - 1, value);
    expect(names().slice(-2)).toEqual(['a Get-ProxySetting', 'b Get-ProxySetting']);
    await shell.answer(shell.calls.length - 1, setting('b:1'));
    expect(servers()).toEqual(['loading', 'b:1']);
  });

  it('forgets what it knew of a node when nobody can tell whether the node changed', async () => {
    const { shell, store, servers } = await start({ a: 'up' });
    await shell.answer(0, setting(''));
    void store.apply({ server: 'new:1', bypass: [] });
    await turn();
    await shell.answer(1, setting(''));
    await shell.answer(2, new RemoteError('gateway', 'a', ''));
    await shell.answer(3, new RemoteError('gateway', 'a', ''));
    expect(servers()).toEqual(['failed']);
    expect(store.change()?.nodes[0]?.phase).toMatchObject({ at: 'unknown' });
  });
});

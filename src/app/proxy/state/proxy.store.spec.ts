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
  readonly calls: (RemoteCommand & { node: string; answer: Subject<unknown> })[] = [];

  run(node: string, command: RemoteCommand): Subject<unknown> {
    const answer = new Subject<unknown>();
    this.calls.push({ ...command, node, answer });
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
    const [node] = store.nodes();
    if (node === undefined) throw new Error('no node');
    void store.read(node);
    await shell.answer(1, setting('new:1'));
    await shell.answer(0, setting('old:1'));
    expect(servers()).toEqual(['new:1']);
  });

  it('shows the answer to the later of two questions, although the earlier one was answered meanwhile', async () => {
    const { shell, store, servers } = await start({ a: 'up' });
    const [node] = store.nodes();
    if (node === undefined) throw new Error('no node');
    void store.read(node);
    await shell.answer(0, setting('old:1'));
    await shell.answer(1, setting('new:1'));
    expect(servers()).toEqual(['new:1']);
  });

  it('starts no reading and no installation while a change is under way, and reads who joined or came up afterwards', async () => {
    const { shell, store, cluster, servers } = await start({ a: 'up', c: 'down' });
    await shell.answer(0, setting(''));
    store.hold();
    const before = shell.calls.length;
    await store.refresh();
    const node = store.nodes()[0];
    if (node !== undefined) await store.install(node);
    cluster.set(clusterOf({ a: 'up', b: 'up', c: 'up' }));
    await turn();
    expect(shell.calls.length).toBe(before);
    void store.letGo();
    await turn();
    await shell.answer(shell.calls.length - 1, setting('c:1'));
    await shell.answer(shell.calls.length - 2, setting('b:1'));
    expect(servers()).toEqual(['', 'b:1', 'c:1']);
  });

  it('reads a node whose agent never answers without it, and asks the agent again only when somebody wants it', async () => {
    const { shell, store, names } = await start({ a: 'up' });
    await shell.answer(0, new RemoteError('timeout', 'a', ''));
    expect(shell.calls.map(({ parameters }) => parameters)).toEqual([
      { Layers: true },
      { Layers: true, SkipAgent: true },
    ]);
    const silent = { ...setting('p:1'), arcAgent: { unread: '' } };
    await shell.answer(1, silent);
    const [row] = store.rows();
    if (row?.reading.at !== 'read') throw new Error('not read');
    expect(row.reading.setting.agent).toEqual({ unread: '' });
    void store.read(row.node);
    await shell.answer(2, silent);
    void store.refresh();
    expect(shell.calls.slice(2).map(({ parameters }) => parameters)).toEqual([
      { Layers: true, SkipAgent: true },
      { Layers: true },
    ]);
    expect(names()).toHaveLength(4);
  });

  it('sends the module file by file to all nodes at once, and ends on a node with its first failure', async () => {
    const { shell, store, names } = await start({ a: 'up', b: 'up' });
    await shell.answer(0, { ...setting(''), moduleVersion: null });
    await shell.answer(1, { ...setting(''), moduleVersion: null });
    const file = (name: string) => ({ name, bytes: new Uint8Array([1, 171]) });
    void store.installFrom([file('x.psm1'), file('x.psd1')], store.nodes());
    await turn();
    const Upload = shell.calls[2]?.parameters?.['Upload'];
    expect(Upload).toMatch(/^[0-9a-z]{12}$/);
    expect(shell.calls.slice(2).map(({ parameters }) => parameters)).toEqual([
      { Upload, File: 'x.psm1', Content: '01ab' },
      { Upload, File: 'x.psm1', Content: '01ab' },
    ]);
    await shell.answer(2, {});
    await shell.answer(3, new RemoteError('script', 'b', 'install-failed: no room'));
    await shell.answer(4, { ...setting(''), moduleVersion: null });
    await shell.answer(5, {});
    const last = shell.calls.find(({ parameters }) => parameters?.['File'] === 'x.psd1');
    expect(last?.parameters).toEqual({
      ...{ Upload, File: 'x.psd1', Content: '01ab' },
      Files: ['x.psm1=2', 'x.psd1=2'],
    });
    // The node itself says whether it has the module now.
    await shell.answer(6, { ...setting(''), moduleVersion: '0.1.0' });
    expect(names().slice(2).sort()).toEqual([
      'a Add-WinInetProxyFile',
      'a Add-WinInetProxyFile',
      'a Get-ProxySetting',
      'b Add-WinInetProxyFile',
      'b Get-ProxySetting',
    ]);
    expect(store.rows().map(({ installation }) => installation)).toMatchObject([
      { at: 'done' },
      { at: 'failed', failure: { code: 'install-failed', message: 'no room' } },
    ]);
  });

  it('calls no installation failed on a node that has the module afterwards', async () => {
    const { shell, store } = await start({ a: 'up' });
    await shell.answer(0, { ...setting(''), moduleVersion: null });
    void store.installFrom([{ name: 'x.psd1', bytes: new Uint8Array([1]) }], store.nodes());
    await turn();
    await shell.answer(1, new RemoteError('timeout', 'a', ''));
    await shell.answer(2, { ...setting(''), moduleVersion: '0.1.0' });
    expect(store.rows()[0]?.installation).toEqual({ at: 'done' });
  });

  it('tells of a node that no longer answers what was read last, and when', async () => {
    const { shell, store } = await start({ a: 'up' });
    await shell.answer(0, setting('p:1'));
    void store.refresh();
    await turn();
    await shell.answer(1, new RemoteError('unreachable', 'a', ''));
    expect(store.rows()[0]?.reading).toMatchObject({
      at: 'failed',
      last: { setting: { server: 'p:1' }, when: new Date(2026, 10, 24) },
    });
  });

  it('does not read again when the cluster tells the same nodes anew', async () => {
    const { shell, cluster } = await start({ a: 'up' });
    cluster.set(clusterOf({ a: 'up' }));
    await turn();
    expect(shell.calls.length).toBe(1);
  });
});

import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Subject } from 'rxjs';
import { HOST, type Host } from '../wac/host';
import { REMOTE_SHELL, type RemoteCommand, RemoteError, type RemoteShell } from '../wac/remote-shell';
import { ClusterStore } from './cluster.store';

/** Answers when the test says so. */
class HeldShell implements RemoteShell {
  readonly calls: { node: string; command: RemoteCommand; answer: Subject<unknown> }[] = [];
  run(node: string, command: RemoteCommand) {
    const answer = new Subject<unknown>();
    this.calls.push({ node, command, answer });
    return answer;
  }
  answer(call: number, value: unknown): void {
    this.calls[call]?.answer.next(value);
    this.calls[call]?.answer.complete();
  }
}

const OVERVIEW = {
  name: 'hci-cluster',
  nodes: [{ name: 'node1', fqdn: 'node1.contoso.local', state: 'up' }],
  registration: { status: 'Registered', connection: 'Connected', region: 'usgovvirginia' },
  witness: null,
  warnings: [],
};

function start(nodes: readonly string[] = ['node1.contoso.local', 'node2']) {
  const shell = new HeldShell();
  const host: Partial<Host> = {
    connection: { name: 'hci-cluster.contoso.local', nodes },
    theme: signal('light'),
    strings: {},
  };
  TestBed.configureTestingModule({
    providers: [
      { provide: HOST, useValue: host },
      { provide: REMOTE_SHELL, useValue: shell },
    ],
  });
  return { shell, store: TestBed.inject(ClusterStore) };
}

describe('ClusterStore', () => {
  it('asks the cluster by its name at once', () => {
    const { shell, store } = start();
    expect(store.status()).toBe('loading');
    expect(shell.calls).toMatchObject([
      { node: 'hci-cluster.contoso.local', command: { name: 'Get-ClusterOverview' } },
    ]);
  });

  it('takes what the cluster says', () => {
    const { shell, store } = start();
    shell.answer(0, OVERVIEW);
    expect(store.status()).toBe('ready');
    expect(store.problem()).toBeUndefined();
    expect(store.cluster()).toMatchObject({ name: 'hci-cluster', cloud: 'usgov', origin: 'cluster' });
  });

  it('falls back to the nodes that WAC remembers, and says why', () => {
    const { shell, store } = start();
    shell.calls[0]?.answer.error(new RemoteError('access-denied', 'hci-cluster.contoso.local', 'no'));
    expect(store.status()).toBe('fallback');
    expect(store.problem()).toEqual({
      kind: 'access-denied',
      node: 'hci-cluster.contoso.local',
      message: 'no',
    });
    expect(store.cluster()).toEqual({
      name: 'hci-cluster.contoso.local',
      origin: 'connection',
      nodes: [
        { name: 'node1', fqdn: 'node1.contoso.local', state: 'unknown' },
        { name: 'node2', fqdn: 'node2.contoso.local', state: 'unknown' },
      ],
    });
  });

  it('falls back when the answer has no nodes, and keeps the rest of it', () => {
    const { shell, store } = start();
    shell.answer(0, { ...OVERVIEW, nodes: [], warnings: ['nodes-unreadable'] });
    expect(store.status()).toBe('fallback');
    expect(store.problem()?.kind).toBe('unreadable');
    expect(store.warnings()).toEqual(['nodes-unreadable']);
    expect(store.cluster()?.cloud).toBe('usgov');
  });

  it('fails when nobody knows a node', () => {
    const { shell, store } = start([]);
    shell.answer(0, 'nonsense');
    expect(store.status()).toBe('failed');
    expect(store.cluster()?.nodes).toEqual([]);
  });

  it('does not let an outdated answer overwrite a later one', () => {
    const { shell, store } = start();
    store.refresh();
    shell.answer(1, OVERVIEW);
    shell.answer(0, { ...OVERVIEW, name: 'outdated' });
    expect(store.cluster()?.name).toBe('hci-cluster');
    expect(shell.calls[0]?.answer.observed).toBe(false);
  });

  it('keeps the known cloud when a later reading fails, but not the node states', () => {
    const { shell, store } = start();
    shell.answer(0, OVERVIEW);
    store.refresh();
    expect(store.status()).toBe('loading');
    shell.calls[1]?.answer.error(new RemoteError('unreachable', 'x', ''));
    expect(store.cluster()).toMatchObject({ cloud: 'usgov', origin: 'connection' });
    expect(store.cluster()?.nodes.map(node => node.state)).toEqual(['unknown', 'unknown']);
  });
});

import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { defer, EMPTY, from, type Observable, throwError } from 'rxjs';
import type { Cluster, NodeState } from '../../../src/app/cluster/cluster';
import { ClusterStore } from '../../../src/app/cluster/cluster.store';
import type { Wish } from '../../../src/app/proxy/change/order';
import type { ProbePlan } from '../../../src/app/reachability/plan/probe-plan';
import type { RawValues } from '../../../src/app/proxy/setting/layers/raw-values';
import { NEEDED_PLAN } from '../../../src/app/proxy/state/needed-plan';
import { ProxyChangeStore } from '../../../src/app/proxy/state/proxy-change.store';
import { HOST } from '../../../src/app/wac/host';
import { CLOCK, LEAVE_GUARD } from '../../../src/app/wac/platform';
import {
  REMOTE_SHELL,
  type RemoteCommand,
  RemoteError,
  type RemoteShell,
} from '../../../src/app/wac/remote-shell';
import { englishStrings } from '../strings';
import { NEEDED_BY_MODEL } from './cluster-page';
import { ModelNode } from './model-node';

/** A cluster of model nodes; the endpoints answer through the proxies that `open` names ('' is direct). */
export class ModelCluster implements RemoteShell {
  readonly nodes = new Map<string, ModelNode>();
  readonly open = new Set<string>();
  /** Proxies that are open, each with the hosts that it does not let through. */
  readonly denied = new Map<string, readonly string[]>();
  readonly touched: string[] = [];
  /** What becomes of the next measurements; empty: they work. */
  readonly measured: ('silent' | 'refused' | 'hiccup')[] = [];

  constructor(
    names: readonly string[],
    values: RawValues,
    readonly plan: ProbePlan = NEEDED_BY_MODEL,
  ) {
    for (const name of names) this.nodes.set(name, new ModelNode(values));
  }

  run(fqdn: string, command: RemoteCommand): Observable<unknown> {
    const node = this.nodes.get(fqdn);
    if (node === undefined) throw new Error(fqdn);
    if (command.name === 'Test-EndpointByCurl') {
      const endpoints = command.parameters?.['Endpoints'] as unknown as readonly Asked[];
      return defer(() => this.measure(endpoints));
    }
    if (/^(Set|Remove|Restore)-/.test(command.name)) this.touched.push(`${fqdn} ${command.name}`);
    return node.run(fqdn, command);
  }

  private measure(endpoints: readonly Asked[]): Observable<unknown> {
    switch (this.measured.shift()) {
      case 'silent':
        return EMPTY;
      case 'refused':
        return throwError(() => new RemoteError('constrained-language', 'n', ''));
      case 'hiccup':
        return from(endpoints.map(each => this.observe({ ...each, proxy: 'nowhere' })));
      default:
        return from(endpoints.map(each => this.observe(each)));
    }
  }

  private observe({ id, host, proxy: server }: Asked): unknown {
    const isOpen = this.open.has(server) && this.denied.get(server)?.includes(host) !== true;
    const phase = (name: string, outcome = 'ok') => ({ phase: name, ms: 1, outcome, detail: '' });
    return {
      id,
      host,
      port: 443,
      protocol: 'https',
      outcome: isOpen ? 'complete' : 'failed',
      route: server === '' ? 'direct' : 'proxy',
      proxy: server,
      isOpen,
      phases: [phase('name', isOpen ? 'ok' : 'failed')],
    };
  }
}

interface Asked {
  readonly id: string;
  readonly host: string;
  readonly proxy: string;
}

/** The stores over such a cluster, whose time stands still. */
export function startStores(cluster: ModelCluster, states: readonly NodeState[] = []) {
  const nodes = [...cluster.nodes.keys()].map((name, index) => ({
    name,
    fqdn: name,
    state: states[index] ?? ('up' as const),
  }));
  const view = signal<Cluster>({ name: 'c', nodes, origin: 'cluster' });
  const held = { count: 0 };
  let tick = (): void => undefined;
  let now = new Date();
  TestBed.configureTestingModule({
    providers: [
      { provide: HOST, useValue: { strings: englishStrings(), notify: () => undefined } },
      { provide: REMOTE_SHELL, useValue: cluster },
      { provide: ClusterStore, useValue: { cluster: view, readAnew: () => Promise.resolve() } },
      { provide: NEEDED_PLAN, useValue: signal(cluster.plan) },
      {
        provide: LEAVE_GUARD,
        useValue: {
          hold: () => {
            held.count++;
            return () => held.count--;
          },
        },
      },
      {
        provide: CLOCK,
        useValue: {
          now: () => (now = new Date(now.getTime() + 1)),
          every: (_ms: number, call: () => void) => {
            tick = call;
            return () => undefined;
          },
        },
      },
    ],
  });
  const store = TestBed.inject(ProxyChangeStore);
  const ends = () => store.change()?.nodes.map(({ phase }) => phase.at);
  const apply = async (wish: Wish, choose?: boolean) => {
    await store.prepare(wish);
    if (choose !== undefined) for (const { node } of store.preview()?.rows ?? []) store.choose(node, choose);
    await store.confirm();
  };
  /** The cluster does not tell its nodes any more. */
  const forgetNodes = () => {
    view.set({ name: 'c', nodes: [], origin: 'cluster' });
  };
  return { store, ends, apply, held, readAgain: () => tick(), forgetNodes };
}

import { createEnvironmentInjector, EnvironmentInjector, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { EMPTY } from 'rxjs';
import { ClusterStore } from '../../../src/app/cluster/cluster.store';
import { NEEDED_PLAN } from '../../../src/app/proxy/state/needed-plan';
import { ProxyChangeStore } from '../../../src/app/proxy/state/proxy-change.store';
import { ProxyPreviewStore } from '../../../src/app/proxy/state/proxy-preview.store';
import { ProxyStore } from '../../../src/app/proxy/state/proxy.store';
import { HOST } from '../../../src/app/wac/host';
import { CLOCK, LEAVE_GUARD } from '../../../src/app/wac/platform';
import { REMOTE_SHELL, type RemoteShell } from '../../../src/app/wac/remote-shell';
import type { ProbePlan } from '../../../src/app/reachability/plan/probe-plan';
import { englishStrings } from '../strings';

const strings = englishStrings();

/** The endpoint that every node of the model needs. */
export const NEEDED = {
  id: 'x:443/https',
  host: 'x',
  port: 443,
  protocol: 'https',
  rules: [],
  standsFor: [],
} as const;
export const NEEDED_BY_MODEL: ProbePlan = { targets: [NEEDED], untested: [] };

/** The tool as one administrator has it open: the real stores over a shell and a clock of the model. */
export class ClusterPage {
  isOpen = true;
  /** Holds of the question that leaving asks. */
  held = 0;
  readonly changes: ProxyChangeStore;
  readonly proxies: ProxyStore;
  readonly cluster: ClusterStore;
  /** What each node's values were counted as when this page read them last. */
  readonly seen = new Map<string, { readonly question: number; readonly seen: number }>();
  /** Nodes that the change under way touched, in this order. */
  touched: string[] = [];
  /** When the change was stopped: nodes that it had not come to. */
  waitingAtStop: ReadonlySet<string> = new Set();
  private readonly ticks = new Set<() => void>();
  private readonly injector: EnvironmentInjector;
  private readonly leave: () => void;
  /** Comes when the page is closed. */
  readonly closed: Promise<void>;

  constructor(
    readonly name: string,
    shell: (page: ClusterPage) => RemoteShell,
    now: () => Date,
  ) {
    let leave = (): void => undefined;
    this.closed = new Promise(resolve => (leave = resolve));
    this.leave = leave;
    const host = {
      strings,
      connection: { name: 'c.contoso.local', nodes: [] },
      locale: 'en',
      theme: signal('light'),
      initialPath: '',
      reopened: EMPTY,
      reportPath: () => undefined,
      notify: () => undefined,
    };
    const every = (_ms: number, tick: () => void) => {
      this.ticks.add(tick);
      return () => this.ticks.delete(tick);
    };
    const hold = () => {
      this.held++;
      return () => this.held--;
    };
    this.injector = createEnvironmentInjector(
      [
        { provide: HOST, useValue: host },
        { provide: REMOTE_SHELL, useValue: shell(this) },
        { provide: CLOCK, useValue: { now, every } },
        { provide: LEAVE_GUARD, useValue: { hold } },
        { provide: NEEDED_PLAN, useValue: signal(NEEDED_BY_MODEL) },
        ClusterStore,
        ProxyStore,
        ProxyPreviewStore,
        ProxyChangeStore,
      ],
      TestBed.inject(EnvironmentInjector),
    );
    this.cluster = this.injector.get(ClusterStore);
    this.proxies = this.injector.get(ProxyStore);
    this.changes = this.injector.get(ProxyChangeStore);
  }

  /** Time goes by. */
  wait(): void {
    for (const tick of [...this.ticks]) tick();
  }

  stop(): void {
    if (!this.changes.changing()) return;
    const waiting = this.changes.change()?.nodes.filter(({ phase }) => phase.at === 'waiting') ?? [];
    this.waitingAtStop = new Set(waiting.map(({ node }) => node.fqdn));
    this.changes.stop();
  }

  close(): void {
    this.isOpen = false;
    this.injector.destroy();
    this.leave();
  }
}

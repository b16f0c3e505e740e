import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import { Subscription } from 'rxjs';
import { isReachableState } from '../../cluster/cluster';
import { ClusterStore } from '../../cluster/cluster.store';
import { CLOCK } from '../../wac/platform';
import { REMOTE_SHELL } from '../../wac/remote-shell';
import type { PlanEntry } from '../plan/probe-plan';
import type { RunState } from '../run/run';
import { callsAtOnce } from '../run/checks/calls-at-once';
import { tryWays } from '../run/checks/way-check';
import type { WaysTried } from '../run/ways-tried';
import { CALLS_AT_ONCE, CheckOptions } from './check-options.store';
import { ReachabilityStore } from './reachability.store';

/** One endpoint from one node, by each way. */
export interface WaysRun extends WaysTried {
  /** When the run was begun beside which they are tried. */
  readonly of: string;
  readonly node: string;
  /** Of the plan's entry. */
  readonly entry: string;
  /** `stopped`: the administrator did not wait for the rest. */
  readonly state: 'running' | 'over' | 'stopped';
}

/** Tries each way of one endpoint, and gives what was found to the run that is shown. */
@Injectable({ providedIn: 'root' })
export class WaysStore {
  private readonly shell = inject(REMOTE_SHELL);
  private readonly clock = inject(CLOCK);
  private readonly cluster = inject(ClusterStore);
  private readonly options = inject(CheckOptions);
  private readonly reachability = inject(ReachabilityStore);
  private readonly runSignal = signal<WaysRun | undefined>(undefined);
  private work = new Subscription();

  /** The endpoint that was tried last. */
  readonly run = this.runSignal.asReadonly();
  readonly isRunning = computed(() => this.run()?.state === 'running');

  constructor() {
    inject(DestroyRef).onDestroy(() => this.work.unsubscribe());
  }

  /** Whether a node can be asked now. */
  canAsk(node: string): boolean {
    return this.find(node) !== undefined;
  }

  start(name: string, entry: PlanEntry, { plan, startedAt: of }: RunState, timeoutMs: number): void {
    const node = this.find(name);
    if (node === undefined || this.isRunning()) return;
    const way = this.options.way();
    const named = way?.kind === 'proxy' ? way.proxy : undefined;
    const begun = { of, node: name, entry: entry.id, startedAt: this.clock.now().toISOString() };
    this.runSignal.set({ ...begun, ways: [], state: 'running' });
    const shell = callsAtOnce(this.shell, this.options.callsAtOnce() ?? CALLS_AT_ONCE.usual);
    this.work = tryWays(shell, node, entry, plan, timeoutMs, named).subscribe({
      next: ways => this.runSignal.set({ ...begun, ways, state: 'running' }),
      complete: () => this.end('over'),
    });
  }

  /** Ends the work on the node; what was found stays. */
  stop(): void {
    this.work.unsubscribe();
    if (this.isRunning()) this.end('stopped');
  }

  private end(state: WaysRun['state']): void {
    const run = this.run();
    if (run === undefined) return;
    this.runSignal.set({ ...run, state });
    const { of, node, entry, ways, startedAt } = run;
    this.reachability.keepWays(of, node, entry, { startedAt, ways });
  }

  private find(name: string) {
    return this.cluster.cluster()?.nodes.find(node => node.name === name && isReachableState(node.state));
  }
}

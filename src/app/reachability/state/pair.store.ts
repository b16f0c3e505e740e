import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import { Subscription } from 'rxjs';
import { AllowlistStore } from '../../allowlist/state/allowlist.store';
import { isReachableState } from '../../cluster/cluster';
import { ClusterStore } from '../../cluster/cluster.store';
import { CLOCK } from '../../wac/platform';
import { REMOTE_SHELL } from '../../wac/remote-shell';
import { pairPlan } from '../plan/pair-plan';
import { checkPairs, type PairFailure, type PairResult } from '../run/checks/pair-check';
import type { Cause } from '../verdict/causes';
import { CheckOptions, NODES_AT_ONCE } from './check-options.store';

/** One try of the ports between the nodes. */
export interface PairRun {
  readonly nodes: readonly string[];
  /** Those that were not up when it began. */
  readonly left: readonly string[];
  readonly ports: readonly number[];
  readonly results: readonly PairResult[];
  /** Why a node's part ended early, by its name. */
  readonly failures: ReadonlyMap<string, Cause>;
  readonly isOver: boolean;
  readonly startedAt: Date;
}

/** Tries the rules inside the network from node to node. What was found lasts as long as the page. */
@Injectable({ providedIn: 'root' })
export class PairStore {
  private readonly shell = inject(REMOTE_SHELL);
  private readonly clock = inject(CLOCK);
  private readonly allowlist = inject(AllowlistStore);
  private readonly cluster = inject(ClusterStore);
  private readonly options = inject(CheckOptions);
  private readonly runSignal = signal<PairRun | undefined>(undefined);
  private work = new Subscription();

  readonly run = this.runSignal.asReadonly();
  readonly plan = computed(() => pairPlan(this.allowlist.whole()?.internal ?? []));
  private readonly all = computed(() => this.cluster.cluster()?.nodes ?? []);
  private readonly nodes = computed(() => this.all().filter(({ state }) => isReachableState(state)));
  readonly isRunning = computed(() => this.run()?.isOver === false);
  /** Two nodes make a pair. */
  readonly hasPairs = computed(() => this.nodes().length > 1);
  readonly canStart = computed(() => !this.isRunning() && this.hasPairs() && this.plan().doors.length > 0);

  constructor() {
    inject(DestroyRef).onDestroy(() => this.work.unsubscribe());
  }

  start(): void {
    if (!this.canStart()) return;
    const nodes = this.nodes();
    const { doors } = this.plan();
    this.runSignal.set({
      nodes: nodes.map(({ name }) => name),
      left: this.all()
        .filter(node => !nodes.includes(node))
        .map(({ name }) => name),
      ports: doors.map(({ port }) => port),
      ...{ results: [], failures: new Map(), isOver: false },
      startedAt: this.clock.now(),
    });
    this.work = checkPairs(
      this.shell,
      nodes,
      doors,
      this.options.nodesAtOnce() ?? NODES_AT_ONCE.usual,
    ).subscribe({
      next: found => this.take(found),
      complete: () => this.end(),
    });
  }

  /** Stops the work on all nodes; what was found stays, and the rest is not tested. */
  cancel(): void {
    this.work.unsubscribe();
    this.end();
  }

  private take(found: PairResult | PairFailure): void {
    this.runSignal.update(
      run =>
        run &&
        ('cause' in found
          ? { ...run, failures: new Map(run.failures).set(found.from, found.cause) }
          : { ...run, results: [...run.results, found] }),
    );
  }

  private end(): void {
    this.runSignal.update(run => run && { ...run, isOver: true });
  }
}

import { computed, DestroyRef, DOCUMENT, inject, Injectable, signal } from '@angular/core';
import { Subscription } from 'rxjs';
import { isReachableState } from '../../cluster/cluster';
import { ClusterStore } from '../../cluster/cluster.store';
import { TEXT } from '../../ui/words/text';
import { HOST } from '../../wac/host';
import { CLOCK } from '../../wac/platform';
import { REMOTE_SHELL } from '../../wac/remote-shell';
import { capabilitiesOf } from '../finding/capabilities';
import { elsewhere } from '../run/elsewhere';
import type { ProbeResult } from '../verdict/probe-result';
import { readRunFile } from '../record/read/read-run-file';
import { type Refusal, refusalOf } from '../record/read/refusal';
import { explaining } from './explaining';
import { asOver, RunKeeper } from './run-keeper';
import { requestOf } from '../run/run-request';
import { tallyOf } from '../run/matrix';
import { summaryOf } from '../run/run-announcer';
import { isAhead, elapsedMs, isForced, progressOf, type RunState, startRun } from '../run/run';
import { countRepeated, repeatRun } from '../run/repeat-run';
import { cancelRun } from '../run/run-steps';
import { type WaysTried, withWays } from '../run/ways-tried';
import { wholeRun } from '../run/whole-run';
import { CALLS_AT_ONCE, CheckOptions, ENDPOINTS_AT_ONCE, NODES_AT_ONCE } from './check-options.store';
import { type Lacking, NextCheck } from './next-check.store';
import { measureWaiting } from './node-work';

const TICK_MS = 200;

/** Why a check cannot start; each has its sentence under `reachability.state.<code>`. */
export type Obstacle = Lacking | 'reading' | 'noCluster' | 'noNodes';

/** The check from every node; lives on while other tabs are shown. */
@Injectable({ providedIn: 'root' })
export class ReachabilityStore {
  private readonly shell = inject(REMOTE_SHELL);
  private readonly t = inject(TEXT);
  private readonly clock = inject(CLOCK);
  private readonly keeper = inject(RunKeeper);
  private readonly options = inject(CheckOptions);
  private readonly host = inject(HOST);
  private readonly connection = this.host.connection;
  private readonly next = inject(NextCheck);
  private readonly cluster = inject(ClusterStore);

  private readonly runSignal = signal<RunState | undefined>(undefined);
  private readonly keptSignal = signal(false);
  /** When the try of a watch was begun. */
  private readonly quietId = signal('');
  /** Whether the run of before is still being read. */
  private readonly reading = signal(true);
  /** Then nothing is known of the last check, not even whether there was one. */
  readonly isReading = this.reading.asReadonly();
  private readonly now = signal(this.clock.now());
  private work = new Subscription();

  /** The run that is shown: under way, just over, or kept from before, then with what it lacks of the cluster as not tested. */
  readonly run = computed(() => {
    const run = this.runSignal();
    if (run === undefined || run.status === 'running') return run;
    return wholeRun(run, this.elsewhere() === undefined ? (this.nodes() ?? []) : []);
  });
  /** Whether {@link run} was there before this page was loaded. */
  readonly isKept = this.keptSignal.asReadonly();
  /** Whether the browser has no room for the shown run, so that it is lost with the page. */
  readonly isTooLarge = this.keeper.isTooLarge;
  /** What is missing of the shown run, or of the one that this tab had before it was loaded again. */
  readonly loss = this.keeper.loss;
  /** The last runs of the cluster, the shown one among them; newest first. */
  readonly runs = this.keeper.runs;
  readonly isRunning = computed(() => this.run()?.status === 'running');
  /** Why {@link run} says nothing of this cluster; undefined where it does. */
  readonly elsewhere = computed(() => {
    const run = this.runSignal();
    return run && elsewhere(run, this.cluster.cluster(), this.connection.name);
  });
  /** {@link run}, where it is of this cluster: only this one tells what the cluster can do. */
  readonly ownRun = computed(() => (this.elsewhere() === undefined ? this.run() : undefined));
  /** Whether the run that is shown is dated by a clock that is ahead of this browser's. */
  readonly isAhead = computed(() => {
    const run = this.run();
    return run !== undefined && isAhead(run, this.clock.now());
  });
  /** Whether the shown run is one of many tries, which are told of by whoever makes them. */
  readonly isQuiet = computed(() => {
    const run = this.run();
    return run !== undefined && run.startedAt === this.quietId() && run.status !== 'cancelled';
  });
  readonly progress = computed(() => {
    const run = this.run();
    return run ? progressOf(run) : { done: 0, total: 0 };
  });
  readonly elapsedMs = computed(() => {
    const run = this.run();
    return run ? elapsedMs(run, this.now()) : 0;
  });

  /** Which run took the place of one that is not kept any more, by when they were begun. */
  private readonly placeTaken = new Map<string, string>();
  private readonly ended = computed(() => (this.isRunning() ? undefined : this.run()));
  private readonly explaining = explaining(this.ended, this.next.facts);
  /** What explains the failures of the run that is shown; none while it is under way. */
  readonly findings = this.explaining.findings;
  /** Whether the run is over, and what explains it is still being looked for. */
  readonly isExplaining = this.explaining.isExplaining;
  /** {@link findings} of {@link ownRun}. */
  readonly ownFindings = computed(() => (this.elsewhere() === undefined ? this.findings() : []));
  /** What works, as far as the run that is shown says; not known while one is under way, or by a way that is not the nodes'. */
  readonly capabilities = computed(() => {
    const run = this.elsewhere() === undefined ? this.ended() : undefined;
    return capabilitiesOf(run && isForced(run) ? undefined : run, this.next.facts());
  });
  private readonly nodes = computed(() => this.cluster.cluster()?.nodes);
  readonly obstacle = computed<Obstacle | undefined>(() => {
    if (this.reading()) return 'reading';
    const lacking = this.next.lacking();
    if (lacking !== undefined) return lacking;
    const nodes = this.nodes();
    if (nodes === undefined) return 'noCluster';
    return nodes.some(node => isReachableState(node.state)) ? undefined : 'noNodes';
  });
  readonly canStart = computed(
    () => !this.isRunning() && this.obstacle() === undefined && this.options.isUsable(),
  );
  /** Whether the shown run tested other endpoints than are chosen now. */
  readonly isOutdated = computed(() => {
    const run = this.run();
    return run !== undefined && this.next.isOther(run);
  });

  constructor() {
    const stopReading = this.keeper.readLast(run => {
      this.reading.set(false);
      // Unless one was taken from a file meanwhile.
      if (run !== undefined && this.run() === undefined) this.setKept(run);
    });
    // A reload or a closed tab must not lose what was measured since the run was kept last.
    const leave = (): void => this.keepNow();
    const view = inject(DOCUMENT).defaultView;
    view?.addEventListener('pagehide', leave);
    inject(DestroyRef).onDestroy(() => {
      view?.removeEventListener('pagehide', leave);
      stopReading();
      this.keepNow();
      this.work.unsubscribe();
    });
  }

  start(): void {
    const chosen = this.next.chosen();
    const plan = this.next.plan();
    const nodes = this.nodes();
    const timeoutMs = this.options.timeoutMs();
    const way = this.options.way();
    if (!this.canStart() || !chosen || !plan || !nodes || timeoutMs === undefined) return;
    const cluster = this.cluster.cluster();
    const name = cluster?.name ?? this.connection.name;
    const request = {
      ...requestOf(chosen, { cluster: name, timeoutMs }, this.t),
      ...(cluster?.account !== undefined && { by: cluster.account }),
      ...(way !== undefined && way.kind !== 'own' && { way }),
    };
    this.measure(startRun(request, plan, nodes, this.time()));
  }

  /**
   * Measures the wanted results of the shown run again; all others stay.
   *
   * @param isTry one of many: it takes the shown run's place among those that are kept, if that was a part only, too, and
   * nobody is told of it
   */
  repeat(isWanted: (result: ProbeResult) => boolean, isTry = false): void {
    const run = this.ended();
    const nodes = this.nodes();
    if (run === undefined || nodes === undefined || this.elsewhere() !== undefined) return;
    const takesPlace = isTry && run.since !== undefined;
    const begun = repeatRun(run, isWanted, nodes, this.time());
    // No other run has these ways then.
    const again = takesPlace && run.ways ? { ...begun, ways: run.ways } : begun;
    if (takesPlace) {
      this.keeper.forget(run.startedAt);
      this.placeTaken.set(run.startedAt, again.startedAt);
    }
    if (isTry) this.quietId.set(again.startedAt);
    this.measure(again);
  }

  /** How many results of the shown run can be measured again, of those that are wanted. */
  countAgain(isWanted: (result: ProbeResult) => boolean): number {
    const run = this.ended();
    const nodes = this.nodes();
    return run === undefined || nodes === undefined || this.elsewhere() !== undefined
      ? 0
      : countRepeated(run, isWanted, nodes);
  }

  private measure(run: RunState): void {
    this.keptSignal.set(false);
    this.now.set(this.clock.now());
    this.runSignal.set(run);
    this.keeper.keep(run);
    if (run.status !== 'running') return;
    this.work = new Subscription();
    this.work.add(this.clock.every(TICK_MS, () => this.tick()));
    const { timeoutMs, way } = run.request;
    const concurrent = this.options.endpointsAtOnce() ?? ENDPOINTS_AT_ONCE.usual;
    const work = {
      measuring: { timeoutMs, concurrent, ...(way && { way }) },
      nodesAtOnce: this.options.nodesAtOnce() ?? NODES_AT_ONCE.usual,
      callsAtOnce: this.options.callsAtOnce() ?? CALLS_AT_ONCE.usual,
      time: () => this.time(),
      change: (step: (state: RunState) => RunState) => this.change(step),
    };
    this.work.add(measureWaiting(this.shell, run, work).subscribe());
  }

  /** Stops the nodes' work; what was measured stays. */
  cancel(): void {
    this.change(run => cancelRun(run, this.time()));
  }

  /** Shows a kept run in place of the current one. */
  show(run: RunState): void {
    if (!this.isRunning()) this.present(run);
  }

  /**
   * Takes a run from a file, made here or elsewhere, and shows it: JSON, the table, or what an offline check measured.
   *
   * @returns why it was not taken; undefined when it was
   */
  async take(file: string): Promise<Refusal | 'running' | undefined> {
    const text = file.replace(/^\uFEFF/, '');
    const run = await this.readFile(text);
    if (run === undefined) return refusalOf(text);
    if (this.isRunning()) return 'running';
    const own = this.keeper.beside(asOver(run));
    this.present(own);
    this.keeper.keep(own);
    return undefined;
  }

  /**
   * Keeps what was found of the ways of an endpoint with its own run, also where another is shown or under way by now.
   *
   * @param id when that run was begun
   */
  keepWays(id: string, node: string, entry: string, tried: WaysTried): void {
    let now = id;
    for (let next = this.placeTaken.get(id); next !== undefined; next = this.placeTaken.get(next)) now = next;
    const run = this.runSignal();
    if (run?.startedAt !== now) {
      this.keeper.change(now, kept => withWays(kept, node, entry, tried));
      return;
    }
    const known = withWays(run, node, entry, tried);
    if (known === run) return;
    this.runSignal.set(known);
    this.keeper.keep(known);
  }

  private async readFile(file: string): Promise<RunState | undefined> {
    if (/^\s*\{/.test(file)) return readRunFile(file);
    const cluster = this.cluster.cluster()?.name ?? this.connection.name;
    // Rare, so what reads tables is loaded when it is needed.
    const { readRunCsv } = await import('../record/read/read-run-csv');
    return readRunCsv(file, { cluster, now: this.time() });
  }

  private present(run: RunState): void {
    this.setKept(run);
    this.keeper.remember(run);
  }

  private setKept(run: RunState): void {
    this.keptSignal.set(true);
    this.runSignal.set(run);
  }

  private keepNow(): void {
    const run = this.run();
    if (run?.status === 'running') this.keeper.keep(run);
    this.keeper.finish();
  }

  private tick(): void {
    this.now.set(this.clock.now());
    const run = this.run();
    if (run?.status === 'running') this.keeper.keepSometimes(run);
  }

  private change(step: (run: RunState) => RunState): void {
    const before = this.runSignal();
    const run = before && step(before);
    if (run === undefined || run === before) return;
    this.runSignal.set(run);
    if (run.status === 'running') return;
    this.now.set(this.clock.now());
    this.work.unsubscribe();
    this.keeper.keep(run);
    if (!this.isQuiet()) this.notify(run);
  }

  /** For whoever is elsewhere in Windows Admin Center by now. */
  private notify(run: RunState): void {
    const { failed, unknown, unproven } = tallyOf(run);
    const title = this.t(`reachability.notice.${run.status === 'cancelled' ? 'cancelled' : 'ended'}.title`);
    const state = failed > 0 ? 'error' : unknown + unproven > 0 ? 'warning' : 'success';
    this.host.notify('reachability-check', state, title, summaryOf(run, this.t));
  }

  private time(): string {
    return this.clock.now().toISOString();
  }
}

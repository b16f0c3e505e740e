import { inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  catchError,
  last,
  lastValueFrom,
  map,
  type Observable,
  of,
  startWith,
  Subject,
  switchMap,
} from 'rxjs';
import { HOST } from '../wac/host';
import { CLOCK } from '../wac/platform';
import { REMOTE_SHELL, RemoteError, type RemoteErrorKind } from '../wac/remote-shell';
import type { Cluster } from './cluster';
import { clusterFromConnection } from './connection-cluster';
import { type Overview, type OverviewWarning, parseOverview } from './parse-overview';

/** `fallback`: the nodes are those that WAC remembers. `failed`: there are no nodes to work with. */
export type ClusterStatus = 'loading' | 'ready' | 'fallback' | 'failed';

/** Why the cluster could not be read. */
export interface ClusterProblem {
  /** `unreadable`: it answered, but not with a list of nodes. */
  readonly kind: RemoteErrorKind | 'unreadable';
  readonly node: string;
  /** From outside: show as text only. May be ''. */
  readonly message: string;
}

const TIMEOUT_MS = 30_000;

/** The cluster that the tool works on; asked once at the start and again on {@link refresh}. */
@Injectable({ providedIn: 'root' })
export class ClusterStore {
  private readonly shell = inject(REMOTE_SHELL);
  private readonly connection = inject(HOST).connection;
  private readonly clock = inject(CLOCK);
  private readonly asked = new Subject<void>();

  private readonly clusterSignal = signal<Cluster | undefined>(undefined);
  private readonly statusSignal = signal<ClusterStatus>('loading');
  private readonly problemSignal = signal<ClusterProblem | undefined>(undefined);
  private readonly readAtSignal = signal<Date | undefined>(undefined);
  private readonly warningsSignal = signal<readonly OverviewWarning[]>([]);

  /** The last known cluster, also while it is read again; undefined until the first answer. */
  readonly cluster = this.clusterSignal.asReadonly();
  readonly status = this.statusSignal.asReadonly();
  readonly problem = this.problemSignal.asReadonly();
  /** When the cluster answered last; undefined as long as it has not. */
  readonly readAt = this.readAtSignal.asReadonly();
  /** Parts that the cluster could not tell. */
  readonly warnings = this.warningsSignal.asReadonly();

  constructor() {
    this.asked
      .pipe(
        startWith(undefined),
        switchMap(() => this.read()),
        takeUntilDestroyed(),
      )
      .subscribe(change => {
        change();
      });
  }

  /** Asks the cluster again; a call that is under way is given up. Follow {@link status}. */
  refresh(): void {
    this.statusSignal.set('loading');
    this.asked.next();
  }

  /** Asks the cluster again and comes back when that is over, well or not. */
  async readAnew(): Promise<void> {
    const change = await lastValueFrom(this.read());
    change();
  }

  /** One call; its outcome is the change to make here, so that an outdated one changes nothing. Never errors. */
  private read(): Observable<() => void> {
    const node = this.connection.name;
    return this.shell.run(node, { name: 'Get-ClusterOverview' }, TIMEOUT_MS).pipe(
      last(null, undefined),
      map(output => () => {
        this.take(parseOverview(output, node), node);
      }),
      catchError((error: unknown) =>
        of(() => {
          this.fallBack(problemOf(error, node), this.cluster());
        }),
      ),
    );
  }

  private take(overview: Overview | undefined, node: string): void {
    this.warningsSignal.set(overview?.warnings ?? []);
    if (overview === undefined || overview.cluster.nodes.length === 0) {
      this.fallBack({ kind: 'unreadable', node, message: '' }, overview?.cluster ?? this.cluster());
      return;
    }
    this.problemSignal.set(undefined);
    this.readAtSignal.set(this.clock.now());
    this.clusterSignal.set(overview.cluster);
    this.statusSignal.set('ready');
  }

  private fallBack(problem: ClusterProblem, known: Cluster | undefined): void {
    const cluster = clusterFromConnection(this.connection, known);
    this.problemSignal.set(problem);
    this.clusterSignal.set(cluster);
    this.statusSignal.set(cluster.nodes.length > 0 ? 'fallback' : 'failed');
  }
}

function problemOf(error: unknown, node: string): ClusterProblem {
  if (error instanceof RemoteError) return { kind: error.kind, node: error.node, message: error.message };
  return { kind: 'gateway', node, message: error instanceof Error ? error.message : '' };
}

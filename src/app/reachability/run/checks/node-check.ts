import {
  catchError,
  concat,
  concatMap,
  connect,
  debounceTime,
  defer,
  EMPTY,
  filter,
  identity,
  map,
  merge,
  mergeMap,
  type Observable,
  of,
  share,
  shareReplay,
  switchMap,
  tap,
  throwError,
} from 'rxjs';
import type { Node } from '../../../cluster/cluster';
import { RemoteError, type RemoteShell } from '../../../wac/remote-shell';
import type { PlanEntry } from '../../plan/probe-plan';
import { type NodeRoutes, OWN_WAY, type Way } from '../../plan/way';
import { NameReport } from '../../probe/name-report';
import { parseObservation } from '../../probe/parse-observation';
import { followRedirects, type RedirectTrail } from '../follow-up/follow-redirects';
import { tryOtherFamilies } from '../follow-up/other-family';
import { probe, type ProbeLimits } from './probe-call';
import { heldUntil, settle } from './proxy-detection';
import { readScript } from './proxy-script';
import { forced, type ProxyUse, readProxy } from './proxy-use';
import { turns } from './turns';

/** A node measures so many endpoints at once. */
export const USUAL_CONCURRENT = 200;
/**
 * Beyond the endpoints' own times: a node that is starved gives its lost time back to the endpoints, and they must still
 * end with a verdict of their own.
 */
const GRACE_MS = 15_000;
/** Opening a session to a busy node, beyond the measuring itself. */
const SESSION_MS = 20_000;

/** How a run measures. */
export interface Measuring {
  /** For one endpoint. */
  readonly timeoutMs: number;
  /** Absent: each endpoint its own client's. */
  readonly way?: Way;
  /** How many endpoints a node measures at once; absent: the usual number. */
  readonly concurrent?: number;
}

/** How often a node is asked again for what it did not report. */
const AGAIN = 1;

/**
 * Measures all targets from one node: reads its machine-wide proxy, then tests with it. Emits what the node writes;
 * errors with a {@link CheckFailure} or a {@link RemoteError}. What a lost connection to the gateway swallowed is measured
 * again, once. Unsubscribing stops the work on the node.
 *
 * @param trail where redirects lead; absent: nobody follows them
 */
export function checkNode(
  shell: RemoteShell,
  node: Node,
  targets: readonly PlanEntry[],
  measuring: Measuring,
  proxyKnown: (use: ProxyUse) => void,
  trail?: RedirectTrail,
): Observable<unknown> {
  return readProxy(shell, node).pipe(
    switchMap(read => {
      const use = forced(read, measuring.way, targets);
      const settled = settle(shell, node, targets, measuring.timeoutMs, use).pipe(
        tap(known => proxyKnown(known.use)),
        shareReplay({ bufferSize: 1, refCount: true }),
      );
      const results = measureThrough(shell, node, targets, measuring, use).pipe(
        use.detects === undefined ? identity : heldUntil(settled),
        // Addresses are asked for when the answers have come, while what is silent has its time.
        connect(measured => {
          // One call at a time for both: the gateway has a share of its own of each node.
          const turn = turns();
          const names = namesOf(shell, node, measured, turn).pipe(share());
          return merge(
            measured,
            names,
            tryOtherFamilies(measured, names, targets, entries =>
              turn(measureThrough(shell, node, entries, { ...measuring, way: DIRECT }, use, 0)),
            ),
            settled.pipe(
              mergeMap(({ use: { script } }) =>
                script === undefined ? EMPTY : readScript(shell, node, script, targets, measuring.timeoutMs),
              ),
            ),
            trail === undefined
              ? EMPTY
              : followRedirects(measured, trail, entries =>
                  measureThrough(shell, node, entries, measuring, use),
                ),
          );
        }),
      );
      return merge(
        settled.pipe(mergeMap(({ report }) => (report === undefined ? EMPTY : of(report)))),
        results,
      );
    }),
  );
}

/** What connected directly is tried so again, whatever the run's way. */
const DIRECT: Way = { kind: 'direct' };
/** After so long without an answer the most have come. */
const QUIET_MS = 500;
const NAMES_MS = 15_000;

/**
 * All addresses of the names that a node resolved itself on its way, as {@link NameReport}s. What goes wrong here takes nothing
 * from the check: then only the addresses are known to which it connected.
 */
function namesOf(
  shell: RemoteShell,
  node: Node,
  measured: Observable<unknown>,
  turn: ReturnType<typeof turns>,
): Observable<NameReport> {
  const hosts = new Set<string>();
  const asked = new Set<string>();
  const ask = (): Observable<unknown> => {
    const names = [...hosts].filter(host => !asked.has(host));
    if (names.length === 0) return EMPTY;
    for (const name of names) asked.add(name);
    const parameters = { Names: names, DeadlineMs: NAMES_MS };
    const command = { name: 'Resolve-EndpointName', parameters } as const;
    return turn(shell.run(node.fqdn, command, NAMES_MS + SESSION_MS)).pipe(catchError(() => EMPTY));
  };
  return measured.pipe(
    tap(value => {
      const observation = parseObservation(value);
      const [first] = observation?.phases ?? [];
      if (observation?.route === 'direct' && first?.phase === 'name' && first.outcome === 'ok')
        hosts.add(observation.host);
    }),
    // A busy node makes pauses: what comes after one is asked for after the next.
    debounceTime(QUIET_MS),
    concatMap(ask),
    map(value => NameReport.read(value)),
    filter(report => report !== undefined),
    catchError(() => EMPTY),
  );
}

/** Measures all targets from one node through a proxy that is given, whatever the node itself has. */
export function measureThrough(
  shell: RemoteShell,
  node: Pick<Node, 'fqdn'>,
  targets: readonly PlanEntry[],
  measuring: Measuring,
  use: NodeRoutes,
  again = AGAIN,
): Observable<unknown> {
  const limits = limitsFor(targets, measuring);
  const reported = new Set<unknown>();
  let lost: RemoteError | undefined;
  const callMs = limits.DeadlineMs + SESSION_MS;
  const first = probe(shell, node.fqdn, targets, use, measuring.way ?? OWN_WAY, limits, callMs).pipe(
    tap(value => reported.add(idOf(value))),
    catchError((thrown: unknown) => {
      if (!(thrown instanceof RemoteError) || thrown.kind !== 'gateway') return throwError(() => thrown);
      lost = thrown;
      return EMPTY;
    }),
  );
  const rest = defer(() => {
    const missing = targets.filter(({ id }) => !reported.has(id));
    if (missing.length === 0) return EMPTY;
    if (again > 0) return measureThrough(shell, node, missing, measuring, use, again - 1);
    return lost === undefined ? EMPTY : throwError(() => lost);
  });
  return concat(first, rest);
}

export function limitsFor(
  targets: readonly PlanEntry[],
  { timeoutMs, concurrent = USUAL_CONCURRENT }: Measuring,
): ProbeLimits {
  const rounds = Math.max(1, Math.ceil(targets.length / concurrent));
  return { TimeoutMs: timeoutMs, DeadlineMs: rounds * timeoutMs + GRACE_MS, MaxConcurrent: concurrent };
}

/** Of a report of any shape. */
function idOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
}

import {
  catchError,
  concat,
  defer,
  EMPTY,
  from,
  last,
  map,
  mergeMap,
  type Observable,
  of,
  scan,
  throwError,
} from 'rxjs';
import type { Node } from '../../../cluster/cluster';
import type { RemoteShell } from '../../../wac/remote-shell';
import type { PlanEntry, ProbePlan } from '../../plan/probe-plan';
import { type NodeRoutes, routeOf, type Way } from '../../plan/way';
import { observationOf } from '../../probe/parse-observation';
import { KNOWN_AUTHORITIES } from '../../verdict/certificates/known-authorities';
import type { Cause } from '../../verdict/causes';
import { endpointFacts } from '../../verdict/endpoint-facts';
import type { ProbeResult } from '../../verdict/probe-result';
import { notMeasured, toResult } from '../../verdict/result';
import { isFailure, isUnknown } from '../../verdict/verdicts';
import { CheckFailure, failureOf } from './check-failure';
import { measureThrough } from './node-check';
import { settle } from './proxy-detection';
import { readProxy } from './proxy-use';
import type { WayTried } from '../ways-tried';

/** So many calls of a node at the same time. */
const CALLS = 2;

/**
 * One endpoint from one node, directly, by what each client of the node is set to, and through a proxy that is named: ways that
 * go the same are measured once. Emits all of them whenever one is known. Never errors: what ends a call early becomes the
 * result of its ways.
 *
 * @param named `host:port`; absent: none
 */
export function tryWays(
  shell: RemoteShell,
  node: Node,
  entry: PlanEntry,
  plan: ProbePlan,
  timeoutMs: number,
  named?: string,
): Observable<readonly WayTried[]> {
  return readProxy(shell, node).pipe(
    // Without its settings two ways are left, and nothing is claimed of the others.
    catchError((thrown: unknown) =>
      thrown instanceof CheckFailure ? of(undefined) : throwError(() => thrown),
    ),
    mergeMap(use =>
      use === undefined
        ? of(undefined)
        : settle(shell, node, [entry], timeoutMs, use).pipe(map(known => known.use)),
    ),
    mergeMap(use => measureWays(shell, node, entry, plan, timeoutMs, waysOf(entry, use, named))),
    catchError((thrown: unknown) => {
      const { cause } = failureOf(thrown);
      return of(waysOf(entry, undefined, named).map(way => withResult(way, node, entry, cause)));
    }),
  );
}

/** The ways of an endpoint, of a node whose settings are known; of one whose are not, those that need none. */
export function waysOf(
  entry: PlanEntry,
  routes: NodeRoutes | undefined,
  named: string | undefined,
): readonly WayTried[] {
  const ways: readonly (Way & { readonly kind: WayTried['kind'] })[] = [
    { kind: 'direct' },
    { kind: 'wininet' },
    { kind: 'winhttp' },
    { kind: 'agent' },
    ...(named === undefined ? [] : [{ kind: 'proxy', proxy: named } as const]),
  ];
  const own = routes && ownKind(entry, routes);
  return ways.map(way => {
    const isTold = routes !== undefined || way.kind === 'direct' || way.kind === 'proxy';
    const known = routes ?? NO_SETTING;
    const route = isTold ? routeOf(entry, known, way) : undefined;
    const isKnown = route !== undefined && route.isGuess !== true;
    return { kind: way.kind, isOwn: way.kind === own, ...(isKnown && { proxy: route.proxy }) };
  });
}

/** Whose way it is that the endpoint's client really goes; undefined: the node does not tell how that client goes. */
function ownKind(entry: PlanEntry, routes: NodeRoutes): WayTried['kind'] | undefined {
  const { connects } = entry;
  if (connects === undefined) return 'wininet';
  const own = routes.clients?.[connects]?.(entry);
  // Without a proxy of its own WinHTTP may go by the machine's script.
  const isOpen = connects === 'winhttp' && own === '' && routes.byScript === true;
  return own === undefined || isOpen ? undefined : connects;
}

/** Each way is given, whatever the node has. */
const NO_SETTING: NodeRoutes = { server: '', bypass: [] };

function measureWays(
  shell: RemoteShell,
  node: Node,
  entry: PlanEntry,
  plan: ProbePlan,
  timeoutMs: number,
  ways: readonly WayTried[],
): Observable<readonly WayTried[]> {
  const proxies = [...new Set(ways.flatMap(({ proxy }) => proxy ?? []))];
  const measured = from(proxies).pipe(
    mergeMap(proxy => {
      const way: Way = proxy === '' ? { kind: 'direct' } : { kind: 'proxy', proxy };
      return measureThrough(shell, node, [entry], { timeoutMs, way }, NO_SETTING).pipe(
        map(value => {
          const observation = observationOf(entry, value);
          const facts = endpointFacts(plan, entry);
          return observation && toResult(node.name, entry, observation, KNOWN_AUTHORITIES, facts, timeoutMs);
        }),
        last(found => found !== undefined, undefined),
        map((result: ProbeResult | undefined) => ({
          proxy,
          result: result ?? notMeasured(node.name, entry, 'no-report'),
        })),
        catchError((thrown: unknown) =>
          of({ proxy, result: notMeasured(node.name, entry, failureOf(thrown).cause) }),
        ),
      );
    }, CALLS),
    scan(
      (known, { proxy, result }) => known.map(way => (way.proxy === proxy ? { ...way, result } : way)),
      ways,
    ),
  );
  return concat(
    of(ways),
    defer(() => (proxies.length === 0 ? EMPTY : measured)),
  );
}

function withResult(way: WayTried, node: Node, entry: PlanEntry, cause: Cause): WayTried {
  return { ...way, result: notMeasured(node.name, entry, cause) };
}

/** The ways that get through, and those that fail; what was not measured is neither. */
export function compareWays(ways: readonly WayTried[]): {
  readonly through: readonly WayTried[];
  readonly failing: readonly WayTried[];
} {
  const measured = ways.filter(({ result }) => result !== undefined && !isUnknown(result.verdict));
  const fails = ({ result }: WayTried): boolean => result !== undefined && isFailure(result.verdict);
  return { through: measured.filter(way => !fails(way)), failing: measured.filter(fails) };
}

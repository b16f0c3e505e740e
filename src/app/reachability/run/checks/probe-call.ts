import { catchError, concat, EMPTY, map, merge, mergeMap, type Observable, of, throwError } from 'rxjs';
import { RemoteError, type RemoteShell } from '../../../wac/remote-shell';
import type { Client } from '../../plan/client-routes';
import type { PlanEntry } from '../../plan/probe-plan';
import { type NodeRoutes, routeOf, type Way } from '../../plan/way';
import { CurlReader, type CurlTarget } from '../../probe/curl-report';
import { TimeReader } from '../../probe/time-report';
import { CheckFailure } from './check-failure';

export interface ProbeLimits {
  readonly TimeoutMs: number;
  readonly DeadlineMs: number;
  readonly MaxConcurrent: number;
}

/** The node has no curl.exe that could measure; nothing was measured. */
const NO_CURL = /^curl-(missing|failed)\b/;

/**
 * Measures targets from one node: by Windows' own curl.exe, which works in every language mode and at the speed of the
 * network; on a node without one by the interpreted probe, which needs the full language. Time servers are asked at the
 * same time, in a call of their own. Emits observations, and what is none as it came.
 */
export function probe(
  shell: RemoteShell,
  fqdn: string,
  targets: readonly PlanEntry[],
  routes: NodeRoutes,
  way: Way,
  limits: ProbeLimits,
  callMs: number,
): Observable<unknown> {
  const times = targets.filter(({ protocol }) => protocol === 'udp');
  const others = targets.filter(({ protocol }) => protocol !== 'udp');
  return merge(
    others.length === 0 ? EMPTY : probeByCurl(shell, fqdn, others, routes, way, limits, callMs),
    times.length === 0 ? EMPTY : askTime(shell, fqdn, times, limits, callMs),
  );
}

/** What asks time servers; proxies do not carry it. */
export function timeCommand(targets: readonly PlanEntry[], { DeadlineMs }: ProbeLimits) {
  const endpoints = targets.map(({ id, host, port }) => ({ id, host, port }));
  return { name: 'Test-TimeServer', parameters: { Endpoints: endpoints, DeadlineMs } } as const;
}

function askTime(
  shell: RemoteShell,
  fqdn: string,
  targets: readonly PlanEntry[],
  limits: ProbeLimits,
  callMs: number,
): Observable<unknown> {
  const command = timeCommand(targets, limits);
  const reader = new TimeReader(command.parameters.Endpoints);
  return shell.run(fqdn, command, callMs).pipe(
    mergeMap(value => read(reader, value)),
    // What the other way measures stays; what is missing is asked for once more.
    catchError((thrown: unknown) =>
      thrown instanceof RemoteError && thrown.kind === 'script' ? EMPTY : throwError(() => thrown),
    ),
  );
}

function probeByCurl(
  shell: RemoteShell,
  fqdn: string,
  targets: readonly PlanEntry[],
  routes: NodeRoutes,
  way: Way,
  limits: ProbeLimits,
  callMs: number,
): Observable<unknown> {
  const { byCurl, interpreted, clients } = probeCommands(targets, routes, limits, way);
  const reader = new CurlReader(byCurl.parameters.Endpoints.filter(isCurlTarget), limits.TimeoutMs);
  return shell.run(fqdn, byCurl, callMs).pipe(
    mergeMap(value => read(reader, value)),
    catchError((thrown: unknown) =>
      thrown instanceof RemoteError && thrown.kind === 'script' && NO_CURL.test(thrown.message)
        ? concat(...interpreted.map(command => shell.run(fqdn, command, callMs))).pipe(
            map(value => withClient(value, clients)),
            catchError((refused: unknown) => throwError(() => withoutCurl(refused, thrown.message))),
          )
        : throwError(() => thrown),
    ),
  );
}

/** Where the other probe is refused, curl.exe is what is wrong with the node, and the language is as it should be. */
function withoutCurl(thrown: unknown, words: string): unknown {
  return thrown instanceof RemoteError && thrown.kind === 'constrained-language'
    ? new CheckFailure('constrained-language', `${words}\n${thrown.message}`)
    : thrown;
}

/** What runs on a node: the probe by curl.exe, and the one for a node that has none, a call for each proxy. */
export function probeCommands(
  targets: readonly PlanEntry[],
  routes: NodeRoutes,
  limits: ProbeLimits,
  way?: Way,
) {
  const routed = plainFirst(
    targets.map(({ id, host, port, protocol, path, connects, address = '' }) => {
      const endpoint = { id, host, port, protocol, ...(path !== undefined && { path }) };
      const route = routeOf({ ...endpoint, ...(connects && { connects }) }, routes, way) ?? { proxy: '' };
      return { endpoint, route, address };
    }),
  );
  const clients: ReadonlyMap<string, Client> = new Map(
    routed.flatMap(({ endpoint, route }) => (route.client ? [[endpoint.id, route.client] as const] : [])),
  );
  const wininet = { kind: 'wininet' } as const;
  const isUsual = routed.every(
    ({ endpoint, route }) => route.proxy === routeOf(endpoint, routes, wininet)?.proxy,
  );
  /** For each of the endpoints, where one has any. */
  const addressesOf = (entries: readonly (typeof routed)[number][]) =>
    entries.some(({ address }) => address !== '') && {
      ConnectTo: entries.map(({ address }) => address),
    };
  const proxies = [...new Set(routed.map(({ route }) => route.proxy))];
  const call = (
    endpoints: readonly (typeof routed)[number][],
    server: string,
    bypass: readonly string[],
  ) => ({
    name: 'Test-Endpoint' as const,
    parameters: {
      Endpoints: endpoints.map(({ endpoint }) => endpoint),
      ProxyServer: server,
      ProxyBypass: bypass,
      ...addressesOf(endpoints),
      ...limits,
    },
  });
  return {
    byCurl: {
      name: 'Test-EndpointByCurl' as const,
      parameters: {
        Endpoints: routed.map(({ endpoint, route: { proxy, client } }) => ({
          ...endpoint,
          proxy,
          ...(client && { client }),
        })),
        ...addressesOf(routed),
        ...limits,
      },
    },
    interpreted: isUsual
      ? [call(routed, routes.server, routes.bypass)]
      : proxies.map(proxy =>
          call(
            routed.filter(({ route }) => route.proxy === proxy),
            proxy,
            [],
          ),
        ),
    /** By the endpoint's id, whose way it is. */
    clients,
  };
}

interface Routed {
  readonly endpoint: { readonly protocol: string; readonly path?: string };
  readonly route: { readonly proxy: string };
}

/** Those that differ in their address only, by the way that most go: curl is told their settings once, if they come first. */
function plainFirst<T extends Routed>(routed: readonly T[]): readonly T[] {
  const counts = new Map<string, number>();
  for (const { route } of routed) counts.set(route.proxy, (counts.get(route.proxy) ?? 0) + 1);
  const [usual] = [...counts].sort(([, one], [, other]) => other - one)[0] ?? [];
  const isPlain = ({ endpoint, route }: T): boolean =>
    endpoint.protocol !== 'tcp' && endpoint.path === undefined && route.proxy === usual;
  return [...routed.filter(isPlain), ...routed.filter(each => !isPlain(each))];
}

/** The interpreted probe knows proxies only; whose way it went is known here. */
function withClient(value: unknown, clients: ReadonlyMap<string, Client>): unknown {
  if (typeof value !== 'object' || value === null || !('id' in value)) return value;
  const client = clients.get(String(value.id));
  return client === undefined ? value : { ...value, client };
}

/** A plan has no others; the type says so to the reader. */
function isCurlTarget<T extends { readonly protocol: string }>(
  target: T,
): target is T & { readonly protocol: CurlTarget['protocol'] } {
  return ['https', 'http', 'tcp'].includes(target.protocol);
}

function read(reader: CurlReader | TimeReader, value: unknown): Observable<unknown> {
  const observation = reader.read(value);
  if (observation !== undefined) return of(observation);
  return typeof value === 'string' && value.startsWith('B\t') ? EMPTY : of(value);
}

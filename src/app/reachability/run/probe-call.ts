import { catchError, EMPTY, mergeMap, type Observable, of, throwError } from 'rxjs';
import { RemoteError, type RemoteShell } from '../../wac/remote-shell';
import type { PlanEntry } from '../plan/probe-plan';
import type { Client, ClientRoutes } from '../plan/client-routes';
import { type ProxiedTarget, proxyFor, type ProxyRules } from '../plan/proxy-route';
import { CurlReader, type CurlTarget } from '../probe/curl-report';

export interface ProbeLimits {
  readonly TimeoutMs: number;
  readonly DeadlineMs: number;
  readonly MaxConcurrent: number;
}

/** The node has no curl.exe that could measure; nothing was measured. */
const NO_CURL = /^curl-(missing|failed)\b/;

/**
 * Measures targets from one node: by Windows' own curl.exe, which works in every language mode and at the speed of the
 * network; on a node without one by the interpreted probe, which needs the full language. Emits observations, and what
 * is none as it came.
 */
export function probe(
  shell: RemoteShell,
  fqdn: string,
  targets: readonly PlanEntry[],
  rules: ProxyRules,
  clients: ClientRoutes,
  limits: ProbeLimits,
  callMs: number,
): Observable<unknown> {
  const { byCurl, interpreted } = probeCommands(targets, rules, limits, clients);
  const reader = new CurlReader(byCurl.parameters.Endpoints.filter(isCurlTarget), limits.TimeoutMs);
  return shell.run(fqdn, byCurl, callMs).pipe(
    mergeMap(value => read(reader, value)),
    catchError((thrown: unknown) =>
      thrown instanceof RemoteError && thrown.kind === 'script' && NO_CURL.test(thrown.message)
        ? shell.run(fqdn, interpreted, callMs)
        : throwError(() => thrown),
    ),
  );
}

/** What runs on a node: the probe by curl.exe, and the one for a node that has none. */
export function probeCommands(
  targets: readonly PlanEntry[],
  rules: ProxyRules,
  limits: ProbeLimits,
  clients: ClientRoutes = {},
) {
  const endpoints = targets.map(({ id, host, port, protocol, path }) => ({
    ...{ id, host, port, protocol },
    ...(path !== undefined && { path }),
  }));
  const ways = new Map(targets.map(({ id, connects }) => [id, connects]));
  const routed = endpoints.map(endpoint => ({
    ...endpoint,
    ...wayOf(endpoint, ways.get(endpoint.id), rules, clients),
  }));
  return {
    byCurl: { name: 'Test-EndpointByCurl', parameters: { Endpoints: routed, ...limits } },
    interpreted: {
      name: 'Test-Endpoint',
      parameters: { Endpoints: endpoints, ProxyServer: rules.server, ProxyBypass: rules.bypass, ...limits },
    },
  } as const;
}

/** The way of the client that really goes there, where that is known and set; else WinINet's. */
function wayOf(
  target: ProxiedTarget,
  connects: Client | undefined,
  rules: ProxyRules,
  clients: ClientRoutes,
): { readonly proxy: string; readonly client?: Client } {
  const machine = proxyFor(rules, target);
  const own = connects && clients[connects]?.(target);
  // WinHTTP without a proxy of its own: the document sets WinINet's alone, so that way is tried, and the node's note says so.
  const isUnset = own === undefined || (connects === 'winhttp' && own === '' && machine !== '');
  return connects === undefined || isUnset ? { proxy: machine } : { proxy: own, client: connects };
}

/** A plan has no others; the type says so to the reader. */
function isCurlTarget<T extends { readonly protocol: string }>(
  target: T,
): target is T & { readonly protocol: CurlTarget['protocol'] } {
  return ['https', 'http', 'tcp'].includes(target.protocol);
}

function read(reader: CurlReader, value: unknown): Observable<unknown> {
  const observation = reader.read(value);
  if (observation !== undefined) return of(observation);
  return typeof value === 'string' && value.startsWith('B\t') ? EMPTY : of(value);
}

import {
  catchError,
  concat,
  concatMap,
  connect,
  debounceTime,
  defer,
  EMPTY,
  filter,
  last,
  map,
  merge,
  type Observable,
  share,
  switchMap,
  tap,
  throwError,
} from 'rxjs';
import type { Node } from '../../../cluster/cluster';
import { isAgentRead } from '../../../proxy/setting/layers/arc-agent';
import { parseProxySetting, type ProxySetting } from '../../../proxy/setting/proxy-setting';
import {
  type RemoteCommand,
  RemoteError,
  type RemoteErrorKind,
  type RemoteShell,
} from '../../../wac/remote-shell';
import type { Cause } from '../../verdict/causes';
import { type ClientRoutes, readClientRoutes } from '../../plan/client-routes';
import type { PlanEntry } from '../../plan/probe-plan';
import { type NodeRoutes, OWN_WAY, routeOf, type Way } from '../../plan/way';
import { NameReport } from '../../probe/name-report';
import { parseObservation } from '../../probe/parse-observation';
import { followRedirects, type RedirectTrail } from '../follow-up/follow-redirects';
import { tryOtherFamilies } from '../follow-up/other-family';
import { readScript, type ScriptSetting } from './proxy-script';
import { probe, type ProbeLimits } from './probe-call';
import type { ProxyNotice } from '../run';
import { turns } from './turns';

/** A node measures so many endpoints at once. */
export const USUAL_CONCURRENT = 200;
const READ_PROXY_MS = 30_000;
/**
 * Beyond the endpoints' own times: a node that is starved gives its lost time back to the endpoints, and they must still
 * end with a verdict of their own.
 */
const GRACE_MS = 15_000;
/** Opening a session to a busy node, beyond the measuring itself. */
const SESSION_MS = 20_000;

/** How a node's work ended, other than by its own end. */
export class CheckFailure extends Error {
  constructor(
    readonly reason: Cause,
    message: string,
  ) {
    super(message);
  }
}

export interface ProxyUse {
  /** '' for none. */
  readonly server: string;
  readonly bypass: readonly string[];
  readonly notices: readonly ProxyNotice[];
  /** How clients go that do not use WinINet; absent: nothing is known of them. */
  readonly clients?: ClientRoutes;
  /** See `NodeRoutes`. */
  readonly byScript?: true;
  /** Its proxy configuration script; absent: none is set. */
  readonly script?: ScriptSetting;
}

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
      proxyKnown(use);
      return measureThrough(shell, node, targets, measuring, use).pipe(
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
            use.script === undefined
              ? EMPTY
              : readScript(shell, node, use.script, targets, measuring.timeoutMs),
            trail === undefined
              ? EMPTY
              : followRedirects(measured, trail, entries =>
                  measureThrough(shell, node, entries, measuring, use),
                ),
          );
        }),
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

/**
 * What a forced way leaves of a node's own settings.
 *
 * @throws CheckFailure where the node has no such way, or does not tell it for each of the targets
 */
export function forced(
  use: ProxyUse,
  way: Way = OWN_WAY,
  targets: readonly Pick<PlanEntry, 'host' | 'port' | 'protocol'>[] = [ANYWHERE],
): ProxyUse {
  if (way.kind === 'own') return use;
  if (targets.some(target => routeOf(target, use, way) === undefined))
    throw new CheckFailure('way-unknown', '');
  const followed = (notice: ProxyNotice): boolean =>
    notice === 'constrained' ||
    notice === 'module' ||
    (way.kind === 'wininet' && notice !== 'winhttp-direct' && notice !== 'agent-unread');
  const { script, byScript, ...rest } = use;
  const notices = use.notices.filter(followed);
  const scripted = way.kind === 'wininet' && { ...(script && { script }), ...(byScript && { byScript }) };
  return { ...rest, ...scripted, notices };
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

/** How a node goes out, by all of its settings. @throws CheckFailure where they cannot be understood */
export function readProxy(shell: RemoteShell, node: Node): Observable<ProxyUse> {
  // The Arc agent and WinHTTP have ways of their own.
  const asked = (parameters: RemoteCommand['parameters']): Observable<ProxyUse> =>
    shell
      .run(node.fqdn, { name: 'Get-ProxySetting', ...(parameters && { parameters }) }, READ_PROXY_MS)
      .pipe(last(null, undefined), map(readUse));
  return asked({ Routes: true }).pipe(
    catchError((error: unknown) => {
      // An agent that never answers must not hide how the others go.
      if (error instanceof RemoteError && error.kind === 'timeout')
        return asked({ Routes: true, SkipAgent: true });
      throw error;
    }),
  );
}

/** What `Get-ProxySetting` tells of how a node goes out. @throws CheckFailure where it cannot be understood */
export function readUse(output: unknown): ProxyUse {
  const setting = parseProxySetting(output);
  if (setting?.readable !== true) throw new CheckFailure('proxy-setting-unreadable', '');
  const use = proxyUse(setting);
  const clients = readClientRoutes(output);
  return {
    ...use,
    ...scriptOf(setting, output),
    notices: [
      ...use.notices,
      ...winHttpNotices(use, clients),
      ...agentNotices(setting),
      ...languageNotices(output),
    ],
    ...(Object.keys(clients).length > 0 && { clients }),
  };
}

/** A host that no exception names. */
const ANYWHERE = { host: 'host.invalid', port: 443, protocol: 'https' } as const;

/** WinHTTP without a proxy beside WinINet with one: what needs WinHTTP is tried WinINet's way, and that must be said. */
function winHttpNotices(
  { server }: Pick<ProxyUse, 'server'>,
  { winhttp }: ClientRoutes,
): readonly ProxyNotice[] {
  return server !== '' && winhttp?.(ANYWHERE) === '' ? ['winhttp-direct'] : [];
}

/** Of an agent that is there and could not be asked no way is known. */
function agentNotices({ agent }: ProxySetting): readonly ProxyNotice[] {
  return agent === undefined || isAgentRead(agent) ? [] : ['agent-unread'];
}

/**
 * The script that a node has. Windows answers for the account of the session, and falls back on the other settings: only a
 * machine-wide script that stands alone is what it answers by, and only the full language may ask it.
 */
function scriptOf(setting: ProxySetting, output: unknown): Pick<ProxyUse, 'script'> {
  const { pacUrl: address, machineWide, server, autoDetect } = setting;
  const isFull = (output as Readonly<Record<string, unknown>>)['languageMode'] === 'FullLanguage';
  const isResolvable = machineWide && server === '' && !autoDetect && isFull;
  return address === '' ? {} : { script: { address, isResolvable } };
}

/** How the node runs scripts, as its own answer tells. */
function languageNotices(output: unknown): readonly ProxyNotice[] {
  const { languageMode, runBy } = output as Readonly<Record<string, unknown>>;
  if (runBy === 'module') return ['module'];
  return languageMode === 'ConstrainedLanguage' ? ['constrained'] : [];
}

/** Only the machine's own HTTP proxy is used: services of a node see no account's proxy. */
export function proxyUse(setting: ProxySetting): ProxyUse {
  const notices: ProxyNotice[] = [];
  if (setting.pacUrl !== '') notices.push('script');
  if (setting.autoDetect) notices.push('detection');
  if (setting.machineWide && /(^|[;\s])socks=/i.test(setting.server)) notices.push('socks');
  if (!setting.machineWide && setting.server !== '') notices.push('per-user');
  return setting.machineWide
    ? {
        server: setting.server,
        bypass: setting.bypass,
        notices,
        ...(setting.pacUrl !== '' && ({ byScript: true } as const)),
      }
    : { server: '', bypass: [], notices };
}

const CAUSES_OF_FAILURE: Readonly<Record<RemoteErrorKind, Cause>> = {
  unreachable: 'node-unreachable',
  'access-denied': 'access-denied',
  script: 'script-failed',
  'constrained-language': 'constrained-language',
  timeout: 'call-timed-out',
  gateway: 'gateway-failed',
};

/** Why a node's work ended early. `message` comes from outside. */
export function failureOf(thrown: unknown): { readonly cause: Cause; readonly message: string } {
  if (thrown instanceof CheckFailure) return { cause: thrown.reason, message: thrown.message };
  if (thrown instanceof RemoteError) {
    return { cause: CAUSES_OF_FAILURE[thrown.kind], message: thrown.message };
  }
  return { cause: 'gateway-failed', message: thrown instanceof Error ? thrown.message : String(thrown) };
}

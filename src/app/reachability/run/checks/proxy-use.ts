import { catchError, last, map, type Observable } from 'rxjs';
import type { Node } from '../../../cluster/cluster';
import { isAgentRead } from '../../../proxy/setting/layers/arc-agent';
import { parseProxySetting, type ProxySetting } from '../../../proxy/setting/proxy-setting';
import { type RemoteCommand, RemoteError, type RemoteShell } from '../../../wac/remote-shell';
import { type ClientRoutes, readClientRoutes } from '../../plan/client-routes';
import type { PlanEntry } from '../../plan/probe-plan';
import { isUnclear } from '../../plan/proxy-route';
import { OWN_WAY, routeOf, type Way } from '../../plan/way';
import type { ProxyNotice } from '../run';
import { CheckFailure } from './check-failure';
import type { ScriptSetting } from './proxy-script';

const READ_PROXY_MS = 30_000;
/** Of clients that do not go WinINet's way. */
const OF_OTHERS: ReadonlySet<ProxyNotice> = new Set([
  'winhttp-direct',
  'winhttp-unclear',
  'agent-unread',
  'agent-unclear',
]);

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
  /** Its services look for a script (WPAD) before all else; `isResolvable` as of a {@link ScriptSetting}. */
  readonly detects?: { readonly isResolvable: boolean };
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
    notice === 'constrained' || notice === 'module' || (way.kind === 'wininet' && !OF_OTHERS.has(notice));
  const { script, byScript, detects, ...rest } = use;
  const notices = use.notices.filter(followed);
  const scripted = way.kind === 'wininet' && {
    ...(script && { script }),
    ...(byScript && { byScript }),
    ...(detects && { detects }),
  };
  return { ...rest, ...scripted, notices };
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
    ...detectionOf(setting, output),
    ...(hasServiceProxy(output) && ({ byScript: true } as const)),
    notices: [
      ...use.notices,
      ...(hasServiceProxy(output) ? (['service-proxy'] as const) : []),
      ...(isDetectionUnclear(setting, output) ? (['detection'] as const) : []),
      ...machineNotices(use),
      ...winHttpNotices(use, clients),
      ...agentNotices(setting, clients),
      ...languageNotices(output),
    ],
    ...(Object.keys(clients).length > 0 && { clients }),
  };
}

/** A host that no exception names. */
const ANYWHERE = { host: 'host.invalid', port: 443, protocol: 'https' } as const;
const ANYWHERES = [ANYWHERE, { ...ANYWHERE, port: 80, protocol: 'http' }] as const;

/** SOCKS has a word of its own. */
function machineNotices(use: Pick<ProxyUse, 'server' | 'bypass' | 'notices'>): readonly ProxyNotice[] {
  const isSaid = use.notices.includes('socks');
  return !isSaid && ANYWHERES.some(target => isUnclear(use, target)) ? ['proxy-unclear'] : [];
}

/** WinHTTP without a proxy beside WinINet with one: what needs WinHTTP is tried WinINet's way, and that must be said. */
function winHttpNotices(
  { server }: Pick<ProxyUse, 'server'>,
  { winhttp }: ClientRoutes,
): readonly ProxyNotice[] {
  if (hasUnknown(winhttp)) return ['winhttp-unclear'];
  return server !== '' && winhttp?.(ANYWHERE) === '' ? ['winhttp-direct'] : [];
}

/** Of an agent that is there and could not be asked no way is known. */
function agentNotices({ agent }: ProxySetting, clients: ClientRoutes): readonly ProxyNotice[] {
  if (agent !== undefined && !isAgentRead(agent)) return ['agent-unread'];
  return hasUnknown(clients.agent) ? ['agent-unclear'] : [];
}

function hasUnknown(client: ClientRoutes['agent']): boolean {
  return client !== undefined && ANYWHERES.some(target => client(target) === undefined);
}

/**
 * The script that a node has. Windows answers for the account of the session, and falls back on the other settings: only a
 * machine-wide script that stands alone is what it answers by, and only the full language may ask it.
 */
function scriptOf(setting: ProxySetting, output: unknown): Pick<ProxyUse, 'script'> {
  const { pacUrl: address, autoDetect } = setting;
  const isResolvable = !autoDetect && answersAlone(setting, output);
  return address === '' ? {} : { script: { address, isResolvable } };
}

function answersAlone({ machineWide, server }: ProxySetting, output: unknown): boolean {
  return machineWide && server === '' && fieldOf(output, 'languageMode') === 'FullLanguage';
}

/** Whether the node looks for a script by itself; one whose script is older does not tell of its services. */
function detectionOf(setting: ProxySetting, output: unknown): Pick<ProxyUse, 'detects' | 'byScript'> {
  if (fieldOf(output, 'detects') === true)
    return { detects: { isResolvable: setting.pacUrl === '' && answersAlone(setting, output) } };
  return isDetectionUnclear(setting, output) && setting.machineWide ? { byScript: true } : {};
}

function isDetectionUnclear({ autoDetect }: ProxySetting, output: unknown): boolean {
  return autoDetect && typeof fieldOf(output, 'detects') !== 'boolean';
}

/** Services that run as such an account go by its setting, where nothing is set for the machine. */
function hasServiceProxy(output: unknown): boolean {
  const told = fieldOf(output, 'serviceProxies');
  return Array.isArray(told) ? told.length > 0 : typeof told === 'string' && told !== '';
}

function fieldOf(output: unknown, name: string): unknown {
  return (output as Readonly<Record<string, unknown>>)[name];
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

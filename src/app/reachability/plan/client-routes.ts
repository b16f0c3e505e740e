import type { ProxiedTarget, ProxyRules } from './proxy-route';
import { isUnclear, proxyFor } from './proxy-route';
import { goesPast } from './agent-bypass';
import { isException } from './no-proxy';
import { hideCredentials } from '../../proxy/setting/credentials';
import { isAgentRead, parseAgent } from '../../proxy/setting/layers/arc-agent';

/** Clients of a node that do not go WinINet's way. */
export const CLIENTS = ['winhttp', 'agent'] as const;
export type Client = (typeof CLIENTS)[number];

/**
 * What a node's clients use, each by its own rules; undefined for a target: it has a way that is not known, or cannot be tried, so
 * nobody may say that it was tested that way. Absent: there is no such client, or the node tells nothing of it.
 */
export type ClientRoutes = Readonly<Partial<Record<Client, (target: ProxiedTarget) => string | undefined>>>;

const NOT_TOLD = (): undefined => undefined;

/** The proxy variables, one a scheme, and the exceptions to both. */
interface EnvironmentProxy {
  readonly http: string;
  readonly https: string;
  readonly exceptions: string;
}

/**
 * The routes that `Get-ProxySetting` tells: `values` holds raw values as `id=Kind|data`, `arcAgent` what the agent itself
 * is set to. What cannot be understood is left out.
 */
export function readClientRoutes(output: unknown): ClientRoutes {
  const fields = isRecord(output) ? output : {};
  const values = new Map(textsOf(fields['values']).flatMap(line => valueOf(line)));
  const winHttp = values.get('winhttp');
  const agent = agentOf(fields['arcAgent'], {
    http: plain(values.get('env.HTTP_PROXY')),
    https: plain(values.get('env.HTTPS_PROXY')),
    exceptions: plain(values.get('env.NO_PROXY')),
  });
  return {
    ...(winHttp !== undefined && { winhttp: byRules(winHttpOf(winHttp)) }),
    ...(agent && { agent }),
  };
}

function byRules(rules: ProxyRules | undefined): NonNullable<ClientRoutes['winhttp']> {
  if (rules === undefined) return NOT_TOLD;
  return target => (isUnclear(rules, target) ? undefined : proxyFor(rules, target));
}

/**
 * WinHttpSettings, little-endian: version, counter, flags (2: a proxy, 4: a script, 8: detection), then server and bypass list, each behind its length;
 * 'absent' is direct.
 */
function winHttpOf(raw: string): ProxyRules | undefined {
  if (raw === 'absent') return { server: '', bypass: [] };
  const [, hex = ''] = /^Binary\|((?:[0-9a-f]{2})*)$/i.exec(raw) ?? [];
  const bytes = (hex.match(/../g) ?? []).map(pair => parseInt(pair, 16));
  const number = (at: number): number =>
    [0, 1, 2, 3].reduce((sum, index) => sum + (bytes[at + index] ?? 0) * 256 ** index, 0);
  const text = (at: number): string => String.fromCharCode(...bytes.slice(at + 4, at + 4 + number(at)));
  if (bytes.length < 12) return undefined;
  // Which way a script or detection gives is not known.
  if ((number(8) & (4 | 8)) !== 0) return undefined;
  if ((number(8) & 2) === 0) return { server: '', bypass: [] };
  if (bytes.length < 20 || number(12) > bytes.length - 20) return undefined;
  const next = 16 + number(12);
  return number(next) > bytes.length - next - 4
    ? undefined
    : { server: hideCredentials(text(12)), bypass: text(next).split(';') };
}

/**
 * Its own address first, then the machine's variable (azure-docs, azure-arc/servers/manage-agent), for `http` the one of its
 * own, as Go takes it (golang.org/x/net/http/httpproxy, ProxyFunc).
 */
function agentOf(told: unknown, environment: EnvironmentProxy): ClientRoutes['agent'] {
  const agent = parseAgent(told);
  if (agent === undefined) return undefined;
  if (!isAgentRead(agent)) return NOT_TOLD;
  const { proxyUrl, proxyBypass: bypass } = agent;
  if (proxyUrl === '')
    return target => {
      if (isException(environment.exceptions, target)) return '';
      const proxy = through(target.protocol === 'http' ? environment.http : environment.https, target);
      // Whether the words are for the variable's proxy as well is not documented.
      return proxy === '' || goesPast(bypass, target.host) === false ? proxy : undefined;
    };
  return target => {
    const past = goesPast(bypass, target.host);
    return past === true ? '' : past === false ? through(proxyUrl, target) : undefined;
  };
}

/** What the probe can go through. To a proxy at https:// the agent speaks TLS, and socks5:// is none of HTTP (net/http, Transport.Proxy). */
const HTTP_PROXY = /^(?:http:\/\/)?(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?\/?$/i;

/** By one proxy; undefined: what is written there is no address that can be tried, as one with a user's name. */
function through(server: string, target: ProxiedTarget): string | undefined {
  if (server === '') return '';
  const proxy = HTTP_PROXY.test(server) ? proxyFor({ server, bypass: [] }, target) : '';
  return proxy === '' ? undefined : proxy;
}

function valueOf(line: string): readonly (readonly [string, string])[] {
  const at = line.indexOf('=');
  return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]];
}

/** The text of a value; '' when it is not there. */
function plain(raw: string | undefined): string {
  return hideCredentials(/^(?:Expand)?String\|([^]*)$/.exec(raw ?? '')?.[1] ?? '');
}

function textsOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((item): item is string => typeof item === 'string');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

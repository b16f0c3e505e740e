import type { ProxiedTarget, ProxyRules } from './proxy-route';
import { proxyFor } from './proxy-route';

/** Clients of a node that do not go WinINet's way. */
export const CLIENTS = ['winhttp', 'agent'] as const;
export type Client = (typeof CLIENTS)[number];

/** What a node's clients use, each by its own rules; absent: not known, so nobody may say that it was tested that way. */
export type ClientRoutes = Readonly<Partial<Record<Client, (target: ProxiedTarget) => string>>>;

/** A proxy variable and the exceptions to it. */
interface EnvironmentProxy {
  readonly server: string;
  readonly exceptions: string;
}

/**
 * The routes that `Get-ProxySetting` tells: `values` holds raw values as `id=Kind|data`, `arcAgent` what the agent itself
 * is set to. What cannot be understood is left out.
 */
export function readClientRoutes(output: unknown): ClientRoutes {
  const fields = isRecord(output) ? output : {};
  const values = new Map(textsOf(fields['values']).flatMap(line => valueOf(line)));
  const winHttp = winHttpOf(values.get('winhttp') ?? 'absent');
  const agent = agentOf(fields['arcAgent'], {
    server: plain(values.get('env.HTTPS_PROXY')),
    exceptions: plain(values.get('env.NO_PROXY')),
  });
  return {
    ...(values.has('winhttp') &&
      winHttp && { winhttp: (target: ProxiedTarget) => proxyFor(winHttp, target) }),
    ...(agent && { agent }),
  };
}

/**
 * WinHttpSettings, little-endian: version, counter, flags (2: a proxy), then server and bypass list, each behind its length;
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
  if ((number(8) & 2) === 0) return { server: '', bypass: [] };
  if (bytes.length < 20 || number(12) > bytes.length - 20) return undefined;
  const next = 16 + number(12);
  return number(next) > bytes.length - next - 4
    ? undefined
    : { server: text(12), bypass: text(next).split(';') };
}

/** Its own address first, then the machine's variable (azure-docs, azure-arc/servers/manage-agent). */
function agentOf(
  agent: unknown,
  environment: EnvironmentProxy,
): ((target: ProxiedTarget) => string) | undefined {
  if (!isRecord(agent)) return undefined;
  const { proxyUrl, proxyBypass } = agent;
  if (typeof proxyUrl !== 'string') return undefined;
  // It names groups of services, not hosts: which of them go round the proxy is not known here.
  if (typeof proxyBypass === 'string' && /[A-Za-z]/.test(proxyBypass)) return undefined;
  if (proxyUrl !== '') return target => proxyFor({ server: proxyUrl, bypass: [] }, target);
  return target =>
    isException(environment.exceptions, target.host)
      ? ''
      : proxyFor({ server: environment.server, bypass: [] }, target);
}

/** NO_PROXY: commas; a name stands for itself and all below it, with or without a dot before it; `*` for everything. */
function isException(exceptions: string, host: string): boolean {
  return exceptions
    .toLowerCase()
    .split(',')
    .map(entry => entry.trim().replace(/^\*?\./, ''))
    .some(
      entry =>
        entry !== '' &&
        (entry === '*' || host.toLowerCase() === entry || host.toLowerCase().endsWith(`.${entry}`)),
    );
}

function valueOf(line: string): readonly (readonly [string, string])[] {
  const at = line.indexOf('=');
  return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]];
}

/** The text of a value; '' when it is not there. */
function plain(raw: string | undefined): string {
  return /^(?:Expand)?String\|([^]*)$/.exec(raw ?? '')?.[1] ?? '';
}

function textsOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((item): item is string => typeof item === 'string');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

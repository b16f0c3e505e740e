import { serverFor } from '../layers/layers';
import { toNoProxy } from './typed-bypass';
import { isPlainHttp, wouldGoDirect } from './would-go-direct';

/** How one layer would reach a host; each word has its sentence under `proxy.simulator.<word>`. */
export interface SimulatedRoute {
  readonly layer: 'machine' | 'winhttp' | 'environment';
  readonly word: 'unset' | 'direct' | 'no-server' | 'proxy' | 'always' | 'unknown';
  /** The entry that decides, or the protocol that no server is for; '' for neither. */
  readonly what: string;
}

/** Of a change, as typed. */
export interface SimulatedChange {
  /** Undefined: each node keeps its own, or what is typed is none. */
  readonly server: string | undefined;
  /** In WinINet's notation. */
  readonly entries: readonly string[];
  /** Layers that it sets beside WinINet. */
  readonly extras: { readonly winHttp: boolean; readonly environment: boolean };
}

/** By which way each layer would reach a host after a change; none of an empty one. */
export function simulate(host: string, change: SimulatedChange): readonly SimulatedRoute[] {
  if (host.trim() === '') return [];
  const { winHttp, environment } = change.extras;
  const isSet = { machine: true, winhttp: winHttp, environment };
  return (['machine', 'winhttp', 'environment'] as const).map(layer =>
    isSet[layer] ? { layer, ...routeBy(layer, host, change) } : { layer, word: 'unset', what: '' },
  );
}

function routeBy(
  layer: SimulatedRoute['layer'],
  host: string,
  { server, entries }: SimulatedChange,
): Omit<SimulatedRoute, 'layer'> {
  const list = layer === 'environment' ? toNoProxy(entries).text : entries.join(';');
  const { direct, entry } = wouldGoDirect(layer, host, list);
  if (entry !== undefined) return { word: 'direct', what: entry };
  if (direct === true) return { word: 'always', what: '' };
  const scheme = isPlainHttp(host) ? 'http' : 'https';
  if (server !== undefined && serverFor(scheme, server) === '')
    return { word: 'no-server', what: scheme.toUpperCase() };
  return { word: direct === undefined ? 'unknown' : 'proxy', what: '' };
}

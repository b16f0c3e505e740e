import { toNoProxy } from './compose/typed-bypass';
import { arcGatewaySigns, type GatewaySign } from './layers/arc-gateway';
import { agentLayer, type Layer, type LayerName, LAYERS, sameProxyKey, serverFor } from './layers/layers';
import type { ProxySetting } from './proxy-setting';

/** A node's layers; of one that told WinINet's setting alone, what that says. */
export function layersOf(setting: ProxySetting): Partial<Readonly<Record<LayerName, Layer>>> {
  if (setting.node !== undefined) return setting.node.layers;
  const { machineWide, readable, server, bypass, pacUrl, autoDetect, leftoverServer } = setting;
  const inForce = { readable, server, bypass: bypass.join(';'), pacUrl, autoDetect, inForce: true };
  const agent = setting.agent && { agent: agentLayer(setting.agent) };
  if (machineWide) return { machine: inForce, ...agent };
  const leftover = { ...inForce, server: leftoverServer, bypass: '', pacUrl: '', autoDetect: false };
  return { machine: { ...leftover, inForce: false }, account: inForce, ...agent };
}

/** By what a node shows that it goes through Arc gateway, also where it told no more than WinINet's setting. */
export function gatewaySignsOf(setting: ProxySetting): readonly GatewaySign[] {
  return arcGatewaySigns(layersOf(setting), setting.agent, ownNamesOf(setting));
}

/** By which a node may mean itself. */
export function ownNamesOf({ computerName, node }: ProxySetting): readonly string[] {
  return [...(computerName === undefined ? [] : [computerName.toLowerCase()]), ...(node?.addresses ?? [])];
}

/** WinINet's own setting in force: of the machine, or of the account in use. */
export function winInetInForce(setting: ProxySetting): LayerName {
  return setting.machineWide ? 'machine' : 'account';
}

/** What of a layer is not as on most nodes; each has its words under `proxy.differs.<code>`. */
export type LayerDifference =
  /** Its server, script or detection, or whether it is there at all. */
  | 'setting'
  | 'bypass'
  /** Only whether it is the one that counts. */
  | 'force';

/**
 * For each setting, the layers that are not like those of more than half of all; where there is no such majority, all
 * differ. What cannot be read, or was not told, is not compared.
 */
export function differingLayers(
  settings: readonly ProxySetting[],
): readonly ReadonlyMap<LayerName, LayerDifference>[] {
  const result = settings.map(() => new Map<LayerName, LayerDifference>());
  for (const name of LAYERS) {
    const keys = settings.map(setting => keysOf(setting, name));
    const told = keys.filter(key => key !== undefined);
    const common = majority(told.map(wholeOf));
    const usual = Object.fromEntries(PARTS.map(part => [part, majority(told.map(key => key[part]))]));
    keys.forEach((key, index) => {
      if (key === undefined || wholeOf(key) === common) return;
      result[index]?.set(name, PARTS.find(part => key[part] !== usual[part]) ?? 'setting');
    });
  }
  return result;
}

const PARTS = ['setting', 'bypass', 'force'] as const;
type LayerKeys = Readonly<Record<LayerDifference, string>>;

function wholeOf(keys: LayerKeys): string {
  return JSON.stringify(PARTS.map(part => keys[part]));
}

/** Undefined: not to be compared. */
function keysOf(setting: ProxySetting, name: LayerName): LayerKeys | undefined {
  const layer = layersOf(setting)[name];
  // That there is no agent on a node was told; what else is missing was not.
  if (layer === undefined) {
    const isTold = name === 'agent' && setting.node !== undefined;
    return isTold ? { setting: 'absent', bypass: '', force: '' } : undefined;
  }
  if (!layer.readable) return undefined;
  const { server, bypass, pacUrl, autoDetect, inForce } = layer;
  const entries = entriesOf(bypass, name === 'environment' || name === 'agent');
  return {
    setting: JSON.stringify([sameProxyKey(server), pacUrl, autoDetect]),
    bypass: JSON.stringify([...entries].sort()),
    force: String(inForce),
  };
}

/** The value that more than half have; undefined when there is none. */
function majority(values: readonly string[]): string | undefined {
  return values.find(value => values.filter(other => other === value).length * 2 > values.length);
}

/** In what a layer of a node is not as WinINet's setting in force; each has its words under `proxy.layer.other.<code>`. */
export type Aside = 'server' | 'bypass';

/**
 * Whether programs of WinHTTP, of the environment or the Arc agent go out otherwise than those of WinINet. The environment
 * may hold more entries than WinINet, as Microsoft's page wants of it, and an agent without a proxy of its own uses the
 * environment's.
 */
export function asideFromWinInet(setting: ProxySetting, name: LayerName): Aside | undefined {
  const layers = layersOf(setting);
  const winInet = layers[winInetInForce(setting)];
  const layer = layers[name];
  if (name === 'machine' || name === 'account' || winInet?.readable !== true || layer?.readable !== true)
    return undefined;
  if (name === 'agent' && layer.server === '') return undefined;
  const schemes = name === 'agent' ? (['https'] as const) : (['http', 'https'] as const);
  const serverOf = ({ server }: Layer, scheme: 'http' | 'https') => sameProxyKey(serverFor(scheme, server));
  if (schemes.some(scheme => serverOf(winInet, scheme) !== serverOf(layer, scheme))) return 'server';
  // WinINet sends by SOCKS what has no proxy of its own.
  if (name !== 'agent' && socksOf(winInet) !== socksOf(layer)) return 'server';
  if (layer.server === '' || name === 'agent') return undefined;
  const wanted = entriesOf(winInet.bypass, false);
  if (name === 'environment') {
    const has = entriesOf(layer.bypass, true);
    const said = entriesOf(toNoProxy([...wanted]).text, true);
    return [...said].every(entry => has.has(entry)) ? undefined : 'bypass';
  }
  const has = entriesOf(layer.bypass, false);
  return wanted.size === has.size && [...wanted].every(entry => has.has(entry)) ? undefined : 'bypass';
}

function socksOf({ server }: Layer): string {
  return sameProxyKey(/(?:^|[;\s])(socks=[^;\s]+)/i.exec(server)?.[1] ?? '');
}

/** In small letters: case and order of hosts do not matter. */
function entriesOf(bypass: string, isNoProxy: boolean): ReadonlySet<string> {
  const entries = bypass.split(isNoProxy ? ',' : /[;\s]/).map(entry => entry.trim().toLowerCase());
  return new Set(entries.filter(entry => entry !== ''));
}

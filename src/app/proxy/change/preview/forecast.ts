import { isMachineWide, type Layer, readLayers } from '../../setting/layers/layers';
import type { RawValues } from '../../setting/layers/raw-values';
import type { ProxySetting } from '../../setting/proxy-setting';
import { valuesAfter, type Wish } from '../order';

/** What a node will read as when the wish has come true; nothing else of the node is foretold. */
export function forecastOf(setting: ProxySetting, wish: Wish): ProxySetting {
  const { node } = setting;
  if (node === undefined) return wish.kind === 'put-back' ? setting : bareForecast(setting, wish);
  const future = settingWith(setting, valuesAfter(wish, node.values, node.account));
  if (wish.kind === 'put-back' || !wish.extras.winHttp || future.node === undefined) return future;
  // netsh makes the bytes; what it was told is known.
  const winhttp: Layer = {
    ...NO_PROXY,
    ...(wish.kind === 'set' && { server: wish.server, bypass: wish.bypass.join(';') }),
  };
  return { ...future, node: { ...future.node, layers: { ...future.node.layers, winhttp } } };
}

const NO_PROXY: Layer = {
  readable: true,
  server: '',
  bypass: '',
  pacUrl: '',
  autoDetect: false,
  inForce: true,
};

/** A setting read out of values that the node does not have yet. */
function settingWith(setting: ProxySetting, values: RawValues): ProxySetting {
  const { node } = setting;
  if (node === undefined) return setting;
  const layers = readLayers(values, setting.agent);
  const machineWide = isMachineWide(values);
  const inForce = machineWide ? layers.machine : layers.account;
  return {
    ...setting,
    machineWide,
    perUserPolicy: values.policy === 'DWord|0' ? 0 : values.policy === 'DWord|1' ? 1 : null,
    readable: inForce.readable,
    server: inForce.server,
    bypass: inForce.bypass
      .split(';')
      .map(entry => entry.trim())
      .filter(entry => entry !== ''),
    pacUrl: inForce.pacUrl,
    autoDetect: inForce.autoDetect,
    leftoverServer: machineWide ? '' : layers.machine.server,
    node: { ...node, values, layers },
  };
}

/** Of a node that told no more than WinINet's setting. */
function bareForecast(setting: ProxySetting, wish: Exclude<Wish, { kind: 'put-back' }>): ProxySetting {
  const isSet = wish.kind === 'set';
  return {
    ...setting,
    machineWide: isSet,
    perUserPolicy: isSet ? 0 : null,
    readable: true,
    server: isSet ? wish.server : '',
    bypass: isSet ? wish.bypass : [],
    pacUrl: '',
    autoDetect: false,
    leftoverServer: '',
  };
}

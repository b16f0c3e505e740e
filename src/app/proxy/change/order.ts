import type { ChangeKind, ChangeNote, ChangeRecord } from '../setting/change-record';
import { toNoProxy } from '../setting/compose/typed-bypass';
import { gatewaySignsOf, ownNamesOf } from '../setting/compare-layers';
import { arcGatewaySigns, keepsArcGateway } from '../setting/layers/arc-gateway';
import { DIRECT_FLAG, PROXY_FLAG, writeConnection } from '../setting/layers/blobs';
import { type Layer, readLayers, sameProxyKey, serverFor } from '../setting/layers/layers';
import {
  ABSENT,
  changedIds,
  isAccountValue,
  isOther,
  rawLines,
  type RawValue,
  type RawValues,
  type SpelledNames,
  VALUE_IDS,
  type ValueId,
} from '../setting/layers/raw-values';
import { type Difference, differencesFrom, type ProxySetting } from '../setting/proxy-setting';

/** Layers beside WinINet that a change includes; off by default. */
export interface ExtraLayers {
  readonly winHttp: boolean;
  readonly environment: boolean;
  /** Restart the Arc agent's services, so that they see the environment. */
  readonly restartAgent: boolean;
}
export const NO_EXTRAS: ExtraLayers = { winHttp: false, environment: false, restartAgent: false };

/** What the administrator wants of a node. */
export type Wish =
  | {
      readonly kind: 'set';
      /** '' when the node's own server was to be kept and it has none. */
      readonly server: string;
      readonly bypass: readonly string[];
      readonly extras: ExtraLayers;
      /** Each node keeps the server that it has; only the bypass list is changed. */
      readonly keepsServer?: boolean;
    }
  | { readonly kind: 'remove'; readonly extras: ExtraLayers }
  /** Back to a snapshot, byte for byte; `account` may write its own values, too. */
  | { readonly kind: 'put-back'; readonly record: ChangeRecord };

/** In place of a record, on a node that keeps none of the change. */
export const NO_RECORD: ChangeRecord = {
  id: '',
  when: '',
  who: '',
  begun: false,
  ended: true,
  cutOff: false,
};

/** Why a node is left alone although it answers. */
export type Obstacle =
  /** It goes out through Arc gateway, and the wish would cut it off. */
  | 'arc-gateway'
  /** Its server was to be kept, and it has none that can be written again. */
  | 'no-server'
  /** Its snapshot could not be read. */
  | 'no-snapshot'
  /** A later version of the tool made its snapshot. */
  | 'newer-snapshot'
  /** It keeps nothing of the change that is gone back to. */
  | 'no-record'
  /** It did not tell what it has to the byte, so nobody knows what there is to put back. */
  | 'untold'
  /** The change would write over a value that the node could not put back as it was, or would have to write one. */
  | 'other-kind';

/** Why a wish cannot come true on a node; undefined: nothing stands against it. */
export function obstacleFor(wish: Wish, setting: ProxySetting): Obstacle | undefined {
  if (wish.kind === 'put-back') {
    if (setting.node === undefined) return 'untold';
    if (wish.record === NO_RECORD) return 'no-record';
    if (wish.record.values === undefined)
      return wish.record.trouble === 'newer' ? 'newer-snapshot' : 'no-snapshot';
    if (takesGatewayAway(wish, setting)) return 'arc-gateway';
    return otherKinds(wish, setting).length > 0 ? 'other-kind' : undefined;
  }
  if (wish.kind === 'set' && wish.server === '') return 'no-server';
  if (gatewaySignsOf(setting).length > 0 && !keepsGateway(wish, setting)) return 'arc-gateway';
  return otherKinds(wish, setting).length > 0 ? 'other-kind' : undefined;
}

/** Whether a node that goes out through Arc gateway still does when its proxy was set. */
function keepsGateway(wish: Exclude<Wish, { kind: 'put-back' }>, setting: ProxySetting): boolean {
  if (wish.kind !== 'set') return false;
  if (keepsArcGateway(wish.server, ownNamesOf(setting))) return true;
  // Its own server stays in WinINet; what netsh would write is not known before.
  const isForetold = setting.node !== undefined && !wish.extras.winHttp;
  return wish.keepsServer === true && isForetold && !takesGatewayAway(wish, setting);
}

/** Values in the way of a wish, since they could not be put back as they are; the scripts hold the same rule. */
export function otherKinds(wish: Wish, { node }: ProxySetting): readonly ValueId[] {
  if (node === undefined) return [];
  if (wish.kind === 'put-back') {
    const { values } = wish.record;
    const ids = idsToPutBack(wish.record, node.values, node.account);
    return ids.filter(id => isOther(node.values[id]) || (values !== undefined && isOther(values[id])));
  }
  const { winHttp, environment } = wish.extras;
  return VALUE_IDS.filter(id => {
    const isLeftAlone = (id.startsWith('winhttp') && !winHttp) || (id.startsWith('env.') && !environment);
    return !isLeftAlone && isOther(node.values[id]);
  });
}

/** Whether a node that goes out through Arc gateway by now loses a sign of it, as with a copy of the time before. */
function takesGatewayAway(wish: Wish, setting: ProxySetting): boolean {
  const { node, agent } = setting;
  if (node === undefined) return false;
  const layers = readLayers(valuesAfter(wish, node.values, node.account), agent);
  const signs = arcGatewaySigns(layers, agent, ownNamesOf(setting));
  return gatewaySignsOf(setting).some(sign => !signs.includes(sign));
}

/** In what way a reading is not what was wished; empty when it is. */
export function differencesTo(setting: ProxySetting, wish: Wish): readonly Difference[] {
  const { node } = setting;
  if (wish.kind === 'put-back') {
    const ids = node && wish.record.values ? idsToPutBack(wish.record, node.values, node.account) : undefined;
    return ids === undefined ? ['unreadable'] : ids.length === 0 ? [] : ['not-as-before'];
  }
  const found = [...differencesFrom(setting, wish.kind === 'set' ? wish : undefined)];
  if (node === undefined) return found;
  // The account's own proxy is not the tool's: what is left once the machine has none.
  const own =
    wish.kind === 'remove' && !setting.machineWide ? found.filter(each => each === 'unreadable') : found;
  const { machine, winhttp } = node.layers;
  if (wish.kind === 'remove' && (!machine.readable || hasAny(machine))) own.push('left-over');
  if (wish.extras.winHttp && !isSame(winhttp, wish)) own.push('winhttp');
  if (wish.extras.environment && environmentOf(wish).some(([id, value]) => node.values[id] !== value))
    own.push('environment');
  return [...new Set(own)];
}

function hasAny(layer: Layer): boolean {
  return layer.server !== '' || layer.pacUrl !== '' || layer.autoDetect;
}

function isSame(layer: Layer, wish: Wish): boolean {
  if (!layer.readable) return false;
  if (wish.kind !== 'set') return layer.server === '';
  return sameProxyKey(layer.server) === sameProxyKey(wish.server) && layer.bypass === wish.bypass.join(';');
}

function environmentOf(wish: Wish): readonly (readonly [ValueId, RawValue])[] {
  if (wish.kind !== 'set')
    return (['env.HTTP_PROXY', 'env.HTTPS_PROXY', 'env.NO_PROXY'] as const).map(id => [id, ABSENT]);
  const url = (scheme: 'http' | 'https'): RawValue => {
    const server = serverFor(scheme, wish.server);
    if (server === '') return ABSENT;
    return `String|${/^https?:\/\//i.test(server) ? server : `http://${server}`}`;
  };
  const bypass = toNoProxy(wish.bypass).text;
  return [
    ['env.HTTP_PROXY', url('http')],
    ['env.HTTPS_PROXY', url('https')],
    ['env.NO_PROXY', bypass === '' ? ABSENT : `String|${bypass}`],
  ];
}

/** An account's own values go back only to the account that they were taken from. */
function idsToPutBack(record: ChangeRecord, now: RawValues, account: string): readonly ValueId[] {
  if (record.values === undefined) return [];
  const isOwn = record.who !== '' && record.who.toLowerCase() === account.toLowerCase();
  return changedIds(record.values, now).filter(id => isOwn || !isAccountValue(id));
}

/** A command for a node, before its change has an id. */
export interface Order {
  readonly script: 'Set-ProxySetting' | 'Remove-ProxySetting' | 'Restore-ProxySetting';
  readonly parameters: Readonly<Record<string, string | boolean | readonly string[]>>;
  /** By which names the node writes values again, as its copy tells; for showing. */
  readonly names?: SpelledNames;
}

/** The order that takes a node from a reading to the wish. Without raw values, only WinINet by the documented command. */
export function orderFor(wish: Wish, { node }: ProxySetting): Order {
  if (wish.kind === 'put-back') return putBack(wish.record, node?.values, node?.account ?? '');
  const values: Partial<Record<ValueId, RawValue>> =
    wish.kind === 'remove' && node ? { ...leftOver(node.values) } : {};
  if (wish.extras.environment) for (const [id, value] of environmentOf(wish)) values[id] = value;
  const extras = {
    Values: rawLines(values),
    ...(wish.extras.winHttp && { WinHttp: wish.kind === 'set' ? 'set' : 'direct' }),
    ...(wish.extras.restartAgent && { RestartAgent: true }),
  };
  return wish.kind === 'set'
    ? { script: 'Set-ProxySetting', parameters: { Server: wish.server, Bypass: wish.bypass, ...extras } }
    : { script: 'Remove-ProxySetting', parameters: extras };
}

/** Every value of a node when the wish has come true, WinHTTP's own apart: those netsh makes. */
export function valuesAfter(wish: Wish, now: RawValues, account: string): RawValues {
  if (wish.kind === 'put-back') {
    const { values } = wish.record;
    if (values === undefined) return now;
    return { ...now, ...valuesOf(values, idsToPutBack(wish.record, now, account)) };
  }
  const extras = wish.extras.environment ? Object.fromEntries(environmentOf(wish)) : {};
  if (wish.kind === 'remove') return { ...now, ...leftOver(now), policy: ABSENT, ...extras };
  const options = {
    flags: DIRECT_FLAG + PROXY_FLAG,
    server: wish.server,
    bypass: wish.bypass.join(';'),
    pacUrl: '',
  };
  const blob = writeConnection(options, now['machine.default']);
  return { ...now, policy: 'DWord|0', 'machine.default': blob, 'machine.legacy': blob, ...extras };
}

function valuesOf(values: RawValues, ids: readonly ValueId[]): Partial<RawValues> {
  return Object.fromEntries(ids.map(id => [id, values[id]]));
}

/** Back to the values that a node had; all of them, or those of the machine. */
export function orderToPutBack(values: RawValues, now: RawValues): Order {
  return restore(values, changedIds(values, now));
}

function putBack(record: ChangeRecord, now: RawValues | undefined, account: string): Order {
  const values = record.values;
  if (values === undefined || now === undefined)
    return { script: 'Restore-ProxySetting', parameters: { Values: [] } };
  const order = restore(values, idsToPutBack(record, now, account));
  return { ...order, ...(record.names && { names: record.names }) };
}

function restore(values: RawValues, ids: readonly ValueId[]): Order {
  // One that cannot be written would have all of them refused.
  const known = ids.filter(id => !isOther(values[id]));
  return { script: 'Restore-ProxySetting', parameters: { Values: rawLines(values, known) } };
}

/** What the documented command leaves behind when it removes: the machine's own values, direct from then on. */
function leftOver(now: RawValues): Partial<RawValues> {
  const former = now['machine.default'];
  if (former === ABSENT && now['machine.legacy'] === ABSENT) return { policy: ABSENT };
  const direct = writeConnection({ flags: 1, server: '', bypass: '', pacUrl: '' }, former);
  return { policy: ABSENT, 'machine.default': direct, 'machine.legacy': direct };
}

/** Whether a node can be given back what it has now: every value was read. */
export function canGoBack(setting: ProxySetting): boolean {
  return setting.node !== undefined;
}

/** A short text of what values say, for the history. */
export function summaryOf(values: RawValues | undefined): string {
  if (values === undefined) return '';
  const { machine, winhttp } = readLayers(values, undefined);
  const server = !machine.readable ? '?' : machine.inForce ? machine.server : '';
  const detection = machine.inForce && machine.autoDetect ? 'WPAD' : '';
  return [server, machine.pacUrl, detection, winhttp.server && `WinHTTP ${winhttp.server}`]
    .filter(part => part !== '')
    .join(', ');
}

/** What is kept on the node with a change, so that any browser can tell what it was. */
export function noteFor(wish: Wish, kind: ChangeKind, change: string, before: ProxySetting): ChangeNote {
  const from = summaryOf(before.node?.values);
  const agent = before.agent && { agent: before.agent };
  if (wish.kind === 'put-back') {
    const target = wish.record.note?.change ?? wish.record.id;
    return { kind, change, from, to: summaryOf(wish.record.values), target, ...agent };
  }
  const extras = {
    ...(wish.extras.winHttp && { winHttp: true }),
    ...(wish.extras.environment && { environment: true }),
    ...agent,
  };
  if (wish.kind === 'remove') return { kind, change, from, to: '', ...extras };
  const { server, bypass } = wish;
  return {
    kind,
    change,
    from,
    to: server,
    server,
    bypass,
    ...extras,
    ...(wish.keepsServer && { keepsServer: true }),
  };
}

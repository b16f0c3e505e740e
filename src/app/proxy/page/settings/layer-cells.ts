import type { Text } from '../../../ui/words/text';
import {
  type Aside,
  asideFromWinInet,
  gatewaySignsOf,
  type LayerDifference,
  layersOf,
} from '../../setting/compare-layers';
import { isHidden } from '../../setting/credentials';
import { type Layer, type LayerName, LAYERS } from '../../setting/layers/layers';
import type { ProxyRow } from '../../state/proxy.store';
import { layerText, ownerText, unreadText } from './setting-text';

/** One layer of one node, as the table shows it. */
export interface LayerCell {
  readonly name: LayerName;
  readonly text: string;
  /** As stored; '' for none. */
  readonly bypass: string;
  /** How many hosts the list names, where it is too long to be shown at once. */
  readonly many?: number;
  /** A part of the list that Windows takes for one host, although commas stand in it. */
  readonly joined?: string;
  /** Of WinINet's two, which one counts; absent for the others, and where nothing is left that could. */
  readonly force?: 'in-force' | 'asleep';
  /** In what way it is not as on most nodes, in words. */
  readonly differs?: string;
  readonly aside?: Aside;
  /** It holds a user name or password, which is left out. */
  readonly hides?: true;
  /** Why it could not be read, from the node. */
  readonly why?: string;
}

/** Characters of a bypass list that are shown at once. */
const SHORT = 90;

/** A node's layers in the order of the columns; one that was not told is not known. */
export function layerCells(t: Text, { reading, differs }: ProxyRow): readonly LayerCell[] {
  if (reading.at !== 'read') {
    return LAYERS.map(name => ({ name, text: t('proxy.unknown'), bypass: '' }));
  }
  const { setting } = reading;
  const layers = layersOf(setting);
  return LAYERS.map((name): LayerCell => {
    const layer = layers[name];
    if (layer === undefined) {
      const isAbsent = name === 'agent' && setting.node !== undefined;
      const text = t(isAbsent ? 'proxy.layer.absent' : 'proxy.unknown');
      return {
        name,
        text,
        bypass: '',
        ...(isAbsent && differs.has(name) && { differs: t('proxy.differs') }),
      };
    }
    const unread =
      name === 'agent' && setting.agent !== undefined && 'unread' in setting.agent
        ? setting.agent
        : undefined;
    const text =
      unread === undefined ? layerText(t, { ...layer, bypass: '' }) : t('proxy.layer.agent.unread');
    const isNoProxy = name === 'environment' || name === 'agent';
    const entries = layer.bypass.split(isNoProxy ? ',' : /[;\s]+/).filter(entry => entry.trim() !== '');
    const joined = isNoProxy ? undefined : entries.find(entry => entry.includes(','));
    const isWinInet = name === 'machine' || name === 'account';
    const isEmpty = layer.readable && text === t('proxy.none');
    const aside = asideFromWinInet(setting, name);
    const difference = differs.get(name);
    return {
      name,
      text,
      bypass: layer.bypass,
      ...(layer.bypass.length > SHORT && { many: entries.length }),
      ...(joined !== undefined && { joined }),
      ...(isWinInet && (layer.inForce || !isEmpty) && { force: layer.inForce ? 'in-force' : 'asleep' }),
      ...(difference && { differs: differenceText(t, difference, layer) }),
      ...(aside && { aside }),
      ...(hidesAny(layer) && { hides: true }),
      ...(unread && { why: unreadText(t, unread) }),
    };
  });
}

function hidesAny({ server, pacUrl }: Layer): boolean {
  return isHidden(server) || isHidden(pacUrl);
}

function differenceText(t: Text, difference: LayerDifference, { inForce }: Layer): string {
  if (difference === 'setting') return t('proxy.differs');
  if (difference === 'bypass') return t('proxy.differs.bypass');
  return t(inForce ? 'proxy.differs.in-force' : 'proxy.differs.asleep');
}

/** Everything that a cell says, on one line. */
export function cellText(
  t: Text,
  { text, bypass, joined, force, differs, aside, hides, why }: LayerCell,
): string {
  return [
    text,
    why ?? '',
    hides ? t('proxy.layer.credentials') : '',
    force === undefined ? '' : t(`proxy.layer.${force}`),
    differs ?? '',
    aside === undefined ? '' : t(`proxy.layer.other.${aside}`),
    bypass === '' ? '' : t('proxy.layer.bypass', bypass),
    joined === undefined ? '' : t('proxy.layer.bypass.joined', joined),
  ]
    .filter(part => part !== '')
    .join('. ');
}

/** Who writes the settings beside this tool. */
export function ownersOf(t: Text, { reading }: ProxyRow): readonly string[] {
  if (reading.at !== 'read') return [t('proxy.unknown')];
  const { node } = reading.setting;
  const notes = [
    ...(gatewaySignsOf(reading.setting).length > 0 ? [t('proxy.owner.arc-gateway')] : []),
    ...(node?.owners ?? []).map(owner => ownerText(t, owner)),
  ];
  return notes.length > 0 ? notes : [t(node === undefined ? 'proxy.unknown' : 'proxy.layer.nobody')];
}

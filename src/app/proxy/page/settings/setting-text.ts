import type { Text } from '../../../ui/words/text';
import type { UnreadAgent } from '../../setting/layers/arc-agent';
import { isHidden } from '../../setting/credentials';
import type { Layer, Layers } from '../../setting/layers/layers';
import type { Owner, ProxySetting } from '../../setting/proxy-setting';

/** Everything that a change touches, in words: none left out. */
export function settingTexts(t: Text, setting: ProxySetting | undefined): readonly string[] {
  if (setting === undefined) return [t('proxy.unknown')];
  const { node, server, pacUrl, autoDetect, leftoverServer } = setting;
  const texts: string[] = [];
  if (!setting.readable) texts.push(t('proxy.setting.unreadable'));
  else {
    if (server === '' && pacUrl === '') texts.push(t('proxy.setting.none'));
    if (server !== '') texts.push(serverText(t, setting));
    if (pacUrl !== '') texts.push(t('proxy.setting.script', pacUrl));
    if (autoDetect) texts.push(t('proxy.setting.detect'));
    if (leftoverServer !== '') texts.push(t('proxy.setting.leftover', leftoverServer));
  }
  if (node !== undefined) texts.push(...layerTexts(t, setting.machineWide, node.layers));
  if (texts.some(isHidden)) texts.push(t('proxy.layer.credentials'));
  return texts;
}

function layerTexts(
  t: Text,
  machineWide: boolean,
  { account, winhttp, environment }: Layers,
): readonly string[] {
  return [
    ...(machineWide && hasAny(account) ? [t('proxy.setting.own', layerText(t, account))] : []),
    ...(hasAny(winhttp) ? [t('proxy.setting.winhttp', layerText(t, winhttp))] : []),
    ...(hasAny(environment) ? [t('proxy.setting.environment', layerText(t, environment))] : []),
  ];
}

/** One layer on its own. */
export function layerText(t: Text, layer: Layer | undefined): string {
  if (layer === undefined) return t('proxy.layer.absent');
  if (!layer.readable) return t('proxy.setting.unreadable');
  const parts = [
    layer.server,
    layer.pacUrl === '' ? '' : t('proxy.setting.script', layer.pacUrl),
    layer.autoDetect ? t('proxy.setting.detect') : '',
  ].filter(part => part !== '');
  if (parts.length === 0) return t('proxy.none');
  const text = parts.join('; ');
  return layer.bypass === '' ? text : t('proxy.setting.bypass', text, layer.bypass);
}

/** Why the agent could not be asked, as it said itself. */
export function unreadText(t: Text, { unread }: UnreadAgent): string {
  return unread === '' ? t('proxy.layer.agent.silent') : unread;
}

export function ownerText(t: Text, { by, names, unread }: Owner): string {
  return unread === undefined ? t(`proxy.owner.${by}`, names) : t(`proxy.owner.unread.${by}`, unread);
}

/**
 * Who may have written what was read, where it is not what the tool wrote.
 *
 * @param mustBe somebody wrote it, known or not
 */
export function writersOf(t: Text, { node }: ProxySetting, mustBe: boolean): readonly string[] {
  if (node === undefined) return mustBe ? [t('proxy.results.writer-untold')] : [];
  if (node.owners.length > 0) return node.owners.map(owner => ownerText(t, owner));
  return mustBe ? [t('proxy.results.writer-unknown')] : [];
}

function hasAny(layer: Layer): boolean {
  return !layer.readable || layer.server !== '' || layer.pacUrl !== '' || layer.autoDetect;
}

function serverText(t: Text, setting: ProxySetting): string {
  const server = t(setting.machineWide ? 'proxy.setting.machine' : 'proxy.setting.account', setting.server);
  return setting.bypass.length === 0 ? server : t('proxy.setting.bypass', server, setting.bypass.join('; '));
}

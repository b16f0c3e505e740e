import type { Text } from '../../../ui/words/text';
import { otherKinds } from '../../change/order';
import { forecastOf } from '../../change/preview/forecast';
import {
  canChoose,
  type PreviewRow,
  type PreviewState,
  type Reservation,
  reservationsOf,
  stateOf,
} from '../../change/preview/preview';
import { kindOf, VALUE_PLACES } from '../../setting/layers/raw-values';
import { settingTexts, unreadText } from '../settings/setting-text';
import { laterOf } from './failing-texts';

const DOUBTFUL: ReadonlySet<PreviewState> = new Set(['partly', 'gives-up', 'not-tested', 'untested-after']);

export function beforeTexts(t: Text, { setting }: PreviewRow): readonly string[] {
  return settingTexts(t, setting);
}

/** Nothing new where the node keeps what it has. */
export function afterTexts(t: Text, row: PreviewRow): readonly string[] {
  if (row.setting === undefined) return [t('proxy.unknown')];
  if (!canChoose(row)) return [t('proxy.preview.same')];
  return settingTexts(t, forecastOf(row.setting, row.wish));
}

/** The outcome of the test, and what else speaks against the change. */
export function judgedTexts(t: Text, row: PreviewRow): readonly string[] {
  return [stateText(t, row), ...reservationsOf(row).map(each => t(`proxy.preview.reservation.${each}`))];
}

export function stateText(t: Text, row: PreviewRow): string {
  const state = stateOf(row);
  const isProposed = (state === 'gives-up' || state === 'untested-after') && reservationsOf(row).length === 0;
  const text = t(`proxy.preview.state.${state}`);
  return isProposed ? `${text} ${t('proxy.preview.all-the-same')}` : text;
}

/** Beside the words, never in their place. */
export function signOf(row: PreviewRow): string {
  const state = stateOf(row);
  if (reservationsOf(row).length > 0 && (state === 'ready' || state === 'partly')) return '!';
  if (state === 'ready' || state === 'already') return '✓';
  if (state === 'checking') return '…';
  return DOUBTFUL.has(state) ? '!' : '✕';
}

/** What the node said in place of what was asked; '' for nothing. */
export function saidInstead(t: Text, { setting }: PreviewRow, reservation: Reservation): string {
  if (reservation === 'no-way-back') return setting?.untold ?? '';
  const agent = setting?.agent;
  return agent !== undefined && 'unread' in agent ? unreadText(t, agent) : '';
}

/** How many needed endpoints answer through the proxy that is wished, or by whatever the node has afterwards; '' untested. */
export function reachesText(t: Text, { preFlight, wish }: PreviewRow): string {
  if (preFlight.at !== 'tested') return '';
  const { reached, answered, failing } = preFlight.proof;
  const answering = reached.size + answered.length;
  return t(`proxy.preview.reaches${laterOf(wish)}`, answering, answering + failing.length);
}

/** Places of the values that could not be put back, with their kinds. */
export function othersText({ setting, wish }: PreviewRow): string {
  if (setting?.node === undefined) return '';
  const { values } = setting.node;
  return otherKinds(wish, setting)
    .map(id => `${VALUE_PLACES[id].join('\\')} (${kindOf(values[id])})`)
    .join('; ');
}

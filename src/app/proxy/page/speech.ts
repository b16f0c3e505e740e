import type { Text } from '../../ui/words/text';
import { countChange, type ProxyChange } from '../change/change-plan';
import type { ProxyRow } from '../state/proxy.store';

/** How far a change is, then how it ended; '' for none. */
export function changeSentence(change: ProxyChange | undefined, t: Text): string {
  if (change === undefined) return '';
  const counts = countChange(change);
  const all = change.nodes.length;
  if (counts.open > 0) return t('proxy.results.progress', all - counts.open, all);
  const right = counts.verified + counts.unchanged;
  return [
    t('proxy.results.summary', right, counts.unsuccessful, counts.skipped),
    counts.stopped === 0 ? '' : t('proxy.results.summary.stopped', counts.stopped),
    counts.losing === 0 ? '' : t('proxy.results.summary.losing', counts.losing),
    counts.unproven === 0 ? '' : t('proxy.results.summary.unproven', counts.unproven),
    counts.unknown + counts.rolledBack === 0
      ? ''
      : t('proxy.results.summary.more', counts.rolledBack, counts.unknown),
  ]
    .filter(sentence => sentence !== '')
    .join(' ');
}

/** What is spoken of a change: start, quarters and end, however many nodes it has. */
export function changeSpeech(change: ProxyChange | undefined, t: Text): string {
  const open = change === undefined ? 0 : countChange(change).open;
  if (change === undefined || open === 0) return changeSentence(change, t);
  const all = change.nodes.length;
  return t('proxy.results.progress', quarter(all - open, all), all);
}

/** What is spoken when the nodes have been read: of how many, and how much there is to look at; '' while they are. */
export function readingSpeech(rows: readonly ProxyRow[], notices: number, t: Text): string {
  if (rows.length === 0 || rows.some(({ reading }) => reading.at === 'loading')) return '';
  const read = rows.filter(({ reading }) => reading.at === 'read').length;
  const sentence = t('proxy.live.read', read, rows.length);
  return notices === 0 ? sentence : `${sentence} ${t('proxy.live.notices', notices)}`;
}

/** What is spoken of installing the module: quarters and end. */
export function installationSpeech(rows: readonly ProxyRow[], t: Text): string {
  const all = rows.flatMap(({ installation }) => (installation === undefined ? [] : [installation.at]));
  const count = (at: string): number => all.filter(each => each === at).length;
  if (all.length === 0) return '';
  return count('running') > 0
    ? t('proxy.live.installing', quarter(all.length - count('running'), all.length), all.length)
    : t('proxy.live.installed', count('done'), count('failed'));
}

/** The last quarter of all that so many have passed, as their number. */
function quarter(done: number, all: number): number {
  return Math.ceil((all * Math.floor((4 * done) / all)) / 4);
}

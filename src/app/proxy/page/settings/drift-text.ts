import type { Text } from '../../../ui/words/text';
import type { Drift } from '../../change/drift';
import { writersOf } from './setting-text';

/** In what way a node is not as the last change wanted it, how that came, and who else writes what it has. */
export function driftText(t: Text, { setting, why, differences }: Drift): string {
  return [
    ...(why === undefined ? [] : [t(`proxy.drift.why.${why}`)]),
    ...differences.map(difference => t(`proxy.difference.${difference}`)),
    ...(why === undefined ? writersOf(t, setting, false).map(text => `${text}.`) : []),
  ].join(' ');
}

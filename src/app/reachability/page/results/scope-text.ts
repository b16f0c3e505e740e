import type { Text } from '../../../ui/words/make-text';
import type { Agreement } from '../../view/agreement';

/** As many nodes are named in a cell; the others are counted. */
const NAMED = 3;

/** For whom a cell speaks, in words: `all nodes`, `node3`, `node3, node5 and 4 more nodes`. */
export function scopeText(t: Text, { scope, nodes }: Agreement, names: readonly string[]): string {
  if (scope !== 'named') return t(`reachability.scope.${scope}`);
  const of = nodes.map(index => names[index] ?? '');
  if (of.length <= NAMED) return of.join(', ');
  return t('reachability.scope.more', of.slice(0, NAMED - 1).join(', '), of.length - NAMED + 1);
}

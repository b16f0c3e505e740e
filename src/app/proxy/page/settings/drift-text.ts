import type { Text } from '../../../ui/words/text';
import type { Drift } from '../../change/drift';
import { writersOf } from './setting-text';

/** One line for all nodes of which the same is to be said. */
export function driftLines(
  t: Text,
  drift: readonly Drift[],
): readonly { readonly names: string; readonly what: string }[] {
  const names = new Map<string, string[]>();
  for (const item of drift) {
    const what = driftText(t, item);
    names.set(what, [...(names.get(what) ?? []), item.node.name]);
  }
  return [...names].map(([what, of]) => ({ names: of.join(', '), what }));
}

/** In what way a node is not as the last change wanted it, how that came, and who else writes what it has. */
function driftText(t: Text, { setting, why, differences }: Drift): string {
  return [
    ...(why === undefined ? [] : [t(`proxy.drift.why.${why}`)]),
    ...differences.map(difference => t(`proxy.difference.${difference}`)),
    ...(why === undefined ? writersOf(t, setting, false).map(text => `${text}.`) : []),
  ].join(' ');
}

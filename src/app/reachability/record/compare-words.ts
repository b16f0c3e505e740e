import type { Text } from '../../ui/words/make-text';
import { type Comparison, OUTCOMES } from './compare';

/** A comparison in sentences: what became of the results, and how far it reaches. */
export function comparisonText(
  { counts, proof, both, alone }: Comparison,
  hasOtherWay: boolean,
  t: Text,
): string {
  const isSame = both > 0 && proof === 0 && OUTCOMES.every(each => each === 'still' || counts[each] === 0);
  return [
    both === 0 ? t('reachability.compare.nothing') : '',
    isSame ? t('reachability.compare.same', both, counts.still) : '',
    both === 0 || isSame
      ? ''
      : t(`reachability.compare.${hasOtherWay ? 'ways.' : ''}counts`, ...OUTCOMES.map(each => counts[each])),
    proof === 0 ? '' : t('reachability.compare.proof', proof),
    alone === 0 ? '' : t('reachability.compare.alone', alone),
  ]
    .filter(sentence => sentence !== '')
    .join(' ');
}

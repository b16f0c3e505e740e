import type { Text } from './make-text';

/** A number of things as the language of the strings writes it: 4,286. Where a sentence has forms, it wants the number itself. */
export function countText(count: number, t: Text): string {
  return count.toLocaleString(t('common.language'));
}

import type { Text } from '../../ui/words/make-text';
import type { Sentence } from './finding';

/** A sentence in the words of the chosen language. */
export function say({ key, values }: Sentence, t: Text): string {
  return t(key, ...values.map(value => (typeof value === 'object' ? say(value, t) : value)));
}

import { effect, type Signal, signal, untracked, type WritableSignal } from '@angular/core';

/**
 * The sentence as it is spoken after `before`, also where both are the same: screen readers speak what changes in a live
 * region, so a sentence that comes again gets a blank at its end that is neither seen nor heard.
 */
export function spokenAfter(before: string, sentence: string): string {
  return sentence !== '' && sentence === before ? `${sentence}\u00A0` : sentence;
}

/**
 * What a page speaks: each new sentence of `sources`, and what it is given itself. What stood there when the page came was
 * spoken elsewhere.
 *
 * Needs an injection context.
 */
export function speaking(...sources: readonly Signal<string>[]): WritableSignal<string> {
  const spoken = signal('');
  for (const source of sources) {
    let last = untracked(source);
    effect(() => {
      const sentence = source();
      if (sentence === last) return;
      last = sentence;
      untracked(() => spoken.set(sentence));
    });
  }
  return spoken;
}

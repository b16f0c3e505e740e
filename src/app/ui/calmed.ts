import { DestroyRef, effect, inject, PendingTasks, type Signal, signal, untracked } from '@angular/core';

/**
 * Follows a signal that changes often: at once when it has been still, then at most every `ms`, and never later than
 * that. What a whole page is computed from need not follow every one of 32,000 results.
 *
 * Needs an injection context.
 */
export function calmed<T>(source: Signal<T>, ms: number): Signal<T> {
  const calm = signal(untracked(source));
  const pending = inject(PendingTasks);
  let last = -Infinity;
  let stop: (() => void) | undefined;
  const follow = (): void => {
    last = performance.now();
    calm.set(untracked(source));
  };
  effect(() => {
    source();
    if (stop !== undefined) return;
    const wait = last + ms - performance.now();
    if (wait <= 0) {
      untracked(follow);
      return;
    }
    // Whoever waits for the page to be still waits for this too.
    const done = pending.add();
    const timer = setTimeout(() => {
      stop?.();
      follow();
    }, wait);
    stop = () => {
      clearTimeout(timer);
      stop = undefined;
      done();
    };
  });
  inject(DestroyRef).onDestroy(() => stop?.());
  return calm.asReadonly();
}

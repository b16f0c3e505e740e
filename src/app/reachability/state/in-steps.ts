import type { PendingTasks } from '@angular/core';

/**
 * Goes through work, a task for each step, so that the page can answer meanwhile.
 *
 * @param pending whoever waits for the page to be still waits for this too
 * @returns what stops it; then `done` is not called
 */
export function inSteps<T>(
  work: Iterator<undefined, T>,
  pending: PendingTasks,
  done: (value: T) => void,
): () => void {
  const ended = pending.add();
  const goOn = (): void => {
    const step = work.next();
    if (step.done !== true) {
      timer = setTimeout(goOn);
      return;
    }
    done(step.value);
    ended();
  };
  let timer = setTimeout(goOn);
  return () => {
    clearTimeout(timer);
    ended();
  };
}

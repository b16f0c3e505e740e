import type { PendingTasks } from '@angular/core';

/** Small steps share a task until it took so long, ms: between two tasks a browser may wait longer than a step takes. */
const TASK_MS = 10;

/**
 * Goes through work, some steps in a task, so that the page can answer meanwhile.
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
    const end = performance.now() + TASK_MS;
    for (;;) {
      const step = work.next();
      if (step.done === true) {
        done(step.value);
        ended();
        return;
      }
      if (performance.now() >= end) break;
    }
    timer = setTimeout(goOn);
  };
  let timer = setTimeout(goOn);
  return () => {
    clearTimeout(timer);
    ended();
  };
}

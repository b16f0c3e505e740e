import type { Frame } from 'playwright-core';

/** What happened since the last report. */
export interface Report {
  /** The longest task, ms; 0 when none was longer than the browser calls long (50 ms). */
  readonly task: number;
  readonly elements: number;
}

interface Watched {
  longest: number;
  observer?: PerformanceObserver;
}

/** Begins to note long tasks in the tool's document; again after each reload. */
export function watchPage(tool: Frame): Promise<void> {
  return tool.evaluate(() => {
    const watched: Watched = { longest: 0 };
    (globalThis as unknown as { watched: Watched }).watched = watched;
    watched.observer = new PerformanceObserver(list => {
      for (const { duration } of list.getEntries()) watched.longest = Math.max(watched.longest, duration);
    });
    watched.observer.observe({ type: 'longtask' });
  });
}

/** The longest task since the last report. Waits until the browser has told of all that are over. */
export function takeReport(tool: Frame): Promise<Report> {
  return tool.evaluate(async () => {
    const { watched } = globalThis as unknown as { watched: Watched };
    // Entries of a task are handed over in a later one, and the page may have put work off: an idle time, twice.
    for (let round = 0; round < 2; round += 1) {
      await new Promise<void>(resolve => requestIdleCallback(() => setTimeout(resolve, 300)));
    }
    for (const { duration } of watched.observer?.takeRecords() ?? []) {
      watched.longest = Math.max(watched.longest, duration);
    }
    const report = { task: watched.longest, elements: document.querySelectorAll('*').length };
    watched.longest = 0;
    return report;
  });
}

/**
 * Does something to an element, and answers when a frame is painted with which the page shows what was asked for: ms.
 *
 * @param act `click`, or a text to put into a field
 * @param done a selector that is there (or, with `!` before it, gone) when it is over
 */
export function timeUntil(
  tool: Frame,
  selector: string,
  act: { readonly click: true } | { readonly fill: string } | { readonly choose: string },
  done: string,
): Promise<number> {
  return tool.evaluate(
    ([where, what, until]) =>
      new Promise<number>((resolve, reject) => {
        const target = document.querySelector<HTMLElement>(where);
        if (target === null) {
          reject(new Error(`Nothing is at ${where}.`));
          return;
        }
        const isDone = (): boolean =>
          until.startsWith('!')
            ? document.querySelector(until.slice(1)) === null
            : document.querySelector(until) !== null;
        const began = performance.now();
        if ('click' in what) target.click();
        else if (target instanceof HTMLInputElement && 'fill' in what) {
          target.value = what.fill;
          target.dispatchEvent(new Event('input', { bubbles: true }));
        } else if (target instanceof HTMLSelectElement && 'choose' in what) {
          target.value = what.choose;
          target.dispatchEvent(new Event('change', { bubbles: true }));
        }
        const look = (): void => {
          // The next frame begins when this one is painted.
          if (isDone()) requestAnimationFrame(() => resolve(performance.now() - began));
          else if (performance.now() - began > 30_000) reject(new Error(`${until} did not come.`));
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
    [selector, act, done] as const,
  );
}

interface Watched {
  longest: number;
  observer?: PerformanceObserver;
}

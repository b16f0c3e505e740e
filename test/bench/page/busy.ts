import type { Browser, CDPSession } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time of the thread, µs. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * The processor time of the page's longest task: what a reader waits for on a computer that does nothing else, whatever
 * else this one does meanwhile.
 */
export class BusyTime {
  readonly #session: CDPSession;
  #events: TraceEvent[] = [];

  private constructor(session: CDPSession) {
    this.#session = session;
    session.on('Tracing.dataCollected', ({ value }) =>
      this.#events.push(...(value as unknown as TraceEvent[])),
    );
  }

  static async of(browser: Browser): Promise<BusyTime> {
    return new BusyTime(await browser.newBrowserCDPSession());
  }

  async begin(): Promise<void> {
    this.#events = [];
    await this.#session.send('Tracing.start', {
      transferMode: 'ReportEvents',
      traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline'] },
    });
  }

  /** ms; of all tasks since {@link begin}. */
  async end(): Promise<number> {
    const complete = new Promise(resolve => this.#session.once('Tracing.tracingComplete', resolve));
    await this.#session.send('Tracing.end');
    await complete;
    const pages = new Set(
      this.#events
        .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
        .map(({ pid, tid }) => `${String(pid)} ${String(tid)}`),
    );
    const longest = this.#events
      .filter(({ name, pid, tid }) => name === 'RunTask' && pages.has(`${String(pid)} ${String(tid)}`))
      .reduce((most, { tdur = 0 }) => Math.max(most, tdur), 0);
    return longest / 1000;
  }
}

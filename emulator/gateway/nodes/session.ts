import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type {
  NodeEngine,
  ScriptEnd,
  ScriptProgress,
  ScriptRequest,
  ScriptRun,
} from '../../nodes/node-engine.ts';
import { camelCased } from './camel-case.ts';
import { type PowerShellReply, type WireError, wireErrors } from '../http/reply.ts';

/** What came from the node since the last look. */
export interface SessionChunk {
  readonly results?: readonly unknown[];
  readonly progress?: readonly ScriptProgress[];
}

export interface SessionListener {
  chunk(chunk: SessionChunk): void;
  end(errors: readonly WireError[] | undefined): void;
}

/** One runspace of a node, as the gateway keeps it between requests of the browser. */
export class Session {
  readonly id: string = randomUUID();
  readonly node: string;
  #results: unknown[] = [];
  #progress: ScriptProgress[] = [];
  #errors: readonly WireError[] | undefined;
  #run: ScriptRun | undefined;
  #running = false;
  #ended: Promise<void> = Promise.resolve();
  #lastUse = Date.now();
  readonly #engine: NodeEngine;

  constructor(node: string, engine: NodeEngine) {
    this.node = node;
    this.#engine = engine;
  }

  get running(): boolean {
    return this.#running;
  }

  /** Milliseconds since anyone asked for this session. */
  get idleMs(): number {
    return Date.now() - this.#lastUse;
  }

  /** Begins a script; the one before must have ended. */
  start(request: ScriptRequest, listener?: SessionListener): void {
    if (this.#running) throw new Error('This session is still running a script.');
    this.#lastUse = Date.now();
    this.#results = [];
    this.#progress = [];
    this.#errors = undefined;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#ended = promise;
    this.#running = true;
    this.#run = this.#engine.run(request, {
      output: value => {
        const result = camelCased(value);
        this.#results.push(result);
        listener?.chunk({ results: [result] });
      },
      progress: record => {
        this.#progress.push(record);
        listener?.chunk({ progress: [record] });
      },
      end: end => {
        this.#finish(end, listener);
        resolve(undefined);
      },
    });
  }

  #finish(end: ScriptEnd, listener: SessionListener | undefined): void {
    this.#running = false;
    this.#errors = end.errors.length > 0 ? wireErrors(end) : undefined;
    listener?.end(this.#errors);
  }

  /**
   * Long poll: answers when the script has ended, else after `waitMs` with what came meanwhile. A browser
   * that has gone (`signal`) takes nothing away.
   */
  async take(waitMs: number, signal?: AbortSignal): Promise<PowerShellReply> {
    this.#lastUse = Date.now();
    if (this.#running) await waitFor(this.#ended, waitMs, signal);
    if (signal?.aborted) return { sessionId: this.id, completed: 'False', results: [] };
    const body: PowerShellReply = {
      sessionId: this.id,
      completed: this.#running ? 'False' : 'True',
      results: this.#results,
      ...(this.#progress.length > 0 ? { progress: this.#progress } : {}),
      ...(this.#errors && !this.#running ? { errors: this.#errors } : {}),
    };
    this.#results = [];
    this.#progress = [];
    return body;
  }

  /** Stops the script on the node and waits for its end, but no longer than `waitMs`. */
  async cancel(waitMs: number): Promise<void> {
    if (!this.#running) return;
    this.#run?.stop();
    await waitFor(this.#ended, waitMs);
  }
}

async function waitFor(ended: Promise<void>, waitMs: number, signal?: AbortSignal): Promise<void> {
  const timer = new AbortController();
  const stop = signal ? AbortSignal.any([signal, timer.signal]) : timer.signal;
  await Promise.race([ended, delay(waitMs, undefined, { signal: stop }).catch(() => undefined)]);
  timer.abort();
}

import type {
  NodeEngine,
  ScriptEnd,
  ScriptError,
  ScriptHandlers,
  ScriptRequest,
  ScriptRun,
} from '../../../emulator/nodes/node-engine.ts';

/** A run that the test plays the node for. */
export class FakeRun {
  readonly request: ScriptRequest;
  stops = 0;
  /** Settles when somebody has asked to stop. */
  readonly stopped: Promise<void>;
  readonly #told: () => void;
  #ended = false;
  readonly #handlers: ScriptHandlers;

  constructor(request: ScriptRequest, handlers: ScriptHandlers) {
    this.request = request;
    this.#handlers = handlers;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.stopped = promise;
    this.#told = () => {
      resolve(undefined);
    };
  }

  stop(): void {
    this.stops += 1;
    this.#told();
  }

  output(value: unknown): void {
    this.#handlers.output(value);
  }

  progress(activity: string, percentComplete: number): void {
    this.#handlers.progress?.({ activity, percentComplete });
  }

  end(errors: readonly ScriptError[] = [], stopped = false): void {
    if (this.#ended) return;
    this.#ended = true;
    const end: ScriptEnd = { errors, stopped };
    this.#handlers.end(end);
  }
}

/** An engine whose scripts do what the test says, when it says so. */
export class FakeEngine implements NodeEngine {
  readonly runs: FakeRun[] = [];
  readonly #waiting: ((run: FakeRun) => void)[] = [];
  /** What happens to every script at once; by default nothing, the test plays it. */
  play: ((run: FakeRun) => void) | undefined;
  /** Whether a stop ends the run, as an engine does between statements. */
  endsOnStop = true;

  run(request: ScriptRequest, handlers: ScriptHandlers): ScriptRun {
    const run = new FakeRun(request, handlers);
    this.runs.push(run);
    this.#waiting.shift()?.(run);
    this.play?.(run);
    return {
      stop: () => {
        run.stop();
        if (this.endsOnStop) run.end([], true);
      },
    };
  }

  /** The next script that the gateway starts. */
  next(): Promise<FakeRun> {
    return new Promise(resolve => {
      this.#waiting.push(resolve);
    });
  }

  state(): Promise<unknown> {
    return Promise.resolve({ runs: this.runs.length });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { NodeProcess } from '../lab/network/network.ts';
import { findDotnet, publishedFolder } from './dotnet.ts';
import { ownTemp } from '../lab/own-temp.ts';
import type {
  HostAnswer,
  HostError,
  HostProgress,
  NodeSeed,
  NodeSnapshot,
  RunOutcome,
} from './host-protocol.ts';
import type { NodeEngine, ScriptHandlers, ScriptRequest, ScriptRun } from './node-engine.ts';

/** Starts the host program; `scripts/build-host.ts` makes it. */
export function hostCommand(): readonly string[] {
  return [findDotnet(), join(publishedFolder('powershell-host'), 'powershell-host.dll')];
}

export interface RunRequest extends ScriptRequest {
  /** The run is stopped when it is over. */
  readonly timeoutMs?: number;
}

export interface RunHandlers extends Omit<ScriptHandlers, 'end' | 'progress'> {
  progress?(record: HostProgress): void;
  warning?(message: string): void;
  end(end: RunEnd): void;
}

/** How a run ended. */
export interface RunEnd {
  readonly outcome: RunOutcome;
  readonly errors: readonly (HostError & { readonly type: string })[];
  /** Cut short from outside, by a stop or by its time limit. */
  readonly stopped: boolean;
  readonly ms: number;
}

interface Waiting {
  answer(answer: HostAnswer): void;
  lost(reason: string): void;
}

/** One simulated node: the client side of its PowerShell host. */
export class PowerShellHost implements NodeEngine {
  readonly #process: NodeProcess;
  readonly #waiting = new Map<string, Waiting>();
  #lastId = 0;
  #over = '';

  constructor(process: NodeProcess) {
    this.#process = process;
    createInterface({ input: process.stdout }).on('line', line => {
      this.#receive(line);
    });
    process.stdin.on('error', () => undefined);
    void process.ended.then(() => {
      this.#end('The PowerShell host of the node has ended.');
    });
  }

  /** Starts a host in this computer's own network, with its error output passed on. */
  static spawn(env: Readonly<Record<string, string>> = {}): PowerShellHost {
    const [program = '', ...args] = hostCommand();
    const temp = ownTemp();
    const child = spawn(program, args, {
      env: { ...process.env, ...temp.environment, ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
      windowsHide: true,
    });
    const ended = new Promise<void>(resolve => {
      child.once('error', () => {
        resolve();
      });
      child.once('close', () => {
        resolve();
      });
    });
    return new PowerShellHost({
      stdin: child.stdin,
      stdout: child.stdout,
      ended: ended.then(() => temp.remove()),
      kill: () => {
        child.kill('SIGKILL');
      },
    });
  }

  /** Makes the node anew; runs that are under way are stopped. */
  async seed(node: NodeSeed): Promise<void> {
    await this.#ask({ op: 'seed', node });
  }

  run(request: RunRequest, handlers: RunHandlers): ScriptRun {
    const id = this.#nextId();
    const end = (outcome: RunOutcome, errors: readonly HostError[], ms: number): void => {
      this.#waiting.delete(id);
      handlers.end({
        outcome,
        errors: errors.map(error => ({ ...error, type: error.errorType })),
        stopped: outcome === 'stopped' || outcome === 'timedOut',
        ms,
      });
    };
    const lost = (message: string): void => {
      const category = 'ConnectionError';
      end('failed', [{ errorType: '', message, fullyQualifiedErrorId: '', category, line: 0 }], 0);
    };
    this.#waiting.set(id, {
      lost,
      answer: answer => {
        if (answer.end !== undefined) end(answer.end, answer.errors ?? [], answer.ms ?? 0);
        else if (answer.fatal !== undefined) lost(answer.fatal);
        else if (answer.progress !== undefined) handlers.progress?.(answer.progress);
        else if (answer.warning !== undefined) handlers.warning?.(answer.warning);
        else handlers.output(answer.output);
      },
    });
    this.#send({ id, op: 'run', ...request });
    return {
      stop: () => {
        if (this.#waiting.has(id)) this.#ask({ op: 'stop', target: id }).catch(() => undefined);
      },
    };
  }

  async state(): Promise<NodeSnapshot> {
    const { name, registry, environment, modules, calls } = (await this.#ask({
      op: 'state',
    })) as unknown as NodeSnapshot;
    return { name, registry, environment, modules, calls };
  }

  /** Ends the host; runs that are under way end with it. */
  async close(): Promise<void> {
    this.#process.stdin.end();
    const patience = setTimeout(() => {
      this.#process.kill();
    }, 5000);
    await this.#process.ended;
    clearTimeout(patience);
  }

  /** Ends the host at once, as a node that loses its power. */
  async kill(): Promise<void> {
    this.#process.kill();
    await this.#process.ended;
  }

  #ask(request: Readonly<Record<string, unknown>>): Promise<HostAnswer> {
    const id = this.#nextId();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, {
        answer: answer => {
          this.#waiting.delete(id);
          if (answer.fatal === undefined) resolve(answer);
          else reject(new Error(answer.fatal));
        },
        lost: reason => {
          reject(new Error(reason));
        },
      });
      this.#send({ id, ...request });
    });
  }

  #nextId(): string {
    this.#lastId += 1;
    return String(this.#lastId);
  }

  #send(request: Readonly<Record<string, unknown>>): void {
    if (this.#over === '') this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    // A caller must have its handle before it hears of the end.
    else
      queueMicrotask(() => {
        this.#end(this.#over);
      });
  }

  #receive(line: string): void {
    const answer = JSON.parse(line) as HostAnswer;
    if (answer.id !== undefined) this.#waiting.get(answer.id)?.answer(answer);
  }

  #end(reason: string): void {
    this.#over = reason;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const one of waiting) one.lost(reason);
  }
}

import { PowerShell, type PowerShellOptions } from '@microsoft/windows-admin-center-sdk/core/data/powershell';
import type { PowerShellConnection } from '@microsoft/windows-admin-center-sdk/core/data/powershell-connection';
import { defer, EMPTY, NEVER, Observable, switchMap, timer } from 'rxjs';
import { escapeCommandScript } from '../gateway/escape-command';
import { patiently } from '../gateway/gateway-patience';
import { toRemoteError } from '../gateway/remote-failure';
import { RemoteError, type RemoteCommand, type RemoteShell, type ScriptName } from '../remote-shell';

/** One answer of the gateway, as the SDK hands it on. */
interface Answer {
  readonly completed?: string;
  readonly results?: unknown;
  readonly errors?: readonly { readonly message?: string }[];
}

/** Judging hundreds of results at once would hold the page up; each turn after the fifth costs 4 ms that nothing happens in. */
const PER_TURN = 40;

/** Of a command that writes as it goes, the first results are wanted before the gateway's own first second is over. */
const FIRST_LOOK_MS = 300;
const WRITES_AS_IT_GOES: ReadonlySet<ScriptName> = new Set(['Test-Endpoint', 'Test-EndpointByCurl']);

const CHANGES = /^(Set|Remove|Install|Restore|Close|Add)-/;

/**
 * Runs our scripts through the SDK's PowerShell channel, with partial results and a cancel that reaches the node. A
 * gateway that is away for a moment costs nothing: looks for results are repeated (`PatientNodeConnection`), and so is the
 * start of a command that only reads.
 */
export class SdkRemoteShell implements RemoteShell {
  /** @param isAsking whether the administrator is being asked for a node's credentials, and each change of that */
  constructor(
    private readonly powerShell: PowerShellConnection,
    private readonly scripts: Readonly<Record<ScriptName, string>>,
    private readonly isAsking: (node: string) => Observable<boolean>,
  ) {}

  run(node: string, command: RemoteCommand, timeoutMs: number): Observable<unknown> {
    return new Observable(subscriber => {
      const changes = CHANGES.test(command.name);
      // A session of its own: the SDK runs a session's commands one after the other, and cancels by session.
      let session = this.powerShell.createAutomaticSession(node);
      let running = true;
      let answered = false;
      let ended = false;
      const cancel = (): void => {
        if (running) this.powerShell.cancel(session).subscribe();
      };
      const fail = (thrown: unknown): void => {
        running = false;
        clock.unsubscribe();
        subscriber.error(toRemoteError(node, thrown));
      };
      // It stands still while the administrator is asked for credentials: until then nothing can happen on the node.
      const clock = this.isAsking(node)
        .pipe(switchMap(asking => (asking ? NEVER : timer(timeoutMs))))
        .subscribe(() => {
          cancel();
          subscriber.error(new RemoteError('timeout', node, `${command.name}: ${timeoutMs} ms`));
        });
      const started = defer(() => {
        if (subscriber.closed) return EMPTY;
        session = this.powerShell.createAutomaticSession(node);
        // The SDK writes into what it is given.
        const options: PowerShellOptions = {
          ...{ partial: true, logAudit: changes, logTelemetry: false },
          ...(WRITES_AS_IT_GOES.has(command.name) && { waitTimeMs: FIRST_LOOK_MS }),
        };
        return this.powerShell.run(session, this.createCommand(command), options);
      });
      // Not unsubscribed on teardown: the SDK only cancels while it goes on polling.
      const answers: Observable<Answer | null> = started.pipe(
        patiently(() => !changes && !answered && !subscriber.closed),
      );
      inTurns(answers).subscribe({
        next: (answer: Answer | null) => {
          answered = true;
          for (const item of toArray(answer?.results)) if (!subscriber.closed) subscriber.next(item);
          ended = answer?.completed?.toLowerCase() === 'true';
          const message = answer?.errors?.[0]?.message;
          if (ended && message !== undefined && !subscriber.closed) fail({ response: answer });
        },
        error: fail,
        complete: () => {
          running = false;
          clock.unsubscribe();
          if (subscriber.closed) return;
          if (ended) subscriber.complete();
          else fail({ message: 'The gateway ended the command before it was finished.' });
        },
      });
      return () => {
        clock.unsubscribe();
        cancel();
      };
    });
  }

  /** The only place where a command for a node is made: every value passes through the escaping helper. */
  private createCommand(command: RemoteCommand): ReturnType<typeof PowerShell.createCommand> {
    const script = this.scripts[command.name];
    const made = PowerShell.createCommand({ command: command.name, script }, { ...command.parameters });
    return { ...made, script: escapeCommandScript(made.script) };
  }
}

/** The same answers with their results in turns; an end, good or bad, keeps its place behind them. */
function inTurns(answers: Observable<Answer | null>): Observable<Answer | null> {
  return new Observable(subscriber => {
    const waiting: (() => void)[] = [];
    let isAway = false;
    const goOn = (): void => {
      isAway = false;
      waiting.shift()?.();
      if (waiting.length > 0) comeBack();
    };
    const comeBack = (): void => {
      isAway = true;
      setTimeout(goOn);
    };
    const inOrder = (step: () => void): void => {
      if (isAway) waiting.push(step);
      else step();
    };
    return answers.subscribe({
      next: answer => {
        const results = toArray(answer?.results);
        for (let at = 0; at === 0 || at < results.length; at += PER_TURN) {
          const part = results.slice(at, at + PER_TURN);
          const isLast = at + PER_TURN >= results.length;
          inOrder(() => subscriber.next(isLast ? answer && { ...answer, results: part } : { results: part }));
          if (!isLast && !isAway) comeBack();
        }
      },
      error: (thrown: unknown) => inOrder(() => subscriber.error(thrown)),
      complete: () => inOrder(() => subscriber.complete()),
    });
  });
}

function toArray(results: unknown): readonly unknown[] {
  if (results === null || results === undefined) return [];
  return Array.isArray(results) ? results : [results];
}

import { PowerShell, type PowerShellOptions } from '@microsoft/windows-admin-center-sdk/core/data/powershell';
import type { PowerShellConnection } from '@microsoft/windows-admin-center-sdk/core/data/powershell-connection';
import { Observable } from 'rxjs';
import { escapeCommandScript } from './escape-command';
import { toRemoteError } from './remote-failure';
import { RemoteError, type RemoteCommand, type RemoteShell, type ScriptName } from './remote-shell';

/** One answer of the gateway, as the SDK hands it on. */
interface Answer {
  readonly completed?: string;
  readonly results?: unknown;
  readonly errors?: readonly { readonly message?: string }[];
}

const CHANGES = /^(Set|Remove|Install)-/;

/** Runs our scripts through the SDK's PowerShell channel, with partial results and a cancel that reaches the node. */
export class SdkRemoteShell implements RemoteShell {
  constructor(
    private readonly powerShell: PowerShellConnection,
    private readonly scripts: Readonly<Record<ScriptName, string>>,
  ) {}

  run(node: string, command: RemoteCommand, timeoutMs: number): Observable<unknown> {
    return new Observable(subscriber => {
      // A session of its own: the SDK runs a session's commands one after the other, and cancels by session.
      const session = this.powerShell.createAutomaticSession(node);
      const options: PowerShellOptions = {
        partial: true,
        logAudit: CHANGES.test(command.name),
        logTelemetry: false,
      };
      let running = true;
      let ended = false;
      const cancel = (): void => {
        if (running) this.powerShell.cancel(session).subscribe();
      };
      const fail = (thrown: unknown): void => {
        running = false;
        clearTimeout(timer);
        subscriber.error(toRemoteError(node, thrown));
      };
      const timer = setTimeout(() => {
        cancel();
        subscriber.error(new RemoteError('timeout', node, `${command.name}: ${timeoutMs} ms`));
      }, timeoutMs);
      // Not unsubscribed on teardown: the SDK only cancels while it goes on polling.
      this.powerShell.run(session, this.createCommand(command), options).subscribe({
        next: (answer: Answer | null) => {
          for (const item of toArray(answer?.results)) if (!subscriber.closed) subscriber.next(item);
          ended = answer?.completed?.toLowerCase() === 'true';
          const message = answer?.errors?.[0]?.message;
          if (ended && message !== undefined && !subscriber.closed) fail({ response: answer });
        },
        error: fail,
        complete: () => {
          running = false;
          clearTimeout(timer);
          if (subscriber.closed) return;
          if (ended) subscriber.complete();
          else fail({ message: 'The gateway ended the command before it was finished.' });
        },
      });
      return () => {
        clearTimeout(timer);
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

function toArray(results: unknown): readonly unknown[] {
  if (results === null || results === undefined) return [];
  return Array.isArray(results) ? results : [results];
}

import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';

/** A value that survives JSON and PowerShell remoting unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The scripts of `src/powershell`; one name a file. */
export const SCRIPT_NAMES = [
  'Get-ClusterOverview',
  'Add-WinInetProxyFile',
  'Close-ProxyChange',
  'Find-ProxyScript',
  'Get-ProxyScript',
  'Get-ProxySetting',
  'Install-WinInetProxyModule',
  'Remove-ProxySetting',
  'Resolve-EndpointName',
  'Resolve-EndpointProxy',
  'Restore-ProxySetting',
  'Set-ProxySetting',
  'Test-Endpoint',
  'Test-EndpointByCurl',
  'Test-TimeServer',
] as const;
export type ScriptName = (typeof SCRIPT_NAMES)[number];

/** One script with its data. Data travels as parameters only, never as script text. */
export interface RemoteCommand {
  readonly name: ScriptName;
  readonly parameters?: Readonly<Record<string, Json>>;
}

export type RemoteErrorKind =
  /** The node did not answer (down, no name, WinRM closed). */
  | 'unreachable'
  /** The node wants other credentials, or the account may not do this. */
  | 'access-denied'
  /** The script ran and failed; `message` is the node's own. */
  | 'script'
  /** The node runs scripts in Constrained Language mode, where ours cannot work unsigned. */
  | 'constrained-language'
  /** The call did not end in time. */
  | 'timeout'
  /** The gateway failed or the connection to it broke. */
  | 'gateway';

/** Why a command did not end well. `message` comes from outside: show it as text only. */
export class RemoteError extends Error {
  constructor(
    readonly kind: RemoteErrorKind,
    readonly node: string,
    message: string,
  ) {
    super(message);
    this.name = 'RemoteError';
  }
}

/** Runs scripts on nodes through PowerShell remoting. */
export interface RemoteShell {
  /**
   * Emits each object that the script writes, as soon as it arrives, then completes.
   * Errors with a {@link RemoteError}. Unsubscribing cancels the work on the node.
   * Commands that change something (`Set-`, `Remove-`, `Install-`, `Restore-`, `Close-`, `Add-`) are audited by the gateway.
   *
   * @param node FQDN of a node, or the cluster's name
   * @param timeoutMs limit for the whole call; the work on the node is cancelled when it is over
   */
  run(node: string, command: RemoteCommand, timeoutMs: number): Observable<unknown>;
}

export const REMOTE_SHELL = new InjectionToken<RemoteShell>('RemoteShell');

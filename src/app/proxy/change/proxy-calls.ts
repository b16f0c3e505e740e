import { lastValueFrom } from 'rxjs';
import type { RemoteCommand, RemoteShell } from '../../wac/remote-shell';
import { failureOf, type Failure } from './failure';
import { advance, type ChangeEvent, type NodeChange } from './proxy-change';
import { parseProxySetting, type ProxySetting } from '../setting/proxy-setting';

const READ_MS = 30_000;
const CHANGE_MS = 60_000;
/** Two downloads on a slow line. */
const INSTALL_MS = 300_000;

/** How a call ended; `undefined` as value stands for "done, nothing to tell". */
export type CallResult<T> = { readonly value: T } | { readonly failure: Failure };

export async function readProxy(shell: RemoteShell, fqdn: string): Promise<CallResult<ProxySetting>> {
  const result = await call(shell, fqdn, { name: 'Get-ProxySetting' }, READ_MS);
  if ('failure' in result) return result;
  const setting = parseProxySetting(result.value);
  return setting === undefined ? { failure: { code: 'no-answer', message: '' } } : { value: setting };
}

export async function installModule(shell: RemoteShell, fqdn: string): Promise<CallResult<unknown>> {
  return call(shell, fqdn, { name: 'Install-WinInetProxyModule' }, INSTALL_MS);
}

/**
 * Takes one node from waiting to its end: reads, changes, reads back. Never rejects; tells each step.
 */
export async function changeNode(
  shell: RemoteShell,
  start: NodeChange,
  tell: (change: NodeChange) => void,
): Promise<NodeChange> {
  let change = advance(start, { on: 'started' });
  tell(change);
  for (let event = await perform(shell, change); event !== undefined; event = await perform(shell, change)) {
    change = advance(change, event);
    tell(change);
  }
  return change;
}

/** Makes the call that the node's phase asks for; undefined at an end. */
async function perform(shell: RemoteShell, change: NodeChange): Promise<ChangeEvent | undefined> {
  switch (change.phase.at) {
    case 'reading':
    case 'reading-back': {
      const result = await readProxy(shell, change.node.fqdn);
      return 'failure' in result
        ? { on: 'failed', failure: result.failure }
        : { on: 'read', setting: result.value };
    }
    case 'applying': {
      const result = await call(shell, change.node.fqdn, commandFor(change), CHANGE_MS);
      return 'failure' in result ? { on: 'failed', failure: result.failure } : { on: 'applied' };
    }
    default:
      return undefined;
  }
}

function commandFor({ desired }: NodeChange): RemoteCommand {
  if (desired === undefined) return { name: 'Remove-ProxySetting' };
  return { name: 'Set-ProxySetting', parameters: { Server: desired.server, Bypass: desired.bypass } };
}

async function call(
  shell: RemoteShell,
  fqdn: string,
  command: RemoteCommand,
  timeoutMs: number,
): Promise<CallResult<unknown>> {
  try {
    return { value: await lastValueFrom(shell.run(fqdn, command, timeoutMs), { defaultValue: undefined }) };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

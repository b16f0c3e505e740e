import { lastValueFrom } from 'rxjs';
import type { Json, RemoteCommand, RemoteShell } from '../../wac/remote-shell';
import { hexOf, type ModuleFile } from '../module/read-package';
import type { ChangeNote, Outcome } from '../setting/change-record';
import { rawLines, type RawValues } from '../setting/layers/raw-values';
import { parseProxySetting, type ProxySetting } from '../setting/proxy-setting';
import { failureOf, type Failure } from './failure';
import type { Order } from './order';

const READ_MS = 30_000;
const CHANGE_MS = 60_000;
/** Two downloads on a slow line. */
const INSTALL_MS = 300_000;

/** How a call ended; `undefined` as value stands for "done, nothing to tell". */
export type CallResult<T> = { readonly value: T } | { readonly failure: Failure };

/**
 * Every layer of a node. `no-answer`: what came has not the shape of a reading. A node that is not ready in time is read
 * once more without its Arc agent, which is what may never answer.
 */
export async function readProxy(
  shell: RemoteShell,
  fqdn: string,
  asksAgent = true,
): Promise<CallResult<ProxySetting>> {
  const parameters = { Layers: true, ...(!asksAgent && { SkipAgent: true }) };
  const result = await call(shell, fqdn, { name: 'Get-ProxySetting', parameters }, READ_MS);
  if ('failure' in result)
    return result.failure.code === 'timeout' && asksAgent ? readProxy(shell, fqdn, false) : result;
  const setting = parseProxySetting(result.value);
  return setting === undefined ? { failure: { code: 'no-answer', message: '' } } : { value: setting };
}

/** Installs the module; `proxy` is the one that is about to be set, '' for none. */
export async function installModule(
  shell: RemoteShell,
  fqdn: string,
  proxy: string,
): Promise<CallResult<unknown>> {
  const parameters = proxy === '' ? {} : { parameters: { Proxy: proxy } };
  return call(shell, fqdn, { name: 'Install-WinInetProxyModule', ...parameters }, INSTALL_MS);
}

/**
 * Sends the files of the module's package, in their order; ends at the first that fails.
 * @param upload a name that no other upload has, so that the node mixes none of two
 */
export async function sendModule(
  shell: RemoteShell,
  fqdn: string,
  files: readonly ModuleFile[],
  upload: string,
): Promise<CallResult<unknown>> {
  for (const [index, { name, bytes }] of files.entries()) {
    // With the last one, the node puts all of them in place.
    const isLast = index === files.length - 1;
    const all = files.map(file => `${file.name}=${file.bytes.length}`);
    const parameters = {
      Upload: upload,
      File: name,
      Content: hexOf(bytes),
      ...(isLast && { Files: all }),
    };
    const sent = await call(shell, fqdn, { name: 'Add-WinInetProxyFile', parameters }, CHANGE_MS);
    if ('failure' in sent) return sent;
  }
  return { value: undefined };
}

/** What ties a command to its change: the node refuses it once the change is closed, and when it is not as expected. */
export interface Ties {
  readonly id: string;
  /** The least that the running number of the change may be. */
  readonly number: number;
  readonly note: ChangeNote;
  readonly expected: RawValues | undefined;
}

/**
 * Runs an order on a node; where it is known what the node has, as part of a change that the node keeps. `cut-short`: a
 * gateway that restarts stops the commands under way, and may say of them that they are over.
 */
export async function sendOrder(
  shell: RemoteShell,
  fqdn: string,
  order: Order,
  { id, number, note, expected }: Ties,
): Promise<CallResult<unknown>> {
  const parameters: Record<string, Json> = { ...order.parameters };
  if (expected !== undefined) {
    parameters['Change'] = id;
    parameters['Number'] = number;
    parameters['Note'] = JSON.stringify(note);
    parameters['Expected'] = rawLines(expected);
  }
  const result = await call(shell, fqdn, { name: order.script, parameters }, CHANGE_MS);
  const isTold = 'failure' in result || (typeof result.value === 'object' && result.value !== null);
  return isTold ? result : { failure: { code: 'cut-short', message: '' } };
}

/** What the node knows of a command: whether it began and whether it ended. */
export interface ChangeState {
  readonly begun: boolean;
  readonly ended: boolean;
}

/**
 * Ends a change on its node: a command that has not begun never will, and the outcome is noted. The node decides by
 * one folder that only one of both can make.
 */
export async function closeChange(
  shell: RemoteShell,
  fqdn: string,
  id: string,
  outcome: Outcome,
): Promise<CallResult<ChangeState>> {
  const parameters = { Change: id, Outcome: outcome };
  const result = await call(shell, fqdn, { name: 'Close-ProxyChange', parameters }, READ_MS);
  if ('failure' in result) return result;
  const fields = (result.value ?? {}) as Readonly<Record<string, unknown>>;
  const { begun, ended } = fields;
  return typeof begun === 'boolean' && typeof ended === 'boolean'
    ? { value: { begun, ended } }
    : { failure: { code: 'no-answer', message: '' } };
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

import { catchError, last, map, type Observable, of, switchMap } from 'rxjs';
import type { Node } from '../../../cluster/cluster';
import { isHidden } from '../../../proxy/setting/credentials';
import { RemoteError, type RemoteShell } from '../../../wac/remote-shell';
import type { PlanEntry } from '../../plan/probe-plan';
import {
  type ProxyScript,
  ProxyScriptReport,
  readProxyScript,
  readSent,
  scriptWithout,
} from '../../probe/proxy-script-report';

/** A node's proxy configuration script, as its settings have it. */
export interface ScriptSetting {
  readonly address: string;
  /** Whether Windows' answer would be the script's alone, for every account, and can be asked for. */
  readonly isResolvable: boolean;
}

const RESOLVE_MS = 15_000;
/** Opening a session to a busy node. */
const SESSION_MS = 20_000;

/**
 * Reads the proxy configuration script of a node, and where Windows sends endpoints by it, if the node can be asked that. Emits
 * one report; what goes wrong is told in it, and takes nothing from the check.
 *
 * @param timeoutMs for fetching it
 */
export function readScript(
  shell: RemoteShell,
  { fqdn }: Pick<Node, 'fqdn'>,
  { address, isResolvable }: ScriptSetting,
  targets: readonly PlanEntry[],
  timeoutMs: number,
): Observable<ProxyScriptReport> {
  if (isHidden(address)) return of(new ProxyScriptReport(scriptWithout(address, 'credentials', '')));
  if (!/^https?:\/\//i.test(address)) return of(new ProxyScriptReport(scriptWithout(address, 'address', '')));
  const command = {
    name: 'Get-ProxyScript',
    parameters: { Address: address, TimeoutMs: timeoutMs },
  } as const;
  return shell.run(fqdn, command, timeoutMs + SESSION_MS).pipe(
    last(null, undefined),
    map(value => readProxyScript(address, value)),
    switchMap(script =>
      isResolvable && script.state === 'read' ? resolved(shell, fqdn, script, targets) : of(script),
    ),
    catchError((thrown: unknown) => {
      const words = thrown instanceof RemoteError ? thrown.message : '';
      return of(scriptWithout(address, /^address:/.test(words) ? 'address' : 'unasked', words.slice(0, 500)));
    }),
    map(script => new ProxyScriptReport(script)),
  );
}

function resolved(
  shell: RemoteShell,
  fqdn: string,
  script: ProxyScript,
  targets: readonly PlanEntry[],
): Observable<ProxyScript> {
  const endpoints = targets
    .filter(({ protocol }) => protocol !== 'udp')
    .map(({ id, host, port, protocol }) => ({ id, host, port, protocol }));
  const parameters = { Endpoints: endpoints, DeadlineMs: RESOLVE_MS };
  return shell.run(fqdn, { name: 'Resolve-EndpointProxy', parameters }, RESOLVE_MS + SESSION_MS).pipe(
    last(null, undefined),
    map(value => {
      const sent = readSent(value);
      return sent === undefined ? script : { ...script, sent };
    }),
    catchError(() => of(script)),
  );
}

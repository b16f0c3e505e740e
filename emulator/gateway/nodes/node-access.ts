import { setTimeout as delay } from 'node:timers/promises';
import type { SimulatedCluster } from '../../nodes/cluster.ts';
import type { NodeEngine } from '../../nodes/node-engine.ts';
import { gatewayError, type Reply } from '../http/reply.ts';

/** Header names in lower case. */
export type Headers = Readonly<Record<string, string | undefined>>;

export type Access =
  | { readonly kind: 'open'; readonly engine: NodeEngine }
  | { readonly kind: 'refused'; readonly reply: Reply };

/** Decides whether a request reaches a node, as remoting would: the node must answer, then accept the account. */
export class NodeAccess {
  readonly #cluster: SimulatedCluster;
  readonly #connectMs: number;

  /** @param connectMs how long remoting tries a node that does not answer */
  constructor(cluster: SimulatedCluster, connectMs: number) {
    this.#cluster = cluster;
    this.#connectMs = connectMs;
  }

  /** Leaves early, refused, when `signal` aborts. */
  async open(node: string, headers: Headers, signal: AbortSignal): Promise<Access> {
    const member = this.#cluster.find(node);
    if (!member) return refused(504, 'WinRMConnection', noSuchName(node));
    if (!member.engine) {
      await delay(this.#connectMs, undefined, { signal }).catch(() => undefined);
      return refused(504, 'WinRMConnection', noAnswer(node));
    }
    if (member.credentials === 'wanted' && !hasCredentials(headers)) {
      return refused(403, 'Unauthorized', accessDenied(node), { forbidden: 'Unauthorized' });
    }
    return { kind: 'open', engine: member.engine };
  }
}

/** Whether "manage as" credentials came: base64 of JSON with a user's name and a password, or the LAPS switch. */
export function hasCredentials(headers: Headers): boolean {
  if (headers['x-ms-sme-uselaps'] === 'true') return true;
  const header = headers['x-ms-sme-authorization'];
  if (!header) return false;
  try {
    const sent: unknown = JSON.parse(Buffer.from(header, 'base64').toString('utf8'));
    return isFilled(sent, 'username') && isFilled(sent, 'password');
  } catch {
    return false;
  }
}

function isFilled(value: unknown, name: string): boolean {
  if (value === null || typeof value !== 'object') return false;
  const field: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
  return typeof field === 'string' && field !== '';
}

function refused(status: number, code: string, message: string, more: Record<string, string> = {}): Access {
  return { kind: 'refused', reply: gatewayError(status, code, message, more) };
}

// The words of WinRM, so that the tool meets what it meets on Windows.
const noAnswer = (node: string): string =>
  `Connecting to remote server ${node} failed with the following error message : WinRM cannot complete the operation. ` +
  'Verify that the specified computer name is valid, that the computer is accessible over the network, and that a firewall ' +
  'exception for the WinRM service is enabled and allows access from this computer.';

const noSuchName = (node: string): string =>
  `Connecting to remote server ${node} failed with the following error message : The WinRM client cannot process the request ` +
  'because the server name cannot be resolved.';

const accessDenied = (node: string): string =>
  `Connecting to remote server ${node} failed with the following error message : Access is denied.`;

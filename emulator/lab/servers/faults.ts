import { coversHost, coversPattern, isWildcard } from './host-pattern.ts';
import type { ScenarioNode } from '../scenario.ts';

/** The faults of a scenario that are one word; `FAULT_FORMS` has the others. */
export const FAULT_NAMES = [
  'nxdomain',
  'dns-timeout',
  'dns-failure',
  'refuse',
  'drop',
  'unreachable',
  'slow-connect',
  'blocked-on-node',
  'fails-on-node',
  'reset-on-connect',
  'reset-on-tls',
  'silent-on-tls',
  'not-tls',
  'tls-alert',
  'tls-version',
  'tls-broken',
  'reset-on-http',
  'reset-in-header',
  'announced-only',
  'not-http',
  'transparent-proxy',
  'intercept',
  'untrusted',
  'expired',
  'wrong-name',
  'wrong-purpose',
  'incomplete-chain',
  'missing-root',
  'unsent-root',
] as const;

/** Faults with a value, as messages name them. */
export const FAULT_FORMS = [
  'http-NNN',
  'redirect:URL',
  'resolve:ADDRESS[,ADDRESS]',
  'signed-by:NAME',
  'slow:MS',
  'slow-name:MS',
  'slow-tls:MS',
] as const;

export type FaultName = (typeof FAULT_NAMES)[number];

/** Of these, those of the name. */
const NAME_FAULTS = ['nxdomain', 'dns-timeout', 'dns-failure'] as const;

/** Faults of the name itself; they know no port. */
export type NameFault =
  | { readonly kind: (typeof NAME_FAULTS)[number] }
  /** `self` stands for the host's own address. */
  | { readonly kind: 'resolve'; readonly addresses: readonly string[] }
  | { readonly kind: 'slow-name'; readonly ms: number };

/** Faults of the way to one port. */
export type PathFault =
  | { readonly kind: Exclude<FaultName, (typeof NAME_FAULTS)[number]> }
  | { readonly kind: 'http'; readonly status: number }
  | { readonly kind: 'redirect'; readonly url: string }
  | { readonly kind: 'signed-by'; readonly name: string }
  | { readonly kind: 'slow' | 'slow-tls'; readonly ms: number };

/** What happens to look-ups of a name by this node; undefined: they work. */
export function nameFaultOf(node: ScenarioNode, host: string): NameFault | undefined {
  for (const { host: pattern, fault } of node.faults)
    if (isNameFault(fault) && covers(pattern, host)) return parseNameFault(fault);
  return undefined;
}

/**
 * What happens to connections of this node to a host's port; undefined: they work.
 * @param host a name, or a wildcard for all names of it that nothing else names
 */
export function pathFaultOf(node: ScenarioNode, host: string, port: number): PathFault | undefined {
  const entry = node.faults.find(
    each => !isNameFault(each.fault) && (each.port ?? port) === port && covers(each.host, host),
  );
  return entry && parsePathFault(entry.fault);
}

/** Whether a fault is one of the name, not of the way to a port. */
export function isNameFault(fault: string): boolean {
  return NAME_FAULTS.some(name => name === fault) || /^(resolve|slow-name):/.test(fault);
}

/** The addresses that a fault makes a name resolve to; undefined: it is another fault. */
export function resolvedTo(fault: string): readonly string[] | undefined {
  return fault.startsWith('resolve:') ? valueOf(fault).split(',') : undefined;
}

function parseNameFault(fault: string): NameFault {
  const addresses = resolvedTo(fault);
  if (addresses !== undefined) return { kind: 'resolve', addresses };
  if (fault.startsWith('slow-name:')) return { kind: 'slow-name', ms: Number(valueOf(fault)) };
  return { kind: NAME_FAULTS.find(name => name === fault) ?? 'dns-timeout' };
}

/** A fault of the way to a port, taken apart. Throws where it is none. */
export function parsePathFault(fault: string): PathFault {
  if (fault.startsWith('slow:')) return { kind: 'slow', ms: Number(valueOf(fault)) };
  if (fault.startsWith('slow-tls:')) return { kind: 'slow-tls', ms: Number(valueOf(fault)) };
  if (fault.startsWith('http-')) return { kind: 'http', status: Number(fault.slice('http-'.length)) };
  if (fault.startsWith('redirect:')) return { kind: 'redirect', url: valueOf(fault) };
  if (fault.startsWith('signed-by:')) return { kind: 'signed-by', name: valueOf(fault) };
  const kind = FAULT_NAMES.find(name => name === fault);
  if (kind === undefined || !isPathFault(kind)) throw new Error(`"${fault}" is not a fault of a path.`);
  return { kind };
}

function isPathFault(name: FaultName): name is Exclude<FaultName, (typeof NAME_FAULTS)[number]> {
  return !NAME_FAULTS.some(each => each === name);
}

function valueOf(fault: string): string {
  return fault.slice(fault.indexOf(':') + 1);
}

/** Whether a fault for `pattern` concerns a host, or a wildcard with everything below it. */
export function covers(pattern: string, host: string): boolean {
  return isWildcard(host) ? coversPattern(pattern, host) : coversHost(pattern, host);
}

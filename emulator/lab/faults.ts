import { coversHost, coversPattern, isWildcard } from './host-pattern.ts';
import type { ScenarioNode } from './scenario.ts';

/** The faults of a scenario, besides `slow:MS`. */
export const FAULT_NAMES = [
  'nxdomain',
  'dns-timeout',
  'refuse',
  'drop',
  'reset-on-tls',
  'intercept',
  'untrusted',
  'expired',
  'wrong-name',
  'http-403',
  'http-503',
] as const;

export type FaultName = (typeof FAULT_NAMES)[number];

/** Faults of the name itself; they know no port. */
export type NameFault = 'nxdomain' | 'dns-timeout';

/** Faults of the way to one port. */
export type PathFault =
  { readonly kind: Exclude<FaultName, NameFault> } | { readonly kind: 'slow'; readonly ms: number };

/** What happens to look-ups of a name by this node; undefined: they work. */
export function nameFaultOf(node: ScenarioNode, host: string): NameFault | undefined {
  for (const { host: pattern, fault } of node.faults)
    if (isNameFault(fault) && covers(pattern, host)) return fault;
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

export function isNameFault(fault: string): fault is NameFault {
  return fault === 'nxdomain' || fault === 'dns-timeout';
}

function parsePathFault(fault: string): PathFault {
  if (fault.startsWith('slow:')) return { kind: 'slow', ms: Number(fault.slice('slow:'.length)) };
  const kind = FAULT_NAMES.find(name => name === fault);
  if (kind === undefined || isNameFault(kind)) throw new Error(`"${fault}" is not a fault of a path.`);
  return { kind };
}

/** Whether a fault for `pattern` concerns a host, or a wildcard with everything below it. */
export function covers(pattern: string, host: string): boolean {
  return isWildcard(host) ? coversPattern(pattern, host) : coversHost(pattern, host);
}

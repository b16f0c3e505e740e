import type { InternalRule } from '../../allowlist/catalog/catalog';

/** A port that every node must reach on every other one. */
export interface PairDoor {
  readonly port: number;
  readonly rules: readonly InternalRule[];
}

/** Why a rule inside the network cannot be tried from node to node; each has its sentence under `reachability.pairs.not.<code>`. */
export const PAIR_REASONS = ['elsewhere', 'icmp', 'udp', 'range'] as const;
export type PairReason = (typeof PAIR_REASONS)[number];

export interface PairPlan {
  readonly doors: readonly PairDoor[];
  readonly untested: readonly { readonly rule: InternalRule; readonly reason: PairReason }[];
}

/** What of the rules inside the network a connection from node to node can try: each TCP port once. */
export function pairPlan(rules: readonly InternalRule[]): PairPlan {
  const doors = new Map<number, InternalRule[]>();
  const untested: { rule: InternalRule; reason: PairReason }[] = [];
  for (const rule of rules) {
    const reason = reasonFor(rule);
    if (reason !== undefined) {
      untested.push({ rule, reason });
      continue;
    }
    for (const port of new Set(rule.ports.map(Number))) doors.set(port, [...(doors.get(port) ?? []), rule]);
  }
  return {
    doors: [...doors].map(([port, of]) => ({ port, rules: of })).sort((a, b) => a.port - b.port),
    untested,
  };
}

function reasonFor({ from, to, protocol, ports }: InternalRule): PairReason | undefined {
  // The nodes are the one group that a rule names on both sides.
  if (from !== to) return 'elsewhere';
  if (protocol !== 'tcp') return protocol;
  return ports.length > 0 && ports.every(isPort) ? undefined : 'range';
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65535;
}

import type { Finding } from '../../reachability/finding/finding';
import type { Owner } from '../../reachability/verdict/causes';

/** What traffic passes on its way, in this order. */
export const STATIONS = ['node', 'proxy', 'firewall', 'endpoint'] as const;
export type Station = (typeof STATIONS)[number];

/** A station, and how many endpoints do not get past it. */
export interface WayPart {
  readonly station: Station;
  /** Findings that lie here. */
  readonly findings: number;
  readonly endpoints: number;
  /** Whose nodes; empty when nothing breaks here. */
  readonly nodes: readonly string[];
}

/** Who can mend it stands where it breaks. */
const AT: Readonly<Record<Owner, Station>> = {
  server: 'node',
  dns: 'node',
  proxy: 'proxy',
  network: 'firewall',
  none: 'endpoint',
};

/** The way from node to endpoint, and where it breaks. */
export function wayOf(findings: readonly Finding[]): readonly WayPart[] {
  return STATIONS.map(station => {
    // What was not tested breaks nowhere, nor does what failed nowhere yet.
    const here = findings.filter(
      ({ kind, owner, cells }) => kind !== 'untested' && cells.length > 0 && AT[owner] === station,
    );
    return {
      station,
      findings: here.length,
      endpoints: new Set(here.flatMap(({ scope }) => scope.endpoints.map(({ id }) => id))).size,
      nodes: [...new Set(here.flatMap(({ scope }) => scope.nodes))],
    };
  });
}

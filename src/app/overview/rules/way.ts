import type { Finding } from '../../reachability/finding/finding';
import type { RunState } from '../../reachability/run/run';
import type { Owner } from '../../reachability/verdict/causes';
import { isProven } from '../../reachability/verdict/verdicts';

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

/** What a check showed of a station where nothing broke. Green needs proof: `unproven` and `unused` are no good news. */
export type Proof = 'proven' | 'unproven' | 'unused';

/**
 * A station is proven where services themselves answered through it: the nodes by an answer to each of them, the proxy by
 * answers through each that was used, the rest of the way and the endpoints by answers to all that was asked.
 */
export function proofOf(station: Station, run: RunState): Proof {
  const results = [...run.cells.values()].flatMap(cells => [...cells.values()]);
  const proven = results.filter(({ verdict }) => isProven(verdict));
  switch (station) {
    case 'node':
      return run.nodes.every(({ node }) => proven.some(result => result.node === node.name))
        ? 'proven'
        : 'unproven';
    case 'proxy': {
      const proxies = new Set(results.flatMap(({ route }) => (route.kind === 'proxy' ? [route.proxy] : [])));
      if (proxies.size === 0) return 'unused';
      return [...proxies].every(each => proven.some(({ route }) => route.proxy === each))
        ? 'proven'
        : 'unproven';
    }
    case 'firewall':
    case 'endpoint':
      return results.length > 0 && proven.length === results.length ? 'proven' : 'unproven';
  }
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

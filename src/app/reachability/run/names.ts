import type { RunState } from './run';

/** What one node finds for a host. */
export interface NodeAddresses {
  readonly node: string;
  readonly addresses: readonly string[];
}

/** What each node finds for a host, of those that were asked and found any; in the order of the nodes. */
export function addressesOf(run: RunState, host: string): readonly NodeAddresses[] {
  const name = host.toLowerCase();
  return run.nodes.flatMap(report => {
    const addresses = report.names.get(name) ?? [];
    return addresses.length === 0 ? [] : [{ node: report.node.name, addresses }];
  });
}

/** Whether two nodes find nothing in common: behind many addresses that is usual, with split DNS it is the cause. */
export function resolvesDifferently(found: readonly NodeAddresses[]): boolean {
  return found.some(({ addresses }, index) =>
    found.slice(index + 1).some(other => !other.addresses.some(address => addresses.includes(address))),
  );
}

/** The hosts of a run that nodes resolve to addresses that have nothing in common; in the order of the list. */
export function differingHosts(run: RunState): readonly string[] {
  const hosts = [...new Set(run.plan.targets.map(({ host }) => host))];
  return hosts.filter(host => resolvesDifferently(addressesOf(run, host)));
}

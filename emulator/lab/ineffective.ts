import { clusterNames } from '../nodes/cluster.ts';
import type { AddressPlan, Place, Service } from './network/address-plan.ts';
import { covers, isNameFault } from './servers/faults.ts';
import type { Fault, Scenario } from './scenario.ts';

const NTP = 123;
/** Faults that any service can have. */
const PACKET_FAULTS: readonly string[] = [
  'refuse',
  'drop',
  'unreachable',
  'slow-connect',
  'blocked-on-node',
  'fails-on-node',
  'reset-on-connect',
];
const TLS_FAULTS: readonly string[] = [
  'silent-on-tls',
  'not-tls',
  'tls-alert',
  'tls-version',
  'tls-broken',
  'missing-root',
  'unsent-root',
  'intercept',
  'untrusted',
  'expired',
  'wrong-name',
  'wrong-purpose',
  'slow-tls',
  'incomplete-chain',
  'signed-by',
];

/** Parts of a scenario that change nothing, in sentences: most likely somebody meant something else. */
export function ineffective(scenario: Scenario, plan: AddressPlan): readonly string[] {
  const names = clusterNames(scenario);
  const nodeNames = scenario.nodes.flatMap(({ name }) => [name, names.fqdn(name)]);
  return scenario.nodes.flatMap(({ name, proxy, faults }) => [
    ...faults.flatMap((fault, index) => {
      const why = nodeNames.some(each => covers(fault.host, each)) ? undefined : whyIneffective(fault, plan);
      return why
        ? [`${name}: faults[${index}] (${fault.fault} for ${fault.host}) changes nothing: ${why}`]
        : [];
    }),
    ...(proxy !== null && !scenario.proxies.some(each => `${each.host}:${each.port}` === proxy)
      ? [`${name}: its proxy ${proxy} is not one of the scenario's proxies, so nothing answers there`]
      : []),
  ]);
}

function whyIneffective({ host, port, fault }: Fault, plan: AddressPlan): string | undefined {
  const places = plan.places.filter(place => covers(host, place.host));
  if (places.length === 0) return 'no host of the list and no proxy has such a name';
  if (isNameFault(fault)) return undefined;
  const isForTime = (port ?? NTP) === NTP && places.some(({ isTimeServer }) => isTimeServer);
  if (isForTime && PACKET_FAULTS.includes(fault)) return undefined;
  const services = places.flatMap(place => servicesOf(place, port));
  if (services.length === 0) return `no service of the list is on port ${port ?? 0} there`;
  return services.some(service => canHave(service, fault))
    ? undefined
    : `the service there (${services[0] ?? ''}) cannot have it`;
}

function servicesOf(place: Place, port: number | undefined): readonly Service[] {
  return [...place.ports].filter(([each]) => each === (port ?? each)).map(([, service]) => service);
}

function canHave(service: Service, fault: string): boolean {
  if (PACKET_FAULTS.includes(fault)) return true;
  if (service === 'proxy') return false;
  if (fault === 'transparent-proxy') return service === 'http';
  if (TLS_FAULTS.includes(fault.split(':')[0] ?? '')) return service === 'https';
  return fault === 'reset-on-tls' ? service !== 'http' : service !== 'tcp';
}

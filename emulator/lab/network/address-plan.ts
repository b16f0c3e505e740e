import { isIPv4 } from 'node:net';
import { coversHost, coversPattern, isWildcard } from '../servers/host-pattern.ts';
import { resolvedTo } from '../servers/faults.ts';
import type { ListedRule } from '../listed-rules.ts';
import type { Scenario } from '../scenario.ts';

/** What answers on a port: a listed service by its protocol, or a forward proxy. */
export type Service = Exclude<ListedRule['protocol'], 'ntp'> | 'proxy';

/** A host of the lab's internet. Every host has an address of its own, so that packet filters can tell them apart. */
export interface Place {
  /** A name; or a wildcard, for all names below it that have no place of their own. */
  readonly host: string;
  readonly address: string;
  /** Private addresses at which it answers too, as behind a private endpoint. */
  readonly privateAddresses: readonly string[];
  readonly ports: ReadonlyMap<number, Service>;
  /** Answers NTP, over UDP. */
  readonly isTimeServer: boolean;
}

/** The name server's address, in TEST-NET-1 (RFC 5737) as the proxies' are. */
export const NAME_SERVER = '192.0.2.53';
const FIRST_PROXY = 80;

/** Addresses of the lab: benchmarking range of RFC 2544 for the internet, TEST-NET-1 for the company's own servers. */
export const SERVER_RANGES = ['198.18.0.0/15', '192.0.2.0/24'] as const;

/** Which names exist in the lab, at which address, and with which ports. */
export class AddressPlan {
  readonly places: readonly Place[];
  readonly #byHost: ReadonlyMap<string, Place>;
  readonly #byAddress: ReadonlyMap<string, Place>;
  /** Longest suffix first: the narrowest wildcard decides. */
  readonly #wildcards: readonly Place[];

  constructor(scenario: Scenario, rules: readonly ListedRule[]) {
    const proxies = proxyPlaces(scenario);
    const services = servicePlaces(scenario, rules).filter(
      place => !proxies.some(proxy => proxy.host === place.host),
    );
    this.places = [...proxies, ...services];
    this.#byHost = new Map(this.places.map(place => [place.host, place]));
    this.#byAddress = new Map(
      this.places.flatMap(place => addressesOf(place).map(address => [address, place] as const)),
    );
    this.#wildcards = this.places
      .filter(place => isWildcard(place.host))
      .sort((a, b) => b.host.length - a.host.length);
  }

  /** The place of a name; undefined: no such name. */
  find(name: string): Place | undefined {
    const host = name.toLowerCase();
    return this.#byHost.get(host) ?? this.#wildcards.find(place => coversHost(place.host, host));
  }

  at(address: string): Place | undefined {
    return this.#byAddress.get(address);
  }
}

export function addressesOf({ address, privateAddresses }: Place): readonly string[] {
  return [address, ...privateAddresses];
}

/** RFC 1918. */
export function isPrivate(address: string): boolean {
  return isIPv4(address) && /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.)/.test(address);
}

/**
 * The private addresses that faults give to this host alone. One that several hosts are given is nobody's: a sinkhole,
 * at which nothing answers.
 */
function privateAddressesOf(host: string, scenario: Scenario): readonly string[] {
  const given = scenario.nodes.flatMap(node =>
    node.faults.flatMap(fault =>
      (resolvedTo(fault.fault) ?? [])
        .filter(isPrivate)
        .map(address => ({ address, host: fault.host.toLowerCase() })),
    ),
  );
  const hosts = (address: string): number =>
    new Set(given.filter(each => each.address === address).map(each => each.host)).size;
  return [
    ...new Set(
      given.filter(each => each.host === host && hosts(each.address) === 1).map(each => each.address),
    ),
  ];
}

function proxyPlaces(scenario: Scenario): readonly Place[] {
  const hosts = [...new Set(scenario.proxies.map(proxy => proxy.host.toLowerCase()))];
  return hosts.map((host, index) => ({
    host,
    address: isIPv4(host) ? host : `192.0.2.${FIRST_PROXY + index}`,
    privateAddresses: [],
    isTimeServer: false,
    ports: new Map(
      scenario.proxies
        .filter(proxy => proxy.host.toLowerCase() === host)
        .map(proxy => [proxy.port, 'proxy'] as const),
    ),
  }));
}

function servicePlaces(scenario: Scenario, rules: readonly ListedRule[]): readonly Place[] {
  const listed = rules.flatMap(rule => [rule.host, ...rule.hosts]);
  // Faults may single out names, or parts of a wildcard, that the list itself does not name.
  const faulted = scenario.nodes
    .flatMap(node => node.faults.map(fault => fault.host))
    .filter(host => rules.some(rule => coversPattern(rule.host, host)));
  const hosts = [...new Set([...listed, ...faulted].map(host => host.toLowerCase()))].sort();
  return hosts.map((host, index) => ({
    host,
    address: internetAddress(index),
    privateAddresses: privateAddressesOf(host, scenario),
    ports: portsOf(host, rules),
    isTimeServer: rulesOf(host, rules).some(({ protocol }) => protocol === 'ntp'),
  }));
}

function rulesOf(host: string, rules: readonly ListedRule[]): readonly ListedRule[] {
  return rules.filter(
    rule => coversPattern(rule.host, host) || rule.hosts.some(each => each.toLowerCase() === host),
  );
}

function portsOf(host: string, rules: readonly ListedRule[]): ReadonlyMap<number, Service> {
  return new Map(
    rulesOf(host, rules).flatMap(({ port, protocol }) =>
      protocol === 'ntp' ? [] : [[port, protocol] as const],
    ),
  );
}

/** 198.18.0.1, .2, …: the range has room for 131,000. */
function internetAddress(index: number): string {
  const offset = index + 1;
  return `198.${18 + (offset >> 16)}.${(offset >> 8) & 255}.${offset & 255}`;
}

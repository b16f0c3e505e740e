import { addressesOf, NAME_SERVER, type Place } from './address-plan.ts';
import { covers, pathFaultOf } from '../servers/faults.ts';
import type { ScenarioNode } from '../scenario.ts';

/** A node of the scenario, and where it sits in the lab. */
export interface SeatedNode {
  readonly node: ScenarioNode;
  readonly address: string;
  /** The lab's end of the node's cable. */
  readonly link: string;
}

/**
 * The rule set of the lab, as text for `nft -f`: one chain for each node, deciding on what comes out of its cable;
 * after it, only listed services answer. Nodes reach each other but for the faults between them. Everything is told by address and port, nothing by connection state.
 */
export function packetFilter(
  nodes: readonly SeatedNode[],
  places: readonly Place[],
  fqdn: (node: string) => string,
): string {
  const services = endpoints(places, () => true);
  const times = places.filter(({ isTimeServer }) => isTimeServer).map(({ address }) => address);
  const proxies = endpoints(places, (_, port, place) => place.ports.get(port) === 'proxy');
  return [
    'table ip lab {',
    set('services', services),
    set('proxies', proxies),
    addressSet('times', times),
    ...nodes.flatMap(({ node, link }) => nodeChain(node, link, places)),
    'chain forward {',
    '  type filter hook forward priority 0; policy drop;',
    ...nodes.flatMap(({ node, address }) => pairRules(node, address, nodes, fqdn)),
    ...nodes.flatMap(({ address }) => [
      `  ip saddr ${address} ip daddr { ${nodes.map(each => each.address).join(', ')} } accept`,
    ]),
    '}',
    'chain input {',
    '  type filter hook input priority 0; policy drop;',
    `  udp dport 53 ip daddr ${NAME_SERVER} accept`,
    `  tcp dport 53 ip daddr ${NAME_SERVER} accept`,
    '  iifname vmap {',
    nodes.map(({ link }) => `    "${link}" : jump ${link}`).join(',\n'),
    '  }',
    '  udp dport 123 ip daddr @times accept',
    '  ip daddr . tcp dport @services accept',
    // Answers to the lab's own proxies, refusals included.
    '  iifname "lo" ip saddr . tcp sport @services accept',
    '  iifname "lo" tcp flags & rst == rst accept',
    '  meta l4proto tcp reject with tcp reset',
    '}',
    '}',
    '',
  ].join('\n');
}

/** Faults of a node for another one, by its name. */
function pairRules(
  node: ScenarioNode,
  address: string,
  nodes: readonly SeatedNode[],
  fqdn: (node: string) => string,
): readonly string[] {
  return node.faults.flatMap(({ host, port, fault }) =>
    nodes
      .filter(other => covers(host, fqdn(other.node.name)) || covers(host, other.node.name))
      .flatMap(other => {
        const door = port === undefined ? 'meta l4proto tcp' : `tcp dport ${port}`;
        const verdict = { drop: 'drop', refuse: 'reject with tcp reset' }[fault];
        return verdict === undefined
          ? []
          : [`  ip saddr ${address} ip daddr ${other.address} ${door} ${verdict}`];
      }),
  );
}

/** What tells one connection of a node from another. */
const CONNECTION = 'ip daddr . tcp dport . tcp sport';
/** A slow connection loses its first packets; they are sent again after a second, and after one more, or two (RFC 6298, section 5; Linux 6.5, tcp_syn_linear_timeouts). */
const SYNS_LOST = ['first', 'second'] as const;

function nodeChain(node: ScenarioNode, link: string, places: readonly Place[]): readonly string[] {
  const withFault = (kind: string): readonly string[] =>
    endpoints(places, (host, port) => pathFaultOf(node, host, port)?.kind === kind);
  const timeWithFault = (kind: string): readonly string[] =>
    places
      .filter(({ isTimeServer, host }) => isTimeServer && pathFaultOf(node, host, 123)?.kind === kind)
      .map(({ address }) => address);
  return [
    addressSet(`${link}_time_drop`, timeWithFault('drop')),
    addressSet(`${link}_time_refuse`, timeWithFault('refuse')),
    set(`${link}_drop`, withFault('drop')),
    set(`${link}_refuse`, withFault('refuse')),
    set(`${link}_unreachable`, withFault('unreachable')),
    set(`${link}_slow`, withFault('slow-connect')),
    ...SYNS_LOST.map(
      nth =>
        `set ${link}_${nth} { type ipv4_addr . inet_service . inet_service; flags dynamic,timeout; timeout 60s; }`,
    ),
    `chain ${link} {`,
    ...SYNS_LOST.map(
      nth =>
        `  ip daddr . tcp dport @${link}_slow tcp flags & (syn | ack) == syn ${CONNECTION} != @${link}_${nth} add @${link}_${nth} { ${CONNECTION} } drop`,
    ),
    `  udp dport 123 ip daddr @${link}_time_drop drop`,
    `  udp dport 123 ip daddr @${link}_time_refuse reject`,
    `  ip daddr . tcp dport @${link}_drop drop`,
    `  ip daddr . tcp dport @${link}_refuse reject with tcp reset`,
    `  ip daddr . tcp dport @${link}_unreachable reject with icmp type host-unreachable`,
    ...(node.egress === 'proxy-only' ? ['  ip daddr . tcp dport @proxies accept', '  drop'] : []),
    '}',
  ];
}

function endpoints(
  places: readonly Place[],
  wanted: (host: string, port: number, place: Place) => boolean,
): readonly string[] {
  return places.flatMap(place =>
    [...place.ports.keys()]
      .filter(port => wanted(place.host, port, place))
      .flatMap(port => addressesOf(place).map(address => `${address} . ${port}`)),
  );
}

function addressSet(name: string, elements: readonly string[]): string {
  const content = elements.length > 0 ? ` elements = { ${elements.join(', ')} };` : '';
  return `set ${name} { type ipv4_addr;${content} }`;
}

function set(name: string, elements: readonly string[]): string {
  const content = elements.length > 0 ? ` elements = { ${elements.join(', ')} };` : '';
  return `set ${name} { type ipv4_addr . inet_service;${content} }`;
}

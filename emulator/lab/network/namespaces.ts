import { mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { pathFaultOf } from '../servers/faults.ts';
import { addressesOf, SERVER_RANGES, type Place } from './address-plan.ts';
import type { SeatedNode } from './packet-filter.ts';
import { runProgram } from './run-program.ts';
import type { Scenario, ScenarioNode } from '../scenario.ts';

/**
 * Files of the lab: a memory file system that only the lab's own mount namespace sees, so that nothing is left when
 * that namespace ends. /dev/shm is there on every Linux, and the lab needs none of what others keep in it.
 */
const ROOT = '/dev/shm/lab';
export const TRUST_FILE = `${ROOT}/trusted-roots.pem`;
export const EMPTY_FOLDER = `${ROOT}/empty`;
export const TEMPORARY_FOLDER = `${ROOT}/tmp`;

/** Where each node of a scenario sits: its own /30 network, the lab's end first. */
export function seatNodes(scenario: Scenario): readonly SeatedNode[] {
  return scenario.nodes.map((node, index) => ({ node, address: `10.77.${index}.2`, link: `link${index}` }));
}

/** File that holds a node's network namespace, as seen inside the lab. */
export function networkFile(index: number): string {
  return `${ROOT}/net.${index}`;
}

/**
 * Shell commands that give a process, alone in its mount namespace, the name service of a node: the lab's DNS
 * server and nothing else. No multicast, no resolver, name cache or trusted root of this computer.
 */
export function nameServiceCommands(index: number): string {
  return [
    `mount --bind ${ROOT}/resolv.conf.${index} /etc/resolv.conf`,
    `mount --bind ${ROOT}/hosts.${index} /etc/hosts`,
    `[ ! -e /etc/nsswitch.conf ] || mount --bind ${ROOT}/nsswitch.conf /etc/nsswitch.conf`,
    // A node trusts the lab's roots and none of this computer's, whichever program asks.
    `[ ! -d /etc/ssl/certs ] || mount --bind ${EMPTY_FOLDER} /etc/ssl/certs`,
    `[ ! -d /run/nscd ] || mount --bind ${EMPTY_FOLDER} /run/nscd`,
  ].join('\n');
}

/** Makes this process's own surroundings private. Must run before anything else of the lab. */
export async function makePrivate(): Promise<void> {
  // The new /proc shows this lab's processes only, and lets its network be configured.
  await runProgram(['sh', '-ec', 'mount -t proc proc /proc; mount -t tmpfs -o mode=755 lab /dev/shm']);
  for (const folder of [ROOT, EMPTY_FOLDER, TEMPORARY_FOLDER]) mkdirSync(folder);
}

/** Makes the namespaces of all nodes, the cables between them and the lab, and the addresses of all servers. */
export async function makeNetwork(nodes: readonly SeatedNode[], places: readonly Place[]): Promise<void> {
  writeFileSync(`${ROOT}/nsswitch.conf`, 'passwd: files\ngroup: files\nhosts: files dns\nservices: files\n');
  nodes.forEach(({ node, address }, index) => {
    // OpenLDAP, which some builds of curl have in them, looks up this computer's own name, and would wait for a silent name server.
    writeFileSync(`${ROOT}/hosts.${index}`, `127.0.0.1 localhost ${hostname()}\n${address} ${node.name}\n`);
    const resolvers = node.resolvers.map(resolver => `nameserver ${resolver}\n`);
    writeFileSync(`${ROOT}/resolv.conf.${index}`, resolvers.join(''));
    writeFileSync(networkFile(index), '');
  });
  // A new network takes this setting from the computer. Only what nodes send each other is passed on.
  writeFileSync('/proc/sys/net/ipv4/ip_forward', '1');
  await runProgram(['sh', '-e'], networkScript(nodes, places));
}

/** One shell for all of it: starting programs is most of the time that a lab takes. */
function networkScript(nodes: readonly SeatedNode[], places: readonly Place[]): string {
  const outside = places.flatMap(addressesOf).filter(address => !/^(198\.1[89]|192\.0\.2)\./.test(address));
  return [
    ...nodes.flatMap(({ node, address, link }, index) => [
      `unshare --net=${networkFile(index)} ip -batch - <<END`,
      'link set lo up',
      // The other end goes to the network of process 1, which is the lab's.
      `link add eth0 type veth peer name ${link} netns 1`,
      `address add ${address}/30 dev eth0`,
      'link set eth0 up',
      `route add default via ${labEnd(address)}`,
      ...withFault('blocked-on-node', node, places).map(each => `route add prohibit ${each}/32`),
      // An attempt to connect there ends with an error that says nothing of a network: EINVAL.
      ...withFault('fails-on-node', node, places).map(each => `route add blackhole ${each}/32`),
      'END',
    ]),
    'ip -batch - <<END',
    'link set lo up',
    // What is nowhere stays silent: no router says so.
    'route add blackhole default',
    // Every address of these ranges is this computer's own, so one listener serves all hosts.
    ...SERVER_RANGES.map(range => `route add local ${range} dev lo`),
    ...outside.map(address => `route add local ${address}/32 dev lo`),
    ...nodes.flatMap(({ address, link }) => [
      `address add ${labEnd(address)}/30 dev ${link}`,
      `link set ${link} up`,
    ]),
    'END',
    '',
  ].join('\n');
}

/** Addresses to which the node itself lets nobody connect, with one or another of its own errors. */
function withFault(
  kind: 'blocked-on-node' | 'fails-on-node',
  node: ScenarioNode,
  places: readonly Place[],
): readonly string[] {
  return places
    .filter(({ host, ports }) => [...ports.keys()].some(port => pathFaultOf(node, host, port)?.kind === kind))
    .flatMap(addressesOf);
}

function labEnd(address: string): string {
  return address.replace(/\d+$/, '1');
}

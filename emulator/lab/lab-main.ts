/**
 * The lab's own process. It is started in new network, mount and process namespaces as their first process, so
 * that the kernel ends everything in them with it; and it ends when its standard input does. All servers live here.
 */
import { once } from 'node:events';
import { readlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { clusterNames } from '../nodes/cluster.ts';
import { AddressPlan, type Place } from './network/address-plan.ts';
import { pathFaultOf } from './servers/faults.ts';
import { ForwardProxy } from './servers/forward-proxy.ts';
import { ineffective } from './ineffective.ts';
import type { LabReply, LabRequest } from './lab-messages.ts';
import {
  EMPTY_FOLDER,
  TEMPORARY_FOLDER,
  TRUST_FILE,
  makeNetwork,
  makePrivate,
  seatNodes,
} from './network/namespaces.ts';
import { NameServer } from './servers/name-server.ts';
import { OriginServer } from './servers/origin-server.ts';
import { packetFilter } from './network/packet-filter.ts';
import { serveTime } from './servers/time-server.ts';
import { runProgram } from './network/run-program.ts';
import type { Scenario, ScenarioNode } from './scenario.ts';

/** Longest queue of connections not yet accepted: every node calls every host at once. */
const BACKLOG = 4096;

async function start({ scenario, rules }: LabRequest): Promise<LabReply> {
  // Still the outside's /proc: it knows this process by its outer number.
  const pid = Number(readlinkSync('/proc/self'));
  await makePrivate();
  const plan = new AddressPlan(scenario, rules);
  const seats = seatNodes(scenario);
  const nodes = new Map(seats.map(seat => [seat.address, seat.node]));
  const names = clusterNames(scenario);
  const nodeNames = new Map(
    seats.flatMap(({ node, address }) =>
      [node.name, names.fqdn(node.name)].map(name => [name.toLowerCase(), address]),
    ),
  );
  const [, authorities] = await Promise.all([
    makeNetwork(seats, plan.places),
    // A large library: it loads while the network is made.
    import('./servers/authorities.ts').then(({ Authorities }) => Authorities.create(signersOf(scenario))),
  ]);
  writeFileSync(TRUST_FILE, authorities.trusted);
  await Promise.all([
    runProgram(
      ['nft', '-f', '-'],
      packetFilter(seats, plan.places, name => names.fqdn(name)),
    ),
    new NameServer(plan, nodeNames, address => nodes.get(address)).listen(),
    serveTime(plan.places, address => nodes.get(address)),
    ...listen(scenario, plan, new OriginServer(authorities), nodes),
  ]);
  return {
    ready: true,
    pid,
    notes: ineffective(scenario, plan),
    environment: {
      SSL_CERT_FILE: TRUST_FILE,
      SSL_CERT_DIR: EMPTY_FOLDER,
      TMPDIR: TEMPORARY_FOLDER,
    },
  };
}

/** Authorities that only this scenario has. */
function signersOf(scenario: Scenario): readonly string[] {
  const faults = scenario.nodes.flatMap(node => node.faults.map(({ fault }) => fault));
  return [...new Set(faults.filter(fault => fault.startsWith('signed-by:')))].map(fault =>
    fault.slice('signed-by:'.length),
  );
}

/** One listener for each port; the address that was called tells which host is meant. */
function listen(
  scenario: Scenario,
  plan: AddressPlan,
  origin: OriginServer,
  nodes: ReadonlyMap<string, ScenarioNode>,
): readonly Promise<unknown>[] {
  const proxies = new Map(
    scenario.proxies.map(proxy => {
      const address = plan.find(proxy.host)?.address ?? '';
      return [`${address}:${proxy.port}`, new ForwardProxy(proxy, address, plan)] as const;
    }),
  );
  const ports = new Set(plan.places.flatMap((place: Place) => [...place.ports.keys()]));
  return [...ports].map(port => {
    const server = createServer({ pauseOnConnect: true, noDelay: true }, socket => {
      socket.on('error', () => socket.destroy());
      const place = plan.at(socket.localAddress ?? '');
      if (!place) {
        socket.destroy();
        return;
      }
      const proxy = proxies.get(`${place.address}:${port}`);
      const node = nodes.get(socket.remoteAddress ?? '');
      if (proxy) proxy.accept(socket);
      else
        origin.accept(socket, {
          place,
          port,
          fault: node && pathFaultOf(node, place.host, port),
          clockSkewSeconds: node?.clockSkewSeconds ?? 0,
        });
    });
    server.listen({ port, host: '0.0.0.0', backlog: BACKLOG });
    return once(server, 'listening');
  });
}

const lines = createInterface({ input: process.stdin });
lines.once('line', line => {
  start(JSON.parse(line) as LabRequest)
    .catch((error: unknown): LabReply => ({
      ready: false,
      problem: error instanceof Error ? error.message : String(error),
    }))
    .then(
      reply => process.stdout.write(`${JSON.stringify(reply)}\n`),
      () => process.exit(1),
    );
});
lines.once('close', () => process.exit(0));

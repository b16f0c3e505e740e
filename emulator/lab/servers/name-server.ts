import { createSocket, type Socket as DatagramSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, isIPv4, type Server } from 'node:net';
import {
  AUTHORITATIVE_ANSWER,
  RECURSION_AVAILABLE,
  RECURSION_DESIRED,
  decode,
  encode,
  streamDecode,
  streamEncode,
  type Packet,
} from 'dns-packet';
import { NAME_SERVER, type AddressPlan } from '../network/address-plan.ts';
import { nameFaultOf } from './faults.ts';
import type { ScenarioNode } from '../scenario.ts';

const SERVER_FAILURE = 2;
const NXDOMAIN = 3;
const TTL_SECONDS = 60;
/**
 * A check asks for 200 names of two families at once, 16 nodes for 6,400. Linux gives as much of this as the computer allows (socket(7),
 * SO_RCVBUF); by itself there is room for about 280, and who asked a question that is lost waits 5 s before asking again.
 */
const QUESTIONS_BYTES = 4 * 1024 * 1024;

/** The lab's DNS server; it tells nodes apart by where they ask from. */
export class NameServer {
  readonly #plan: AddressPlan;
  readonly #nodeNames: ReadonlyMap<string, string>;
  readonly #nodeAt: (address: string) => ScenarioNode | undefined;

  /** @param nodeNames addresses of the nodes, by lower-case name */
  constructor(
    plan: AddressPlan,
    nodeNames: ReadonlyMap<string, string>,
    nodeAt: (address: string) => ScenarioNode | undefined,
  ) {
    this.#plan = plan;
    this.#nodeNames = nodeNames;
    this.#nodeAt = nodeAt;
  }

  async listen(): Promise<void> {
    const datagrams: DatagramSocket = createSocket({ type: 'udp4', recvBufferSize: QUESTIONS_BYTES });
    datagrams.on('message', (message, from) => {
      const answer = this.#answer(() => decode(message), from.address);
      if (answer)
        this.#later(answer, from.address, () => datagrams.send(encode(answer), from.port, from.address));
    });
    const streams: Server = createServer(socket => {
      let received = Buffer.alloc(0);
      socket.on('error', () => socket.destroy());
      socket.on('data', chunk => {
        received = Buffer.concat([received, chunk]);
        if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
        const answer = this.#answer(() => streamDecode(received), socket.remoteAddress ?? '');
        if (answer) this.#later(answer, socket.remoteAddress ?? '', () => socket.end(streamEncode(answer)));
      });
    });
    datagrams.bind(53, NAME_SERVER);
    streams.listen(53, NAME_SERVER);
    await Promise.all([once(datagrams, 'listening'), once(streams, 'listening')]);
  }

  /** At once, or as late as the name is slow for the node. */
  #later({ questions }: Packet, from: string, send: () => void): void {
    const node = this.#nodeAt(from);
    const fault = node && nameFaultOf(node, questions?.[0]?.name ?? '');
    if (fault?.kind === 'slow-name') setTimeout(send, fault.ms);
    else send();
  }

  /** A node, or a host of the list. */
  #find(name: string): { readonly address: string } | undefined {
    const address = this.#nodeNames.get(name.toLowerCase());
    return address === undefined ? this.#plan.find(name) : { address };
  }

  /** Undefined: no answer at all. */
  #answer(read: () => Packet, from: string): Packet | undefined {
    let query: Packet;
    try {
      query = read();
    } catch {
      return undefined;
    }
    const question = query.questions?.[0];
    if (!question) return undefined;
    const node = this.#nodeAt(from);
    const fault = node && nameFaultOf(node, question.name);
    if (fault?.kind === 'dns-timeout') return undefined;
    const isGiven = fault === undefined || fault.kind === 'resolve' || fault.kind === 'slow-name';
    const place = !isGiven ? undefined : this.#find(question.name);
    const addresses =
      place === undefined ? [] : fault?.kind === 'resolve' ? fault.addresses : [place.address];
    return {
      type: 'response',
      id: query.id,
      flags:
        AUTHORITATIVE_ANSWER |
        RECURSION_AVAILABLE |
        ((query.flags ?? 0) & RECURSION_DESIRED) |
        (place ? 0 : fault?.kind === 'dns-failure' ? SERVER_FAILURE : NXDOMAIN),
      questions: [question],
      answers: addresses
        .map(address => (address === 'self' ? (place?.address ?? '') : address))
        .flatMap(data => {
          const type = isIPv4(data) ? 'A' : 'AAAA';
          return type === question.type ? [{ type, name: question.name, ttl: TTL_SECONDS, data }] : [];
        }),
    };
  }
}

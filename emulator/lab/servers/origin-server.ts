import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import type { Place } from '../network/address-plan.ts';
import { type Answer, answerOf, blockPage, redirectTo, transparentRefusal } from './answers.ts';
import type { Authorities, CertificateKind } from './authorities.ts';
import type { PathFault } from './faults.ts';
import { coversHost, isWildcard } from './host-pattern.ts';

/** One connection to a listed service. */
export interface Visit {
  readonly place: Place;
  readonly port: number;
  /** What is broken between the visitor and this port. */
  readonly fault: PathFault | undefined;
  /** How far the visitor's clock is ahead. To the visitor it is the world that is behind. */
  readonly clockSkewSeconds: number;
}

/** All listed services; which one is meant is known from the address that was called. */
export class OriginServer {
  readonly #authorities: Authorities;
  readonly #http: Server;
  readonly #visits = new WeakMap<object, Visit>();

  constructor(authorities: Authorities) {
    this.#authorities = authorities;
    this.#http = createServer((request, response) => this.#respond(request, response));
    this.#http.on('clientError', (_, socket) => socket.destroy());
  }

  /** Takes over a connection that nobody has read from. */
  accept(socket: Socket, visit: Visit): void {
    const service = visit.place.ports.get(visit.port);
    if (visit.fault?.kind === 'reset-on-connect') {
      socket.resetAndDestroy();
      return;
    }
    if (visit.fault?.kind === 'reset-on-tls' && service !== 'http') {
      // The first bytes that come are the ClientHello.
      socket.once('data', () => socket.resetAndDestroy());
      socket.resume();
      return;
    }
    const refusal = service === 'https' ? refusalOfTls(visit.fault) : undefined;
    if (refusal !== undefined) {
      socket.once('data', () => refusal !== 'silence' && socket.end(refusal));
      socket.resume();
      return;
    }
    switch (service) {
      case 'https':
        void this.#acceptTls(socket, visit);
        return;
      case 'http':
        this.#serve(socket, visit);
        return;
      default:
        // Plain TCP: open, and silent until the other side leaves.
        socket.resume();
    }
  }

  async #acceptTls(socket: Socket, visit: Visit): Promise<void> {
    // What comes in the meantime waits in the socket.
    if (visit.fault?.kind === 'slow-tls') await setTimeout(visit.fault.ms);
    if (socket.destroyed) return;
    const kind = certificateKind(visit.fault);
    const { host } = visit.place;
    const contextFor = (name: string): ReturnType<Authorities['contextFor']> =>
      this.#authorities.contextFor(nameOnCertificate(host, name), kind, visit.clockSkewSeconds);
    const secure = new TLSSocket(socket, {
      isServer: true,
      secureContext: await contextFor(host),
      SNICallback: (name, done) => {
        contextFor(name).then(
          context => done(null, context),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
      },
      ALPNProtocols: ['http/1.1'],
    });
    secure.on('error', () => secure.destroy());
    this.#serve(secure, visit, socket);
  }

  /** @param below the connection itself, where TLS is on it */
  #serve(socket: Socket, visit: Visit, below = socket): void {
    const kind = visit.fault?.kind;
    if (kind === 'reset-in-header') {
      socket.once('data', () =>
        socket.write(BEGINNING, () => void setTimeout(SEEN_MS).then(() => below.resetAndDestroy())),
      );
      socket.resume();
      return;
    }
    if (kind === 'not-http' || kind === 'reset-on-http' || kind === 'announced-only') {
      // The first bytes that come are the request.
      socket.once('data', () => (kind === 'reset-on-http' ? socket.destroy() : socket.end(WORDS[kind])));
      socket.resume();
      return;
    }
    this.#visits.set(socket, visit);
    this.#http.emit('connection', socket);
    socket.resume();
  }

  #respond(request: IncomingMessage, response: ServerResponse): void {
    const visit = this.#visits.get(request.socket);
    if (!visit) throw new Error('A request came on a connection that was never accepted.');
    const { fault, place } = visit;
    const date = new Date(Date.now() - visit.clockSkewSeconds * 1000).toUTCString();
    const genuine = answerOf(place.host, request.url ?? '/');
    if (fault?.kind === 'slow') void setTimeout(fault.ms).then(() => send(response, genuine, date));
    else if (fault?.kind === 'transparent-proxy') send(response, transparentRefusal(), date);
    else if (fault?.kind === 'redirect') send(response, redirectTo(fault.url), date);
    else if (fault?.kind !== 'http') send(response, genuine, date);
    else if (fault.status < 200) {
      // Only an announcement; the answer itself comes after it.
      request.socket.write(`HTTP/1.1 ${fault.status} Wait\r\n\r\n`);
      send(response, genuine, date);
    } else send(response, blockPage(fault.status), date);
  }
}

/** TLS records of an alert: fatal, with its number (RFC 5246, section 7.2). */
const alert = (number: number): Buffer => Buffer.from([21, 3, 3, 0, 2, 2, number]);
const HANDSHAKE_FAILURE = alert(40);
const PROTOCOL_VERSION = alert(70);
/** A record of a handshake (22) with a ServerHello (2) in which nothing is. */
const EMPTY_HELLO = Buffer.from([22, 3, 3, 0, 4, 2, 0, 0, 0]);
/** What filters send on 443 that know no TLS. */
const PLAIN_PAGE =
  'HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<h1>Access to this site is blocked</h1>';
/** Of an answer whose header never ends; after so long the other side has it. */
const BEGINNING = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Ms-Request-';
const SEEN_MS = 100;
/** What comes in place of an answer, before the end. */
const WORDS = {
  /** What a server of another kind says first. */
  'not-http': '220 mail.contoso.com ESMTP\r\n',
  'announced-only': 'HTTP/1.1 100 Continue\r\n\r\n',
};

/** What is sent in answer to the ClientHello in place of TLS; undefined: TLS begins. */
function refusalOfTls(fault: PathFault | undefined): Buffer | string | undefined {
  switch (fault?.kind) {
    case 'tls-alert':
      return HANDSHAKE_FAILURE;
    case 'tls-version':
      return PROTOCOL_VERSION;
    case 'tls-broken':
      return EMPTY_HELLO;
    case 'not-tls':
      return PLAIN_PAGE;
    case 'silent-on-tls':
      return 'silence';
    default:
      return undefined;
  }
}

function send(response: ServerResponse, { status, headers, body }: Answer, date: string): void {
  const length = status === 204 || status === 304 ? {} : { 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, date, ...length }).end(body);
}

/** A server knows the names of its own place only; to others it shows its own certificate. */
function nameOnCertificate(host: string, asked: string): string {
  return isWildcard(host) && coversHost(host, asked) ? asked.toLowerCase() : host;
}

function certificateKind(fault: PathFault | undefined): CertificateKind {
  switch (fault?.kind) {
    case 'intercept':
    case 'untrusted':
    case 'expired':
    case 'wrong-name':
    case 'wrong-purpose':
    case 'incomplete-chain':
    case 'missing-root':
    case 'unsent-root':
      return fault.kind;
    case 'signed-by':
      return `signed-by:${fault.name}`;
    default:
      return 'genuine';
  }
}

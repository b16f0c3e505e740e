import {
  createServer,
  STATUS_CODES,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { AddressPlan } from '../network/address-plan.ts';
import { coversHost } from './host-pattern.ts';
import type { ScenarioProxy } from '../scenario.ts';

/** Headers that concern one hop only. */
const HOP_HEADERS = ['connection', 'proxy-connection', 'proxy-authorization', 'keep-alive', 'te', 'upgrade'];

interface Refusal {
  readonly status: number;
  readonly reason: string;
  readonly squidError: string;
}

const CREDENTIALS_WANTED: Refusal = {
  status: 407,
  reason: 'Proxy Authentication Required',
  squidError: 'ERR_CACHE_ACCESS_DENIED 0',
};
/** A gateway that stands in the proxy's place and does not do its work. */
function refusalWith(status: number): Refusal {
  return status === 407
    ? CREDENTIALS_WANTED
    : { status, reason: STATUS_CODES[status] ?? 'Refused', squidError: 'ERR_ACCESS_DENIED 0' };
}
const DENIED: Refusal = { status: 403, reason: 'Forbidden', squidError: 'ERR_ACCESS_DENIED 0' };
const BAD_REQUEST: Refusal = { status: 400, reason: 'Bad Request', squidError: 'ERR_INVALID_URL 0' };
const NO_NAME: Refusal = { status: 503, reason: 'Service Unavailable', squidError: 'ERR_DNS_FAIL 0' };
const NO_CONNECTION: Refusal = {
  status: 503,
  reason: 'Service Unavailable',
  squidError: 'ERR_CONNECT_FAIL 111',
};

/**
 * A forward proxy, talking as Squid does. It stands in the lab's internet: the faults of a node are on that node's
 * own way and end at the proxy.
 */
export class ForwardProxy {
  readonly #proxy: ScenarioProxy;
  readonly #address: string;
  readonly #plan: AddressPlan;
  readonly #http: Server;

  constructor(proxy: ScenarioProxy, address: string, plan: AddressPlan) {
    this.#proxy = proxy;
    this.#address = address;
    this.#plan = plan;
    const later = (work: () => void): void => {
      if (proxy.delayMs === undefined) work();
      else setTimeout(work, proxy.delayMs);
    };
    this.#http = createServer((request, response) => later(() => this.#forward(request, response)));
    this.#http.on('connect', (request, socket, head) => later(() => this.#tunnel(request, socket, head)));
    this.#http.on('clientError', (_, socket) => socket.destroy());
  }

  /** Takes over a connection that nobody has read from. */
  accept(socket: Socket): void {
    const { broken } = this.#proxy;
    if (broken !== undefined && broken !== 'tunnel-closes') {
      socket.once('data', () => {
        if (broken === 'closes') socket.destroy();
        else if (broken === 'not-http') socket.end('220 mail.contoso.com ESMTP\r\n');
      });
      socket.resume();
      return;
    }
    this.#http.emit('connection', socket);
    socket.resume();
  }

  #tunnel(request: IncomingMessage, client: Duplex, head: Buffer): void {
    client.on('error', () => client.destroy());
    if (this.#proxy.broken === 'tunnel-closes') {
      client.end('HTTP/1.1 200 Connection established\r\n\r\n');
      return;
    }
    const { host, port } = splitAuthority(request.url ?? '');
    const refusal = this.#refusalFor(host, port);
    if (refusal) {
      client.end(this.#refusalText(refusal));
      return;
    }
    const upstream = connect({ host: this.#addressOf(host), port, localAddress: this.#address });
    upstream.once('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    upstream.once('error', () => {
      if (upstream.connecting || upstream.bytesRead + upstream.bytesWritten === 0)
        client.end(this.#refusalText(NO_CONNECTION));
      else client.destroy();
    });
    client.once('close', () => upstream.destroy());
  }

  #forward(request: IncomingMessage, response: ServerResponse): void {
    const { pac } = this.#proxy;
    if (pac !== undefined && (request.url === '/proxy.pac' || request.url === '/wpad.dat')) {
      response.writeHead(200, { 'content-type': 'application/x-ns-proxy-autoconfig' }).end(pac);
      return;
    }
    const target = URL.parse(request.url ?? '');
    const port = Number(target?.port || 80);
    const refusal =
      target?.protocol === 'http:'
        ? this.#refusalFor(target.hostname, port)
        : (this.#credentials() ?? BAD_REQUEST);
    if (!target || refusal) {
      this.#refuse(response, refusal ?? BAD_REQUEST);
      return;
    }
    const upstream = httpRequest({
      host: this.#addressOf(target.hostname),
      port,
      localAddress: this.#address,
      method: request.method,
      path: `${target.pathname}${target.search}`,
      headers: { ...withoutHopHeaders(request.headers), host: target.host, via: this.#via },
    });
    upstream.on('response', answer => {
      response.writeHead(answer.statusCode ?? 502, { ...withoutHopHeaders(answer.headers), via: this.#via });
      answer.pipe(response);
    });
    upstream.on('error', () => {
      if (response.headersSent) response.destroy();
      else this.#refuse(response, NO_CONNECTION);
    });
    request.pipe(upstream);
  }

  get #via(): string {
    return `1.1 ${this.#proxy.host} (squid/5.7)`;
  }

  #credentials(): Refusal | undefined {
    if (this.#proxy.answer !== undefined) return refusalWith(this.#proxy.answer);
    return this.#proxy.requiresAuthentication ? CREDENTIALS_WANTED : undefined;
  }

  #refusalFor(host: string, port: number): Refusal | undefined {
    if (this.#proxy.answer !== undefined) return refusalWith(this.#proxy.answer);
    if (this.#proxy.requiresAuthentication) return CREDENTIALS_WANTED;
    if (this.#proxy.denyPorts.includes(port)) return DENIED;
    if (host === '' || !(port > 0 && port < 65536)) return BAD_REQUEST;
    if (this.#proxy.deny.some(pattern => coversHost(pattern, host))) return DENIED;
    return this.#addressOf(host) === undefined ? NO_NAME : undefined;
  }

  #addressOf(host: string): string | undefined {
    return this.#plan.at(host)?.address ?? this.#plan.find(host)?.address;
  }

  #refuse(response: ServerResponse, refusal: Refusal): void {
    response.writeHead(refusal.status, refusal.reason, this.#refusalHeaders(refusal)).end(page(refusal));
  }

  #refusalText(refusal: Refusal): string {
    const headers = Object.entries(this.#refusalHeaders(refusal)).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    return `HTTP/1.1 ${refusal.status} ${refusal.reason}\r\n${headers.join('')}\r\n${page(refusal)}`;
  }

  #refusalHeaders(refusal: Refusal): Readonly<Record<string, string>> {
    return {
      Server: 'squid/5.7',
      'Content-Type': 'text/html;charset=utf-8',
      'Content-Length': String(Buffer.byteLength(page(refusal))),
      'X-Squid-Error': refusal.squidError,
      ...(refusal.status === 407 ? { 'Proxy-Authenticate': 'Negotiate' } : {}),
      Via: this.#via,
      Connection: 'close',
    };
  }
}

function page(refusal: Refusal): string {
  return `<html><head><title>ERROR</title></head><body><h1>${refusal.reason}</h1></body></html>`;
}

function splitAuthority(authority: string): { readonly host: string; readonly port: number } {
  const [host = '', port = ''] = authority.split(':');
  return { host, port: Number(port) };
}

function withoutHopHeaders(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_HEADERS.includes(name)));
}

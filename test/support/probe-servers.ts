import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { Authorities, type CertificateKind } from '../../emulator/lab/servers/authorities.ts';

type Serve = (socket: Socket) => void;

/** Servers on loopback, each with one habit, on ports that the system chose. */
export class ProbeServers {
  readonly #authorities: Authorities;
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();

  private constructor(authorities: Authorities) {
    this.#authorities = authorities;
  }

  static async create(): Promise<ProbeServers> {
    return new ProbeServers(await Authorities.create());
  }

  /** Roots to trust, as PEM. */
  get trusted(): string {
    return this.#authorities.trusted;
  }

  /** Starts a server; gives its port. */
  async listen(serve: Serve, host = '127.0.0.1'): Promise<number> {
    const server = createServer(socket => {
      this.#sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.#sockets.delete(socket));
      serve(socket);
    });
    this.#servers.push(server);
    server.listen(0, host);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  /** A server behind TLS. */
  async listenTls(host: string, kind: CertificateKind, serve: Serve, address?: string): Promise<number> {
    const secureContext = await this.#authorities.contextFor(host, kind);
    return this.listen(socket => {
      const secure = new TLSSocket(socket, { isServer: true, secureContext });
      secure.on('error', () => secure.destroy());
      serve(secure);
    }, address);
  }

  /** A port on which nobody listens. */
  async closedPort(): Promise<number> {
    const port = await this.listen(() => undefined);
    const server = this.#servers.pop();
    server?.close();
    return port;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#servers.map(server => new Promise(resolve => server.close(resolve))));
  }
}

/** Reads a request's header, then sends these bytes and closes. */
export function answering(...chunks: readonly string[]): Serve {
  return socket => {
    socket.once('data', () => {
      for (const chunk of chunks) socket.write(chunk);
      socket.end();
    });
  };
}

/** Accepts and says nothing. */
export const silent: Serve = socket => {
  socket.resume();
};

/** A proxy that connects every CONNECT to one port. */
export function tunnelTo(port: number): Serve {
  return socket => {
    socket.once('data', () => {
      const upstream = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
    });
  };
}

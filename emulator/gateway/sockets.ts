import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { AuditLog } from './audit.ts';
import type { NodeAccess } from './nodes/node-access.ts';
import { NodeStream } from './nodes/node-stream.ts';
import type { NotificationHub } from './notification-hub.ts';

/** Version 1 and version 2 forms of the stream's URL (the SDK's data/net.ts); the last part names the extension. */
const STREAM = /^\/api\/(?:streams|services\/winstream\/stream)\/socket\/([^/]+)$/i;
const HUB = '/api/notifications';

/** Takes WebSocket connections of pages that this gateway served. */
export class Sockets {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #hub: NotificationHub;
  readonly #access: NodeAccess;
  readonly #audit: AuditLog;
  readonly #sideload: string | undefined;

  /** @param sideload origin of a tool in development, whose page may connect too */
  constructor(hub: NotificationHub, access: NodeAccess, audit: AuditLog, sideload?: string) {
    this.#hub = hub;
    this.#access = access;
    this.#audit = audit;
    this.#sideload = sideload;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const host = request.headers.host ?? '';
    const { origin } = request.headers;
    const url = request.url ?? '';
    const target = URL.canParse(url, `http://${host}`) ? new URL(url, `http://${host}`).pathname : '';
    // A browser always says where a page is from; no page of another site may drive nodes.
    const foreign = origin !== undefined && origin !== `http://${host}` && origin !== this.#sideload;
    const module = STREAM.exec(target)?.[1];
    if (foreign || (module === undefined && target.toLowerCase() !== HUB)) {
      socket.end(`HTTP/1.1 ${foreign ? '403 Forbidden' : '404 Not Found'}\r\nConnection: close\r\n\r\n`);
      return;
    }
    this.#server.handleUpgrade(request, socket, head, accepted => {
      if (module === undefined) this.#hub.accept(accepted);
      else this.#stream(accepted, module);
    });
  }

  #stream(socket: WebSocket, module: string): void {
    new NodeStream(socket, decodeURIComponent(module), this.#access, this.#audit);
  }

  stop(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }
}

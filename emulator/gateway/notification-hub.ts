import { WebSocket, type RawData } from 'ws';
import { isRecord, parseJson, type JsonRecord } from './http/json.ts';

/** Ends each message of ASP.NET Core SignalR's JSON protocol. */
const RECORD_END = '\u001e';
/** Message types of that protocol: aspnetcore, src/SignalR/docs/specs/HubProtocol.md. */
const INVOCATION = 1;
const COMPLETION = 3;
const PING = 6;
/** The service drops a client that it has not heard from for 30 s; it expects a ping each 15 s. */
const PING_EVERY_MS = 15_000;

/** `/api/notifications`: a browser subscribes to an id and is told what happens to it. */
export class NotificationHub {
  readonly #subscribers = new Map<string, Set<WebSocket>>();
  readonly #last = new Map<string, unknown>();

  /** Serves one browser until its socket closes. */
  accept(socket: WebSocket): void {
    const ping = setInterval(() => {
      send(socket, { type: PING });
    }, PING_EVERY_MS);
    ping.unref();
    let greeted = false;
    socket.on('message', raw => {
      for (const message of messages(raw)) {
        if (greeted) {
          this.#answer(socket, message);
          continue;
        }
        greeted = true;
        send(socket, {});
      }
    });
    socket.on('close', () => {
      clearInterval(ping);
      for (const sockets of this.#subscribers.values()) sockets.delete(socket);
    });
  }

  #answer(socket: WebSocket, message: JsonRecord): void {
    if (message['type'] !== INVOCATION) return;
    const { invocationId, target } = message;
    const [id] = Array.isArray(message['arguments']) ? (message['arguments'] as readonly unknown[]) : [];
    const known = target === 'Subscribe' && typeof id === 'string';
    if (known) this.#subscribe(socket, id);
    if (typeof invocationId !== 'string') return;
    const outcome = known ? { result: null } : { error: `The hub has no method '${String(target)}'.` };
    send(socket, { type: COMPLETION, invocationId, ...outcome });
  }

  #subscribe(socket: WebSocket, id: string): void {
    const sockets = this.#subscribers.get(id) ?? new Set();
    sockets.add(socket);
    this.#subscribers.set(id, sockets);
    const last = this.#last.get(id);
    if (last !== undefined) notify(socket, last);
  }

  /** Tells all who subscribed to an id. */
  publish(id: string, message: unknown): void {
    for (const socket of this.#subscribers.get(id) ?? []) notify(socket, message);
  }

  /** The end of an id's story; whoever subscribes later is told it too. */
  publishLast(id: string, message: unknown): void {
    this.#last.set(id, message);
    this.publish(id, message);
  }
}

function* messages(raw: RawData): Generator<JsonRecord> {
  const source = Array.isArray(raw) ? Buffer.concat(raw) : Buffer.from(raw as Buffer);
  for (const part of source.toString('utf8').split(RECORD_END)) {
    const message = part === '' ? undefined : parseJson(part);
    if (isRecord(message)) yield message;
  }
}

function notify(socket: WebSocket, message: unknown): void {
  send(socket, { type: INVOCATION, target: 'Notify', arguments: [JSON.stringify(message)] });
}

function send(socket: WebSocket, message: unknown): void {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message) + RECORD_END);
}

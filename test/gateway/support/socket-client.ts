import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { WebSocket } from 'ws';

/** A WebSocket whose messages are taken one after the other. */
export class SocketClient {
  readonly #socket: WebSocket;
  readonly #messages: unknown[] = [];
  readonly #waiting: ((message: unknown) => void)[] = [];
  readonly #mark: string;

  private constructor(socket: WebSocket, mark: string) {
    this.#socket = socket;
    this.#mark = mark;
    socket.on('message', (raw: Buffer) => {
      const texts = mark === '' ? [raw.toString()] : raw.toString().split(mark).filter(Boolean);
      for (const text of texts) this.#take(JSON.parse(text));
    });
  }

  /** @param mark what ends each message, '' for one message a frame */
  static async open(context: TestContext, url: string, mark = ''): Promise<SocketClient> {
    const socket = new WebSocket(url.replace('http', 'ws'));
    const client = new SocketClient(socket, mark);
    context.after(() => {
      socket.terminate();
    });
    await once(socket, 'open');
    return client;
  }

  #take(message: unknown): void {
    const next = this.#waiting.shift();
    if (next) next(message);
    else this.#messages.push(message);
  }

  send(message: unknown): void {
    this.#socket.send(JSON.stringify(message) + this.#mark);
  }

  next<T>(): Promise<T> {
    return new Promise(resolve => {
      if (this.#messages.length > 0) resolve(this.#messages.shift() as T);
      else
        this.#waiting.push(message => {
          resolve(message as T);
        });
    });
  }

  async close(): Promise<void> {
    this.#socket.close();
    await once(this.#socket, 'close');
  }
}

/** One message between the shell and the tool. */
export interface WireMessage {
  readonly direction: 'tool->shell' | 'shell->tool';
  readonly data: unknown;
}

const KEPT = 2000;

/** Both directions of the conversation with the tool, for tests to read. */
export class WireLog {
  #messages: WireMessage[] = [];

  constructor() {
    window.addEventListener(
      'message',
      event => {
        this.#add('tool->shell', event.data);
      },
      true,
    );
  }

  get messages(): readonly WireMessage[] {
    return this.#messages;
  }

  /** A stand-in for the tool's window that the SDK posts to. */
  listening(window: Window): Window {
    const postMessage = (message: unknown, origin: string): void => {
      this.#add('shell->tool', message);
      window.postMessage(message, origin);
    };
    // The SDK uses nothing else of a window that it posts to (its rpc/rpc-channel.ts).
    return { postMessage } as unknown as Window;
  }

  #add(direction: WireMessage['direction'], data: unknown): void {
    this.#messages.push({ direction, data: structuredClone(data) });
    if (this.#messages.length > KEPT) this.#messages = this.#messages.slice(-KEPT);
  }
}

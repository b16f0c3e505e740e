import type { Readable, Writable } from 'node:stream';

/** A process inside a simulated node's network. */
export interface NodeProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Settles when the process has ended. */
  readonly ended: Promise<void>;
  kill(): void;
}

/** The network that the simulated nodes live in. */
export interface Network {
  readonly kind: 'lab' | 'local';
  /** Why `local` is in use although `lab` was wanted; '' otherwise. */
  readonly reason: string;
  /** Starts a program in the network of a node of the scenario. */
  spawn(
    node: string,
    command: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<NodeProcess>;
  /** Ends everything that it started: processes, servers, namespaces. */
  stop(): Promise<void>;
}

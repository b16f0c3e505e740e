import type { ChildProcess } from 'node:child_process';

export interface Lock {
  /** The lock also holds as long as this program runs, should its owner be killed. */
  holdFor(child: ChildProcess): void;
  release(): Promise<void>;
}

/**
 * Takes a lock between the commands of this checkout, waiting for whoever has it.
 *
 * @param doing what its owner does, for those who wait: "builds the tool"
 */
export function takeLock(name: string, doing: string, folder?: string): Promise<Lock>;

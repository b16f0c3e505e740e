import { Injectable, signal } from '@angular/core';
import { textOf } from '../read/read-have';

/** What the network team has, as the administrator gave it. */
export interface GivenFile {
  /** Undefined for what was pasted. */
  readonly name?: string;
  readonly text: string;
}

/** As the browser's `File`. */
export interface ChosenFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Bytes; with two a sign it is more than is read. */
const LARGEST = 20_000_000;

/** Keeps what was given while the tool is open; nothing of it leaves the browser. */
@Injectable({ providedIn: 'root' })
export class CoverageStore {
  private readonly givenSignal = signal<GivenFile | undefined>(undefined);
  readonly given = this.givenSignal.asReadonly();

  paste(text: string): void {
    this.givenSignal.set(text.trim() === '' ? undefined : { text });
  }

  /** Why the file was not taken; undefined when it was. */
  async choose(file: ChosenFile): Promise<'too-large' | 'unreadable' | undefined> {
    if (file.size > LARGEST) return 'too-large';
    try {
      const text = textOf(new Uint8Array(await file.arrayBuffer()));
      this.givenSignal.set({ name: file.name, text });
      return undefined;
    } catch {
      return 'unreadable';
    }
  }

  clear(): void {
    this.givenSignal.set(undefined);
  }
}

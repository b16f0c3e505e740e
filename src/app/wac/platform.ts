import { InjectionToken } from '@angular/core';
import { browserClipboard, browserClock, browserLeaveGuard } from './browser-platform';

/** Time, so that tests hold it. */
export interface Clock {
  now(): Date;
  /** Calls back every `ms`; returns the way to stop. */
  every(ms: number, tick: () => void): () => void;
}

/** Texts that the browser keeps by a key. */
export interface KeepSafe {
  read(key: string): string | undefined;
  /** False when the browser has no room for it or forbids it; what was there before is then gone. */
  write(key: string, value: string | undefined): boolean;
}

/** The same, which can tell what it has. */
export interface LastingKeepSafe extends KeepSafe {
  /** Those that begin so. */
  keys(beginning: string): readonly string[];
}

/** A file that the administrator gets. */
export interface FileOut {
  readonly fileName: string;
  readonly mime: string;
  readonly text: string;
  /** In place of the text, for a file that is none. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
}

/** Hands a file to the administrator's browser. */
export interface Downloads {
  save(file: FileOut): void;
}

/** Puts text where the administrator can paste it; gives false where the browser forbids that. */
export interface Clipboard {
  copy(text: string): Promise<boolean>;
}

/** Fetches one JSON file that ships with the tool. Rejects with a plain Error. */
export interface AssetSource {
  json(path: string): Promise<unknown>;
}

/** Asks before the page is left. */
export interface LeaveGuard {
  /** From now on leaving asks first; returns the way to end that. */
  hold(): () => void;
}

/** The computer's own, unless somebody holds the time. */
export const CLOCK = new InjectionToken<Clock>('Clock', { providedIn: 'root', factory: () => browserClock });
/** Survives a reload of this browser tab, and is gone with the tab. */
export const KEEP_SAFE = new InjectionToken<KeepSafe>('KeepSafe');
/** Survives the tab too. */
export const LASTING_KEEP_SAFE = new InjectionToken<LastingKeepSafe>('LastingKeepSafe');
export const DOWNLOADS = new InjectionToken<Downloads>('Downloads');
export const CLIPBOARD = new InjectionToken<Clipboard>('Clipboard', {
  providedIn: 'root',
  factory: () => browserClipboard,
});
export const ASSETS = new InjectionToken<AssetSource>('AssetSource');
export const LEAVE_GUARD = new InjectionToken<LeaveGuard>('LeaveGuard', {
  providedIn: 'root',
  factory: () => browserLeaveGuard,
});

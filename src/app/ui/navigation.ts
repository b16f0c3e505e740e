import { Injectable, signal } from '@angular/core';
import type { ChangeRequest } from '../export/allowlist/change-request';

/** The tabs, in their order: each is a route and the key of its strings. */
export const TABS = ['overview', 'allowlist', 'reachability', 'proxy'] as const;
export type TabId = (typeof TABS)[number];

/** What to show of a tab when it opens. */
export interface Errand {
  readonly tab: TabId;
  /** Id of a rule (Allowlist), or of a rule whose endpoints are looked for (Reachability). */
  readonly rule?: string;
  /** Rows to leave. */
  readonly only?: 'proven' | 'unproven' | 'failed' | 'unknown';
  /** What to open at once. */
  readonly act?: 'export' | 'set';
  /** What is to be exported, and why; all that the list shows when absent. */
  readonly request?: ChangeRequest;
  /** Rows that block this capability. */
  readonly blocks?: string;
}

/** How one page leads to another; the frame follows, and the page that is reached takes its errand. */
@Injectable({ providedIn: 'root' })
export class Navigation {
  private readonly errandSignal = signal<Errand | undefined>(undefined);
  readonly errand = this.errandSignal.asReadonly();

  go(errand: Errand): void {
    this.errandSignal.set(errand);
  }

  /** The errand of a tab, once. */
  take(tab: TabId): Errand | undefined {
    const errand = this.errandSignal();
    if (errand?.tab !== tab) return undefined;
    this.errandSignal.set(undefined);
    return errand;
  }
}

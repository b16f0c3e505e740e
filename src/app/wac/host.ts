import { InjectionToken, type Signal } from '@angular/core';
import type { Observable } from 'rxjs';

export type Theme = 'light' | 'dark';

/** What Windows Admin Center's connection says of the cluster; nothing here was asked of the cluster itself. */
export interface ClusterConnection {
  /** The cluster's name as it was added to WAC, usually an FQDN. */
  readonly name: string;
  /** Node names kept with the connection; may be stale or empty. */
  readonly nodes: readonly string[];
}

export type NoticeState = 'progress' | 'success' | 'warning' | 'error';

/** The page around the tool: Windows Admin Center's shell, or a fake in tests. */
export interface Host {
  readonly connection: ClusterConnection;
  readonly theme: Signal<Theme>;
  /** BCP 47, for dates and numbers. */
  readonly locale: string;
  /** Strings of the chosen language by key. */
  readonly strings: Readonly<Record<string, string>>;
  /** The route with which the shell opened the tool, '' for the start page. */
  readonly initialPath: string;
  /** Routes that the shell asks for later, when the administrator comes back. */
  readonly reopened: Observable<string>;
  /** Tells the shell where the tool is, so that reload and return lead there. */
  reportPath(path: string): void;
  /** Shows one message among WAC's notifications; the same id updates in place. */
  notify(id: string, state: NoticeState, title: string, message: string): void;
}

export const HOST = new InjectionToken<Host>('Host');

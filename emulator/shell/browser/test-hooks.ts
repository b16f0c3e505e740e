import type { RpcReportData } from '@microsoft/windows-admin-center-sdk/core/rpc/report/rpc-report-model';
import type { NotificationsPane, ShownNotification } from './notifications.ts';
import type { WireLog, WireMessage } from './wire-log.ts';

/** `window.__emu`: what tests may read of the shell. Nothing in it changes anything. */
export interface TestHooks {
  readonly wire: readonly WireMessage[];
  readonly notifications: readonly ShownNotification[];
  readonly reports: readonly RpcReportData[];
  /** The tool has been opened. */
  readonly ready: boolean;
  /** Why the shell could not open the tool; '' otherwise. */
  readonly error: string;
}

/** What the hooks show. */
export interface ShellState {
  readonly wire: WireLog;
  readonly reports: RpcReportData[];
  notifications: NotificationsPane | undefined;
  ready: boolean;
  error: string;
}

/** Makes `window.__emu`. */
export function exposeHooks(state: ShellState): void {
  const hooks: TestHooks = {
    get wire() {
      return [...state.wire.messages];
    },
    get notifications() {
      return state.notifications?.shown ?? [];
    },
    get reports() {
      return [...state.reports];
    },
    get ready() {
      return state.ready;
    },
    get error() {
      return state.error;
    },
  };
  Object.defineProperty(window, '__emu', { value: Object.freeze(hooks), enumerable: true });
}

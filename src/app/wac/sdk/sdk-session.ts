import { signal, type Signal } from '@angular/core';
import {
  RpcDeactivateState,
  RpcOpenState,
  RpcOutboundCommands,
  type RpcActivateData,
  type RpcDeactivateResult,
  type RpcOpenData,
  type RpcOpenResult,
  type RpcShutdownData,
  type RpcShutdownResult,
} from '@microsoft/windows-admin-center-sdk/core/rpc/rpc-base';
import { RpcObservableUpdateThemeServer } from '@microsoft/windows-admin-center-sdk/core/rpc/update-theme/rpc-observable-update-theme-server';
import { firstValueFrom, forkJoin, of, Subject, type Observable } from 'rxjs';
import type { Theme } from '../host';
import type { LeaveDesk, LeaveState } from '../leaving';
import type { SdkServices } from './sdk-services';

/** The shell's life with this tool: it opens, themes, leaves, comes back and ends. */
export interface ShellSession {
  /** Settles with the path of the first opening; from then on the active connection is known. */
  readonly opened: Promise<string>;
  /** Paths that the shell asks for later, when the administrator comes back. */
  readonly reopened: Observable<string>;
  readonly theme: Signal<Theme>;
}

const DEACTIVATE_STATES: Readonly<Record<LeaveState, RpcDeactivateState>> = {
  free: RpcDeactivateState.Deactivated,
  waiting: RpcDeactivateState.InProgress,
  stay: RpcDeactivateState.Cancelled,
};

/** Answers the shell's calls. Must run before the first Ping: the SDK listens from here on. */
export function startShellSession(services: SdkServices, desk: LeaveDesk): ShellSession {
  const { rpc } = services;
  const theme = signal<Theme>('light');
  const reopened = new Subject<string>();
  rpc.init();

  rpc.register(RpcOutboundCommands.Init, () => {
    services.gateway.navigationReadyStatus = true;
    theme.set(currentTheme());
    return Promise.resolve();
  });
  new RpcObservableUpdateThemeServer(rpc).register(request => {
    const next = toTheme(request.newTheme);
    theme.set(next);
    return of({});
  });
  // The shell asks again while the answer is "in progress".
  rpc.register(RpcOutboundCommands.Deactivate2, (): Promise<RpcDeactivateResult> =>
    Promise.resolve({ state: DEACTIVATE_STATES[desk.mayLeave()], waitedTime: 0 }),
  );
  rpc.register(RpcOutboundCommands.Activate, async (data: RpcActivateData) => {
    await refresh(services);
    if (typeof data.url === 'string') reopened.next(data.url);
  });
  rpc.register(RpcOutboundCommands.Shutdown, (data: RpcShutdownData): Promise<RpcShutdownResult> =>
    Promise.resolve({ canShutdown: data.force || !desk.isHeld() }),
  );
  const opened = new Promise<string>(resolve => {
    let first = true;
    rpc.register(RpcOutboundCommands.Open, async (data: RpcOpenData): Promise<RpcOpenResult> => {
      await refresh(services);
      if (first) resolve(data.path ?? '');
      else reopened.next(data.path ?? '');
      first = false;
      return { state: RpcOpenState.Opened, waitedTime: 0 };
    });
  });
  return { opened, reopened, theme: theme.asReadonly() };
}

/** Takes tokens, connections and the gateway's address from the shell. */
async function refresh(services: SdkServices): Promise<void> {
  await firstValueFrom(
    forkJoin([
      services.authorization.initialize(),
      services.connections.initialize(),
      services.gateway.initialize(),
    ]),
  );
}

function currentTheme(): Theme {
  return toTheme(MsftSme.self().Resources.theme);
}

function toTheme(name: string | undefined): Theme {
  return name === 'dark' ? 'dark' : 'light';
}

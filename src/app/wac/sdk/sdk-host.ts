import type { Signal } from '@angular/core';
import { NotificationState } from '@microsoft/windows-admin-center-sdk/core/notification/notification-state';
import { RpcNotificationClient } from '@microsoft/windows-admin-center-sdk/core/rpc/notification/rpc-notification-client';
import { RpcReportClient } from '@microsoft/windows-admin-center-sdk/core/rpc/report/rpc-report-client';
import type { Observable } from 'rxjs';
import type { ClusterConnection, Host, NoticeState, Theme } from '../host';
import type { SdkServices } from './sdk-services';
import type { ShellSession } from './sdk-session';

const NOTICE_STATES: Readonly<Record<NoticeState, NotificationState>> = {
  progress: NotificationState.InProgress,
  success: NotificationState.Success,
  warning: NotificationState.Warning,
  error: NotificationState.Error,
};

/** Windows Admin Center around the tool. */
export class SdkHost implements Host {
  readonly connection: ClusterConnection;
  readonly theme: Signal<Theme>;
  readonly locale: string;
  readonly strings: Readonly<Record<string, string>>;
  readonly reopened: Observable<string>;

  constructor(
    private readonly services: SdkServices,
    session: ShellSession,
    readonly initialPath: string,
  ) {
    this.theme = session.theme;
    this.reopened = session.reopened;
    const resources = MsftSme.self().Resources;
    this.locale = resources.localeRegionalId ?? resources.localeId ?? 'en-US';
    this.strings =
      MsftSme.getStrings<{ OutboundConnectivity?: Record<string, string> }>().OutboundConnectivity ?? {};
    this.connection = readConnection(services);
  }

  reportPath(path: string): void {
    void RpcReportClient.report(this.services.rpc, { path });
  }

  notify(id: string, state: NoticeState, title: string, message: string): void {
    // By RPC, not through the SDK's NotificationConnection: that brings the shell's side and SignalR along (75 kB).
    void RpcNotificationClient.notify(this.services.rpc, {
      id,
      state: NOTICE_STATES[state],
      title,
      message,
      nodeName: this.connection.name,
      timestamp: Date.now(),
    });
  }
}

function readConnection(services: SdkServices): ClusterConnection {
  const active: { name?: string; properties?: { nodes?: unknown } } | undefined =
    services.connections.activeConnection ?? undefined;
  const nodes = active?.properties?.nodes;
  return {
    name: active?.name ?? '',
    nodes: Array.isArray(nodes) ? nodes.filter((node): node is string => typeof node === 'string') : [],
  };
}

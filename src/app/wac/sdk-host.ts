import type { Signal } from '@angular/core';
import type { ClientNotificationInstance } from '@microsoft/windows-admin-center-sdk/core/notification/client-notification-instance';
import { RpcReportClient } from '@microsoft/windows-admin-center-sdk/core/rpc/report/rpc-report-client';
import type { Observable } from 'rxjs';
import type { ClusterConnection, Host, NoticeState, Theme } from './host';
import type { SdkServices } from './sdk-services';
import type { ShellSession } from './sdk-session';

/** Windows Admin Center around the tool. */
export class SdkHost implements Host {
  readonly connection: ClusterConnection;
  readonly theme: Signal<Theme>;
  readonly locale: string;
  readonly strings: Readonly<Record<string, string>>;
  readonly reopened: Observable<string>;
  private readonly notices = new Map<string, ClientNotificationInstance>();

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
    const notice = this.notices.get(id) ?? this.services.notifications.create(this.connection.name);
    this.notices.set(id, notice);
    switch (state) {
      case 'progress':
        return notice.showInProgress(title, message);
      case 'success':
        return notice.showSuccess(title, message);
      case 'warning':
        return notice.showWarning(title, message);
      case 'error':
        return notice.showError(title, message);
    }
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

import { GatewayConnection } from '@microsoft/windows-admin-center-sdk/core/data/gateway-connection';
import { CoreEnvironment } from '@microsoft/windows-admin-center-sdk/core/data/core-environment';
import { Http } from '@microsoft/windows-admin-center-sdk/core/data/http';
import { NodeConnection } from '@microsoft/windows-admin-center-sdk/core/data/node-connection';
import { ErrorMonitor } from '@microsoft/windows-admin-center-sdk/core/diagnostics/error-monitor';
import { Logging } from '@microsoft/windows-admin-center-sdk/core/diagnostics/logging';
import { EnvironmentModule } from '@microsoft/windows-admin-center-sdk/core/manifest/environment-modules';
import { NotificationConnection } from '@microsoft/windows-admin-center-sdk/core/notification/notification-connection';
import { WorkItemConnection } from '@microsoft/windows-admin-center-sdk/core/notification/work-item-connection';
import { Rpc } from '@microsoft/windows-admin-center-sdk/core/rpc/rpc';
import { RpcObservableUpdateThemeClient } from '@microsoft/windows-admin-center-sdk/core/rpc/update-theme/rpc-observable-update-theme-client';
import { AuthorizationManager } from '@microsoft/windows-admin-center-sdk/core/security/authorization-manager';
import { ConnectionManager } from '@microsoft/windows-admin-center-sdk/core/security/connection-manager';
import { first, firstValueFrom } from 'rxjs';
import { askForCredentials } from './credentials.ts';
import type { ThemeName } from './theme.ts';

/** The SDK's classes as they work in a shell: the same ones, told that they are the shell. */
export interface ShellServices {
  readonly rpc: Rpc;
  readonly gateway: GatewayConnection;
  readonly connections: ConnectionManager;
  readonly notifications: NotificationConnection;
  readonly themes: RpcObservableUpdateThemeClient;
}

const CLUSTER = 'msft.sme.connection-type.cluster';

/** Makes this page the shell, takes up the connections and makes the cluster's the active one. */
export async function startShell(theme: ThemeName): Promise<ShellServices> {
  await CoreEnvironment.initialize(
    { name: EnvironmentModule.nameOfShell, version: '5.0.0', isProduction: true },
    { resourcesPath: '/assets/strings' },
    { disableStyleInjection: true, disableAccessibility: true },
  );
  const self = MsftSme.self();
  self.Resources.theme = theme;
  self.Resources.assets = { css: [], cssV2: [], js: [] };
  self.Resources.accessibilityMode = false;
  self.Init.connectivityLevel = 'All';

  const rpc = new Rpc();
  const authorization = new AuthorizationManager(askForCredentials, rpc);
  const gateway = new GatewayConnection(new Http(), rpc, authorization);
  const connections = new ConnectionManager(rpc, gateway);
  gateway.configureGatewayEnvironment(location.origin, false, '');
  const notifications = new NotificationConnection(rpc);
  // In a shell this one runs the work items and listens to the gateway's hub.
  new WorkItemConnection(rpc, gateway, new NodeConnection(gateway, authorization), notifications);
  Logging.current.registerRpc(rpc, gateway);
  ErrorMonitor.current.registerRpc(rpc);
  rpc.init();
  const themes = new RpcObservableUpdateThemeClient(rpc);
  for (const service of [authorization, connections, gateway]) service.initialize().subscribe();
  await restore(connections);
  return { rpc, gateway, connections, notifications, themes };
}

async function restore(connections: ConnectionManager): Promise<void> {
  connections.restoreConnections().subscribe();
  await firstValueFrom(connections.connectionsInitialized.pipe(first(list => list.length > 0)));
  const cluster = connections.connections.find(connection => connection.type === CLUSTER);
  if (!cluster) throw new Error('The gateway keeps no connection to a cluster.');
  connections.activeConnection = cluster;
}

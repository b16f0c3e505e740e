import { BatchConnection } from '@microsoft/windows-admin-center-sdk/core/data/batch-connection';
import { ConnectionManager } from '@microsoft/windows-admin-center-sdk/core/security/connection-manager';
import { GatewayConnection } from '@microsoft/windows-admin-center-sdk/core/data/gateway-connection';
import { Http } from '@microsoft/windows-admin-center-sdk/core/data/http';
import { LifetimeData } from '@microsoft/windows-admin-center-sdk/core/data/lifetime-data';
import { Logging } from '@microsoft/windows-admin-center-sdk/core/diagnostics/logging';
import { PowerShellConnection } from '@microsoft/windows-admin-center-sdk/core/data/powershell-connection';
import { Rpc } from '@microsoft/windows-admin-center-sdk/core/rpc/rpc';
import { TriggerableLifetimeManager } from '@microsoft/windows-admin-center-sdk/core/data/disposable';
import { NodeAuthorization } from '../gateway/node-authorization';
import { PatientNodeConnection } from './patient-node-connection';

/** The services of the SDK's core that the tool uses. */
export interface SdkServices {
  readonly rpc: Rpc;
  readonly authorization: NodeAuthorization;
  readonly gateway: GatewayConnection;
  readonly connections: ConnectionManager;
  readonly powerShell: PowerShellConnection;
}

/**
 * Puts the SDK's core services together. The SDK does this only in its Angular package, which is compiled for an
 * Angular that is out of support; core has no Angular in it.
 */
export function createSdkServices(): SdkServices {
  const rpc = new Rpc();
  const authorization = new NodeAuthorization(() => {
    throw new Error('The shell asks for credentials, never the tool.');
  }, rpc);
  const gateway = new GatewayConnection(new Http(), rpc, authorization);
  const connections = new ConnectionManager(rpc, gateway);
  const powerShell = new PowerShellConnection(
    createLifetime(),
    new PatientNodeConnection(gateway, authorization),
    new BatchConnection(gateway, authorization),
  );
  Logging.current.registerRpc(rpc, gateway);
  return { rpc, authorization, gateway, connections, powerShell };
}

function createLifetime(): LifetimeData {
  const lifetime = new LifetimeData();
  lifetime.manager = new TriggerableLifetimeManager();
  return lifetime;
}

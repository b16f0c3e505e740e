import {
  NodeConnection,
  type NodeRequest,
  type ServiceRequest,
} from '@microsoft/windows-admin-center-sdk/core/data/node-connection';
import type { Observable } from 'rxjs';
import { patiently } from '../gateway/gateway-patience';

/**
 * The SDK's way to nodes, for a gateway that fails for a moment: a look for more results is repeated. In SDK 5.0.0 one
 * look that fails ends the command, with all that the node had still to say. Nothing else is repeated here: who started
 * a command knows whether it may be started twice.
 */
export class PatientNodeConnection extends NodeConnection {
  override get(
    where: ServiceRequest | string,
    relativeUrl: string,
    request?: NodeRequest,
  ): Observable<unknown> {
    // Names of nodes take the same way; that form is only marked as the older one.
    return super.get(where as ServiceRequest, relativeUrl, request).pipe(patiently());
  }
}

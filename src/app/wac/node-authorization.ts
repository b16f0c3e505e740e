import {
  AuthorizationManager,
  type AuthorizationTokenResponse,
} from '@microsoft/windows-admin-center-sdk/core/security/authorization-manager';
import { catchError, type Observable, of } from 'rxjs';

/**
 * The SDK's manager of credentials, with a node's answer kept to that node. While the shell asks for the credentials of
 * one node, the requests for all others wait for the answer; SDK 5.0.0 fails them too when the administrator gives none.
 */
export class NodeAuthorization extends AuthorizationManager {
  /** What a request waits for before it is sent. Never errors: the node that was refused hears of it another way. */
  override get authAwaiter(): Observable<AuthorizationTokenResponse> {
    return super.authAwaiter.pipe(catchError(() => of({ token: this.manageAsToken })));
  }
}

import type {
  AuthorizationCredentials,
  NodeAuthorizationErrorData,
} from '@microsoft/windows-admin-center-sdk/core/security/authorization-manager';
import { defer, type Observable } from 'rxjs';
import { ask, element, setText } from './page.ts';

/** Asks the administrator for a node's credentials ("manage as"); errors when they decline. */
export function askForCredentials(
  nodes?: string | string[],
  error?: NodeAuthorizationErrorData,
): Observable<AuthorizationCredentials> {
  return defer(async () => {
    const names = Array.isArray(nodes) ? nodes.join(', ') : (nodes ?? 'this connection');
    setText(
      'credentials-message',
      `${names} does not accept the gateway's account. ${error?.errorMessage ?? ''}`,
    );
    const user = element('credentials-user', HTMLInputElement);
    const password = element('credentials-password', HTMLInputElement);
    const answer = await ask(element('credentials', HTMLDialogElement));
    const given = { username: user.value, password: password.value };
    password.value = '';
    if (answer !== 'continue') throw declined();
    return given;
  });
}

/** The code by which the SDK knows that the administrator closed the dialog (its data/powershell.ts). */
function declined(): Error {
  return Object.assign(new Error('The administrator gave no credentials.'), { code: 'ManageAsDialogCancel' });
}

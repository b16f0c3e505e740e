import { RemoteError, type RemoteErrorKind } from '../remote-shell';

/** What the SDK throws when a request to the gateway fails: an AjaxError, seen structurally. */
interface FailedRequest {
  readonly status?: number;
  readonly message?: string;
  readonly response?: unknown;
}

/** Turns whatever the SDK throws into one of our kinds. Never throws itself. */
export function toRemoteError(node: string, thrown: unknown): RemoteError {
  if (thrown instanceof RemoteError) return thrown;
  const failed: FailedRequest = isRecord(thrown) ? thrown : { message: String(thrown) };
  const scriptErrors = readScriptErrors(failed.response);
  if (scriptErrors.length > 0) {
    const message = scriptErrors.join('\n');
    return new RemoteError(kindOfScriptError(message), node, message);
  }
  const gateway = readGatewayError(failed.response);
  const message = gateway.message ?? failed.message ?? '';
  const words = `${gateway.code ?? ''} ${gateway.message ?? ''}`;
  return new RemoteError(kindOfStatus(failed.status, words), node, message);
}

/** Words of WinRM and of PowerShell remoting about the way to a node; a gateway wraps them in statuses of its own. */
const NO_WAY = /WinRM|WSMan|PSRemotingTransport|Connecting to remote server|about_Remote_Troubleshooting/i;
/** The same in errors of a script, which may speak of WinRM for reasons of its own; the help topic is named in every language. */
const NO_SESSION = /Connecting to remote server|PSRemotingTransport|about_Remote_Troubleshooting/i;
/** ERROR_ACCESS_DENIED as a code, and in the languages in which Windows Server is sold. */
const DENIED = new RegExp(
  [
    'access is denied|access denied|accessdenied|unauthorized|0x80070005',
    'zugriff (wurde )?verweigert|accès (est )?refusé|acceso denegado|accesso negato|acesso negado',
    'toegang (is )?geweigerd|åtkomst nekad|odmowa dostępu|přístup byl odepřen|hozzáférés megtagadva|erişim engellendi',
    'отказано в доступе|アクセスが拒否|액세스가 거부|拒绝访问|存取被拒',
  ].join('|'),
  'i',
);

function kindOfScriptError(message: string): RemoteErrorKind {
  if (message.startsWith('LanguageMode:')) return 'constrained-language';
  if (!NO_SESSION.test(message)) return 'script';
  return DENIED.test(message) ? 'access-denied' : 'unreachable';
}

/** A status alone tells of the gateway, not of the node: only words tell that it tried to reach one. */
function kindOfStatus(status: number | undefined, words: string): RemoteErrorKind {
  if (status === 401 || status === 403) return 'access-denied';
  if (!NO_WAY.test(words)) return 'gateway';
  return DENIED.test(words) ? 'access-denied' : 'unreachable';
}

function readScriptErrors(response: unknown): string[] {
  const body = isRecord(response) && isRecord(response['properties']) ? response['properties'] : response;
  if (!isRecord(body) || !Array.isArray(body['errors'])) return [];
  return body['errors'].map(messageOf);
}

function messageOf(error: unknown): string {
  if (typeof error === 'string') return error;
  return isRecord(error) && typeof error['message'] === 'string' ? error['message'] : '';
}

function readGatewayError(response: unknown): { message?: string; code?: string } {
  const error = isRecord(response) && isRecord(response['error']) ? response['error'] : undefined;
  if (!error) return {};
  return {
    ...(typeof error['message'] === 'string' ? { message: error['message'] } : {}),
    ...(typeof error['code'] === 'string' ? { code: error['code'] } : {}),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

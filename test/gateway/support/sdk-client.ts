/** Requests as the SDK sends them: with the cookies of a page and the token that repeats them. */
export type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Response>;

export const V1 = (node: string, rest: string): string =>
  `/api/nodes/${node}/features/powershellApi/${rest}?api-version=2019-02-01`;
export const V2 = (node: string, rest: string): string =>
  `/api/services/WinREST/PowerShell/nodes/${node}/${rest}`;

/** @param url of the gateway, without a slash at its end */
export async function openPage(url: string): Promise<Call> {
  const page = await fetch(`${url}/`);
  const cookie = page.headers
    .getSetCookie()
    .map(line => line.split(';')[0] ?? '')
    .join('; ');
  const token = /WAC-XSRF=([^;]+)/.exec(cookie)?.[1] ?? '';
  return (method, path, body, headers = {}) =>
    fetch(url + path, {
      method,
      headers: { cookie, 'x-xsrf-token': token, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
}

/** What a PowerShell request answers, as tests read it. */
export interface Answer {
  readonly sessionId: string;
  readonly completed: string;
  readonly results: readonly unknown[];
  readonly progress?: readonly unknown[];
  readonly errors?: readonly { errorType: string; message: string }[];
  readonly error?: { code: string; message: string; forbidden?: string };
}

export async function answerOf(response: Response | Promise<Response>): Promise<Answer> {
  return (await (await response).json()) as Answer;
}

export function command(script: string, more: Record<string, unknown> = {}): unknown {
  return { properties: { script, command: 'Get-Thing', module: 'Contoso.Tool', parameters: {}, ...more } };
}

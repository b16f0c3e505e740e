import { randomUUID } from 'node:crypto';
import { coversHost } from './host-pattern.ts';

/** What a server answers to a request. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Habit {
  readonly hosts: readonly string[];
  readonly answer: (host: string) => Answer;
}

const API = 'application/json; charset=utf-8';

/**
 * What the real services say to a bare request for `/`: hardly any of them says 200, and a refusal by the service
 * itself, told by its own headers, proves that the way to it is open. Statuses are believable, not copied.
 */
const HABITS: readonly Habit[] = [
  {
    hosts: [
      'login.microsoftonline.com',
      'login.microsoftonline.us',
      'login.chinacloudapi.cn',
      'login.partner.microsoftonline.cn',
    ],
    answer: host => marked(302, { location: `https://${host}/common/login`, 'x-ms-ests-server': 'lab' }),
  },
  {
    hosts: [
      'graph.windows.net',
      'graph.chinacloudapi.cn',
      'graph.microsoft.com',
      'graph.microsoft.us',
      'microsoftgraph.chinacloudapi.cn',
    ],
    answer: () => marked(401, { server: 'Microsoft-IIS/10.0', 'www-authenticate': 'Bearer realm="graph"' }),
  },
  {
    hosts: ['management.azure.com', 'management.usgovcloudapi.net', 'management.chinacloudapi.cn'],
    answer: () =>
      marked(
        401,
        { 'content-type': API, 'www-authenticate': 'Bearer error="invalid_token"' },
        '{"error":{"code":"AuthenticationFailed"}}',
      ),
  },
  {
    hosts: ['azurestackhci.azurefd.net'],
    answer: () => marked(404, { 'x-azure-ref': randomUUID() }),
  },
  {
    hosts: ['dp.azurestackhci.azure.us', 'dp.stackhci.azure.cn', 'dp.stackhci.azure.com'],
    answer: () => marked(403, { server: 'Kestrel' }),
  },
  {
    hosts: ['*.core.windows.net', '*.core.usgovcloudapi.net', '*.core.chinacloudapi.cn'],
    answer: () =>
      marked(400, {
        server: 'Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0',
        'x-ms-error-code': 'InvalidQueryParameterValue',
      }),
  },
  {
    hosts: ['*.powershellgallery.com', 'download.microsoft.com', 'go.microsoft.com'],
    answer: () =>
      marked(200, { server: 'Microsoft-IIS/10.0', 'content-type': 'text/html' }, '<title>Ok</title>'),
  },
  {
    hosts: ['*.update.microsoft.com', '*.windowsupdate.com', '*.delivery.mp.microsoft.com'],
    answer: () => marked(403, { server: 'Microsoft-IIS/10.0' }),
  },
];

/** What the services' real clients ask for. None of it carries a mark in its headers. */
const FILES = [
  { path: /^\/connecttest\.txt$/, contentType: 'text/plain', body: 'Microsoft Connect Test' },
  { path: /\.crl$/, contentType: 'application/pkix-crl', body: '0' },
  { path: /^\/ocsp\//, contentType: 'application/ocsp-response', body: '0' },
  { path: /\.cab$/, contentType: 'application/vnd.ms-cab-compressed', body: 'MSCF' },
];

/** The answer of a healthy service. */
export function answerOf(host: string, path = '/'): Answer {
  const file = FILES.find(each => each.path.test(path));
  if (file !== undefined) {
    const { contentType, body } = file;
    return { status: 200, headers: { 'content-type': contentType }, body };
  }
  const habit = HABITS.find(each => each.hosts.some(pattern => coversHost(pattern, host)));
  return habit ? habit.answer(host) : marked(404, { server: 'Microsoft-HTTPAPI/2.0' });
}

/**
 * The page that a filter puts in the service's place: none of the service's headers, some words for people. 470 is Azure
 * Firewall's own, which sends three headers and a sentence.
 */
export function blockPage(status: number): Answer {
  if (status === 470)
    return {
      status,
      headers: { 'content-type': 'text/plain; charset=UTF-8' },
      body: 'Action: Deny. Reason: No rule matched. Proceeding with default action',
    };
  const words = status < 500 ? 'Access to this site is blocked' : 'The site cannot be shown at the moment';
  return {
    status,
    headers: { 'content-type': 'text/html', 'cache-control': 'no-cache', connection: 'close' },
    body: `<html><head><title>Web filter</title></head><body><h1>${words}</h1><p>Ask your network team.</p></body></html>`,
  };
}

/** How a proxy refuses that took the request from its way, without being asked. */
export function transparentRefusal(): Answer {
  return {
    status: 403,
    headers: {
      server: 'squid/5.7',
      via: '1.1 gate.contoso.com (squid/5.7)',
      'x-squid-error': 'ERR_ACCESS_DENIED 0',
      'content-type': 'text/html;charset=utf-8',
      connection: 'close',
    },
    body: '<html><head><title>ERROR</title></head><body><h1>Access Denied.</h1></body></html>',
  };
}

/** How a filter or a network's sign-in page leads away. */
export function redirectTo(url: string): Answer {
  return {
    status: 302,
    headers: { location: url, 'cache-control': 'no-cache', connection: 'close' },
    body: '',
  };
}

function marked(status: number, headers: Readonly<Record<string, string>>, body = ''): Answer {
  return { status, headers: { 'x-ms-request-id': randomUUID(), ...headers }, body };
}

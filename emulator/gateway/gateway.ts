import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SimulatedCluster } from '../nodes/cluster.ts';
import { AuditLog } from './audit.ts';
import { answerBatch } from './nodes/batch.ts';
import { parseJson } from './http/json.ts';
import { NodeAccess } from './nodes/node-access.ts';
import { NodeApi, type PollTimes } from './nodes/node-api.ts';
import { nodeAddress } from './nodes/node-url.ts';
import { NotificationHub } from './notification-hub.ts';
import { COMMON_HEADERS, contentSecurityPolicy } from './http/page-headers.ts';
import { gatewayError, type Reply } from './http/reply.ts';
import { readBody } from './http/request-body.ts';
import { Sessions } from './nodes/sessions.ts';
import { Sideload } from './http/sideload.ts';
import { type InstalledApp, shellManifest } from './site.ts';
import { SiteApi } from './site-api.ts';
import { Sockets } from './sockets.ts';
import { StaticFiles } from './http/static-files.ts';
import { WorkItems } from './work-items.ts';
import { xsrfCookies, xsrfMatches } from './http/xsrf.ts';

export interface GatewayOptions {
  readonly cluster: SimulatedCluster;
  /** The installed tool; none where one is sideloaded. */
  readonly app?: InstalledApp;
  /** Origin of a tool in development, `http://localhost:4200`: the shell opens it, and it alone may call across origins. */
  readonly sideload?: string;
  /** Folder of the shell page. */
  readonly shellFolder: string;
  /** What the shell page says about itself: network, scenario. */
  readonly about: unknown;
  /** 0 picks a free one. */
  readonly port: number;
  /** '1.0.0' makes the SDK use its older URLs. */
  readonly gatewayApiVersion?: '1.0.0' | '2.0.0';
  readonly poll?: PollTimes;
  /** How long a node that does not answer is tried, in ms. */
  readonly connectMs?: number;
}

export interface Gateway {
  readonly port: number;
  readonly audit: AuditLog;
  readonly sessions: Sessions;
  stop(): Promise<void>;
}

const LOCAL_NAMES = new Set(['localhost', '127.0.0.1']);
const POLL: PollTimes = { first: 1000, next: 500 };
const CONNECT_MS = 2000;

/** Starts the gateway on the loopback address; rejects when the port is taken. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const site = new Site(options);
  const server = createServer((request, response) => {
    void site.serve(request, response);
  });
  server.on('upgrade', (request, socket, head) => {
    site.sockets.upgrade(request, socket, head);
  });
  await listen(server, options.port);
  return {
    port: (server.address() as AddressInfo).port,
    audit: site.audit,
    sessions: site.sessions,
    stop: async () => {
      site.sockets.stop();
      await site.sessions.closeAll(1000);
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

class Site {
  readonly audit = new AuditLog();
  readonly sessions = new Sessions();
  readonly sockets: Sockets;
  readonly #nodes: NodeApi;
  readonly #site: SiteApi;
  readonly #folders: readonly StaticFiles[];
  readonly #options: GatewayOptions;
  readonly #sideload: Sideload | undefined;

  constructor(options: GatewayOptions) {
    this.#options = options;
    const { app, cluster, sideload } = options;
    this.#sideload = sideload === undefined ? undefined : new Sideload(sideload);
    const hub = new NotificationHub();
    const workItems = new WorkItems(hub);
    const access = new NodeAccess(cluster, options.connectMs ?? CONNECT_MS);
    this.#nodes = new NodeApi(access, this.sessions, this.audit, workItems, options.poll ?? POLL);
    this.#site = new SiteApi(cluster, workItems, this.audit);
    this.sockets = new Sockets(hub, access, this.audit, sideload);
    this.#folders = [
      ...(app ? [new StaticFiles(app.folder, `${app.target}/`)] : []),
      new StaticFiles(options.shellFolder, '/'),
    ];
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const host = request.headers.host ?? '';
    const gone = new AbortController();
    response.on('close', () => {
      gone.abort();
    });
    try {
      const url =
        URL.canParse(request.url ?? '', `http://${host}`) && new URL(request.url ?? '', `http://${host}`);
      // A page elsewhere could point its own name at this computer: only our names are served.
      if (!url || !LOCAL_NAMES.has(url.hostname))
        send(response, gatewayError(421, 'WrongHost', 'Use localhost.'));
      else if (url.pathname.startsWith('/api/')) await this.#serveApi(request, response, url, gone.signal);
      else await this.#servePage(request, response, url);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      send(response, gatewayError(502, 'GatewayFailure', message));
    }
  }

  async #serveApi(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    signal: AbortSignal,
  ): Promise<void> {
    const method = request.method ?? 'GET';
    const path = url.pathname.slice('/api'.length);
    const preflight = this.#sideload?.preflight(request);
    if (preflight) {
      response.writeHead(204, preflight).end();
      return;
    }
    response.setHeaders(new Map(Object.entries(this.#sideload?.headers(request) ?? {})));
    if (!isOpen(method, path) && !xsrfMatches(request)) {
      send(response, gatewayError(403, 'InvalidXsrfToken', 'The request carries no valid x-xsrf-token.'));
      return;
    }
    const body = await readBody(request);
    const address = nodeAddress(url.pathname);
    if (method === 'POST' && path === '/batch') {
      const answer = await answerBatch(request.headers['content-type'] ?? '', body, this.#nodes, signal);
      if (answer) sendText(response, 200, answer.contentType, answer.text);
      else send(response, gatewayError(400, 'BadRequest', 'The batch has no boundary.'));
      return;
    }
    const parsed = body === '' ? undefined : parseJson(body);
    if (body !== '' && parsed === undefined) {
      send(response, gatewayError(400, 'BadRequest', 'The body is not JSON.'));
      return;
    }
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
    );
    const reply = address
      ? await this.#nodes.handle({ via: 'rest', method, ...address, headers, body: parsed, signal })
      : await this.#site.handle({ method, path, body: parsed });
    send(response, reply);
  }

  async #servePage(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      send(response, gatewayError(405, 'MethodNotAllowed', 'Pages can only be read.'));
      return;
    }
    if (url.pathname === '/manifest.json') {
      const version = this.#options.gatewayApiVersion ?? '2.0.0';
      send(response, { status: 200, body: shellManifest(this.#options.app, version) });
      return;
    }
    if (url.pathname === '/about.json') {
      send(response, { status: 200, body: this.#options.about });
      return;
    }
    const withTool = this.#sideload?.pageWithTool(url);
    if (withTool !== undefined) {
      response.writeHead(302, { Location: withTool }).end();
      return;
    }
    const owner = this.#folders.find(folder => folder.owns(url.pathname));
    const file = await owner?.find(url.pathname);
    if (!file) {
      sendText(response, 404, 'text/plain; charset=utf-8', `Nothing is at ${url.pathname}`);
      return;
    }
    if (file.page) {
      response.setHeader('Content-Security-Policy', contentSecurityPolicy(url.host, this.#sideload?.origin));
      response.setHeader('Set-Cookie', xsrfCookies(request));
    }
    sendText(response, 200, file.type, file.content);
  }
}

/** Requests that the SDK (SignalR's own client) or a test sends without the token. */
function isOpen(method: string, path: string): boolean {
  if (method === 'POST') return path.toLowerCase() === '/notifications/negotiate';
  return method === 'GET' && path.startsWith('/__');
}

function send(response: ServerResponse, reply: Reply): void {
  const text = reply.body === undefined ? '' : JSON.stringify(reply.body);
  sendText(response, reply.status, 'application/json; charset=utf-8', text);
}

function sendText(response: ServerResponse, status: number, type: string, content: string | Buffer): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { ...COMMON_HEADERS, 'Content-Type': type });
  response.end(content);
}

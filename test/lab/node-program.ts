/**
 * Runs on a simulated node: tries endpoints with this runtime's own sockets and writes what it met, a JSON line each.
 * Arguments: `http://host[:port]` or `https://host[:port]`, after `--proxy=host:port` through that proxy.
 */
import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';

/** What one attempt met. `failed` names the phase that did not work. */
export interface Meeting {
  readonly url: string;
  readonly failed?: 'name' | 'connect' | 'proxy' | 'tls' | 'http';
  readonly code?: string;
  readonly address?: string;
  /** Common names of the leaf's issuer and of the root, and why the node does not trust the chain ('' when it does). */
  readonly issuer?: string;
  readonly root?: string;
  readonly distrust?: string;
  readonly status?: number;
  readonly headers?: IncomingMessage['headers'];
  readonly body?: string;
  readonly httpMs?: number;
}

const TIMEOUT_MS = 4000;
const trusted = readFileSync(process.env['SSL_CERT_FILE'] ?? '');

class Failure extends Error {
  readonly phase: NonNullable<Meeting['failed']>;
  readonly code: string;
  readonly extra: Partial<Meeting>;

  constructor(phase: NonNullable<Meeting['failed']>, code: string, extra: Partial<Meeting> = {}) {
    super(code);
    this.phase = phase;
    this.code = code;
    this.extra = extra;
  }
}

async function within<T>(phase: NonNullable<Meeting['failed']>, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Failure(phase, 'TIMEOUT')), TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(phase, error instanceof Error && 'code' in error ? String(error.code) : String(error));
  } finally {
    clearTimeout(timer);
  }
}

function opened<T extends Socket>(socket: T, event: string): Promise<T> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject).once(event, () => resolve(socket));
    socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'CLOSED' })));
  });
}

async function dial(host: string, port: number, keep: (part: Partial<Meeting>) => void): Promise<Socket> {
  const { address } = await within('name', lookup(host));
  keep({ address });
  const socket = connectTcp({ host: address, port });
  return within('connect', opened(socket, 'connect'));
}

/** Answer to one request over a socket that is there already. */
function ask(
  socket: Socket,
  options: { method: string; path: string; host: string },
): Promise<Partial<Meeting>> {
  return new Promise((resolve, reject) => {
    const { method, path, host } = options;
    const call = request({ createConnection: () => socket, method, path, headers: { host } });
    call.on('error', reject);
    call.on('connect', answer => resolve({ status: answer.statusCode ?? 0, headers: answer.headers }));
    call.on('response', answer => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => (body += text));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    call.end();
  });
}

async function tunnel(socket: Socket, authority: string): Promise<void> {
  const answer = await within('proxy', ask(socket, { method: 'CONNECT', path: authority, host: authority }));
  if (answer.status !== 200) throw new Failure('proxy', 'REFUSED', answer);
}

async function secure(
  socket: Socket,
  host: string,
  keep: (part: Partial<Meeting>) => void,
): Promise<TLSSocket> {
  const session = connectTls({ socket, servername: host, ca: trusted, rejectUnauthorized: false });
  await within('tls', opened(session, 'secureConnect'));
  const chain: string[] = [];
  let link: PeerCertificate | undefined = session.getPeerCertificate(true);
  while (link) {
    chain.push(String(link.issuer.CN));
    const next: PeerCertificate = (link as PeerCertificate & { issuerCertificate?: PeerCertificate })
      .issuerCertificate as PeerCertificate;
    link = next === link ? undefined : next;
  }
  keep({
    issuer: chain[0] ?? '',
    root: chain.at(-1) ?? '',
    distrust: session.authorized
      ? ''
      : String((session.authorizationError as Error & { code?: string }).code ?? session.authorizationError),
  });
  return session;
}

async function meet(url: string, proxy: string | undefined): Promise<Meeting> {
  let known: Meeting = { url };
  const keep = (part: Partial<Meeting>): void => void (known = { ...known, ...part });
  const { protocol, hostname, port } = new URL(url);
  const number = Number(port || (protocol === 'https:' ? 443 : 80));
  let socket: Socket | undefined;
  try {
    const [first = '', firstPort] = proxy?.split(':') ?? [hostname, String(number)];
    socket = await dial(first, Number(firstPort), keep);
    if (proxy && protocol === 'https:') await tunnel(socket, `${hostname}:${number}`);
    const channel = protocol === 'https:' ? await secure(socket, hostname, keep) : socket;
    const path = proxy && protocol === 'http:' ? `${url}/` : '/';
    const begun = performance.now();
    keep(await within('http', ask(channel, { method: 'GET', path, host: hostname })));
    keep({ httpMs: Math.round(performance.now() - begun) });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    keep({ ...error.extra, failed: error.phase, code: error.code });
  } finally {
    socket?.destroy();
  }
  return known;
}

let proxy: string | undefined;
const attempts: Promise<void>[] = [];
for (const argument of process.argv.slice(2)) {
  if (argument.startsWith('--proxy=')) proxy = argument.slice('--proxy='.length) || undefined;
  else
    attempts.push(
      meet(argument, proxy).then(meeting => void process.stdout.write(`${JSON.stringify(meeting)}\n`)),
    );
}
await Promise.all(attempts);
// A look-up that timed out goes on for seconds more.
process.exit(0);

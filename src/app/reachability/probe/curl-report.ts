import {
  certificateError,
  connectionError,
  exchangeError,
  handshakeError,
  isCertificateError,
  nameError,
} from './curl-words';
import type { Client } from '../plan/client-routes';
import { type CertificateHead, readCertificateHead } from './certificate-head';
import { readHeaders } from './curl-headers';
import type { ObservedCertificate, ObservedPhase, Observation, PhaseName, Unmeasured } from './observation';
import { UNTIMED, UNTOLD } from './own-words';

/** What curl was asked to measure, in the order in which it was asked. */
export interface CurlTarget {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: Exclude<Observation['protocol'], 'udp'>;
  /** `host:port`, '' for direct. */
  readonly proxy: string;
  /** The client whose way this is; absent: WinINet's. */
  readonly client?: Client;
  /** What HTTP asks for; absent: `/`. */
  readonly path?: string;
}

/** One transfer as `Test-EndpointByCurl.ps1` writes it, taken apart. */
interface Transfer {
  readonly exit: number;
  readonly status: number;
  readonly connectStatus: number;
  readonly ip: string;
  /** Milliseconds after the start at which each was over; 0: it never was, or this curl does not tell. */
  readonly at: {
    readonly name: number;
    readonly connect: number;
    readonly tls: number;
    readonly answer: number;
    readonly end: number;
  };
  /** '' when this curl does not count certificates. */
  readonly certificateCount: string;
  readonly words: string;
}

/** Longer texts are no report. */
const MAX_REPORT = 60_000;
/** A transfer ends this long after its time at the latest; beyond it, curl itself was not running. */
const LATE_MS = 250;
const WINDOW_MS = 1;

/**
 * Reads the texts that `Test-EndpointByCurl.ps1` writes on one node, in their order: certificates are described once and
 * named by number afterwards. A text consists of lines, each with a letter before its first tab:
 *
 * - `B` time: the beginning, ISO 8601
 * - `T` and the endpoint's number: exit code, status, status of CONNECT, address, five times in seconds (name, connect,
 *   TLS, first byte, end), number of certificates, curl's own words
 * - `N` and a number: subject, issuer, SHA-1 thumbprint, not before, not after of a certificate
 * - `P`: the beginning of the endpoint's own certificate, Base64 of DER; its thumbprint is then not told
 * - `C`: numbers of a chain's certificates, leaf first; after a `P` without the leaf
 * - `H`: headers as JSON, lower-case names, values only of those that are looked at
 * - `D`: identifier of Resolve-DnsName's error; '' when the name was found this time
 * - `L`: the node's own address on the connection, how many bytes the other side said of itself, of TCP in lines, and how many of a body
 * - `K`: nothing came in time, and curl could not keep up with its own clock: the slowness may be the node's
 * - `I`: the handshake failed also where no certificate was looked at: words about one are then an alert of the other side
 * - `A`: an address and why the connection to it failed
 */
export class CurlReader {
  readonly #targets: readonly CurlTarget[];
  readonly #timeoutMs: number;
  readonly #certificates = new Map<string, ObservedCertificate>();
  #startedAt = '';

  constructor(targets: readonly CurlTarget[], timeoutMs: number) {
    this.#targets = targets;
    this.#timeoutMs = timeoutMs;
  }

  /** The observation in a text; undefined when it has none. Never throws: texts come from nodes. */
  read(value: unknown): Observation | undefined {
    if (typeof value !== 'string' || value.length > MAX_REPORT) return undefined;
    const lines = value.split('\n').map(line => line.replace(/\r$/, ''));
    this.#learn(lines);
    const report = lines.find(line => line.startsWith('T'));
    const [number, ...fields] = report?.slice(1).split('\t') ?? [];
    const target = number !== undefined && /^\d+$/.test(number) ? this.#targets[Number(number)] : undefined;
    const transfer = readTransfer(fields);
    return target === undefined || transfer === undefined
      ? undefined
      : this.#observe(target, transfer, lines);
  }

  #learn(lines: readonly string[]): void {
    for (const line of lines) {
      const [key = '', ...fields] = line.split('\t');
      if (key === 'B' && !Number.isNaN(Date.parse(fields[0] ?? ''))) this.#startedAt = isoOf(fields[0] ?? '');
      if (/^N\d+$/.test(key) && fields.length === 5) {
        const [subject = '', issuer = '', thumbprint = '', from = '', to = ''] = fields;
        this.#certificates.set(key.slice(1), {
          ...limited({ subject, issuer, notBefore: isoOf(from), notAfter: isoOf(to) }),
          thumbprint,
        });
      }
    }
  }

  #observe(target: CurlTarget, transfer: Transfer, lines: readonly string[]): Observation {
    const values = (key: string): readonly string[] =>
      lines.filter(line => line.startsWith(`${key}\t`)).map(line => line.slice(2));
    const numbered = (values('C')[0] ?? '')
      .split(',')
      .flatMap(number => this.#certificates.get(number) ?? []);
    const leaf = values('P')[0];
    const head = leaf === undefined ? undefined : readCertificateHead(leaf);
    // A leaf that cannot be read leaves nothing to judge the others by.
    const isUnread = leaf !== undefined && head === undefined;
    const chain = head
      ? [{ ...limited(named(head, numbered)), thumbprint: '' }, ...numbered]
      : isUnread
        ? []
        : numbered;
    const isAlert = lines.includes('I');
    const refused =
      target.protocol === 'https' && !isAlert && isCertificateError(transfer.exit, transfer.words);
    const headers = values('H')[0];
    const [own = '', said] = (values('L')[0] ?? '').split('\t');
    const source = /^[0-9a-f.:]{2,45}$/i.exec(own)?.[0];
    // What only announces an answer is none.
    const http = transfer.status >= 200 ? { status: transfer.status, ...readHeaders(headers ?? '{}') } : null;
    const unmeasured: Unmeasured[] = [];
    if (target.protocol === 'https' && (transfer.certificateCount === '' || isUnread))
      unmeasured.push('certificates');
    if (http !== null && headers === undefined) unmeasured.push('headers');
    const late = transfer.at.end - this.#timeoutMs;
    // An open port is all that is asked of TCP; the other side need not speak.
    const isOpen = target.protocol === 'tcp' && transfer.ip !== '';
    const timedOut = transfer.exit === 28 && http === null && !isOpen;
    return {
      ...target,
      route: target.proxy === '' ? 'direct' : 'proxy',
      outcome: timedOut ? 'timeout' : 'done',
      phases: phasesOf(target, transfer, {
        nameId: values('D')[0],
        refusals: values('A'),
        isSilent: said === '0',
        isRefused: refused,
      }),
      addresses: addressesOf(transfer, values('A')),
      certificates: chain,
      tlsErrors: refused ? [certificateError(transfer.words)] : [],
      http,
      proxyStatus: transfer.connectStatus >= 100 ? transfer.connectStatus : null,
      startedAt: this.#startedAt,
      ...(source !== undefined && { source }),
      ...(unmeasured.length > 0 && { unmeasured }),
      // All of its time, where curl was busy with others until the end; else what it was late.
      ...(timedOut && lines.includes('K') && { heldUpMs: Math.round(transfer.at.end) }),
      ...(timedOut && !lines.includes('K') && late > LATE_MS && { heldUpMs: Math.round(late) }),
    };
  }
}

/** The issuer as the node itself writes it, where only the types of the name's parts are written differently. */
function named(head: CertificateHead, above: readonly ObservedCertificate[]): CertificateHead {
  const values = (name: string): string => name.replace(/(^|, | \+ )[\w.]+=/g, '$1');
  const same = above.find(each => values(each.subject) === values(head.issuer));
  return same === undefined ? head : { ...head, issuer: same.subject };
}

function limited(head: CertificateHead): CertificateHead {
  return { ...head, subject: head.subject.slice(0, 1000), issuer: head.issuer.slice(0, 1000) };
}

function isoOf(text: string): string {
  const time = Date.parse(text);
  return Number.isNaN(time) ? '' : new Date(time).toISOString();
}

function readTransfer(fields: readonly string[]): Transfer | undefined {
  const [exit, status, connectStatus, ip, name, connect, tls, answer, end, certificateCount, ...words] =
    fields;
  const numbers = [exit, status, connectStatus].map(Number);
  const times = [name, connect, tls, answer, end].map(text => Number(text?.replace(',', '.')) * 1000);
  if (words.length === 0 || ![...numbers, ...times].every(each => Number.isFinite(each) && each >= 0))
    return undefined;
  return {
    exit: numbers[0] ?? 0,
    status: numbers[1] ?? 0,
    connectStatus: numbers[2] ?? 0,
    ip: ip ?? '',
    at: {
      name: times[0] ?? 0,
      connect: times[1] ?? 0,
      tls: times[2] ?? 0,
      answer: times[3] ?? 0,
      end: times[4] ?? 0,
    },
    certificateCount: certificateCount ?? '',
    words: words.join(' ').slice(0, 500),
  };
}

function addressesOf({ ip }: Transfer, refusals: readonly string[]): readonly string[] {
  const others = refusals.map(line => line.split('\t')[0] ?? '');
  return [...new Set([ip, ...others].filter(address => address !== ''))];
}

/** Curl itself could not do it: libcurl-errors(3), those that come before anything is sent. */
const OWN_ERRORS: ReadonlySet<number> = new Set([1, 2, 3, 4, 27, 41, 43, 45, 48]);
/** The other side ended the connection: nothing received, or receiving failed. */
const CUTS: ReadonlySet<number> = new Set([52, 55, 56]);
/** A connection that is closed later was not cut as it was made. The interpreted probe waits as long. */
const SETTLE_MS = 1000;

/** The step that had come about, and was undone at once. */
function cut(last: ObservedPhase | undefined, words: string): ObservedPhase {
  return { phase: 'connect', ms: 0, ...last, outcome: 'failed', code: exchangeError(words), detail: words };
}

/** What other lines tell of a transfer. */
interface Context {
  readonly nameId: string | undefined;
  readonly refusals: readonly string[];
  /** Nothing came from the other side. */
  readonly isSilent: boolean;
  /** The node does not accept the certificate. */
  readonly isRefused: boolean;
}

function phasesOf(
  target: CurlTarget,
  transfer: Transfer,
  { nameId, refusals, isSilent, isRefused }: Context,
): readonly ObservedPhase[] {
  const { exit, at, ip, words } = transfer;
  const phases: ObservedPhase[] = [];
  let before = 0;
  const span = (until: number): number => Math.round(Math.max(0, until - before) * 10) / 10;
  const ok = (phase: PhaseName, until: number, detail = ''): void => {
    phases.push({ phase, ms: span(until), outcome: 'ok', code: '', detail });
    before = Math.max(before, until);
  };
  const fail = (phase: PhaseName, code: string, detail = words): readonly ObservedPhase[] => {
    const timeout = exit === 28;
    const outcome = timeout ? 'timeout' : 'failed';
    return [...phases, { phase, ms: span(at.end), outcome, code: timeout ? '' : code, detail }];
  };

  const answered = transfer.status >= 200;
  // All went well, and nothing came: no phase of that is believed.
  if (exit === 0 && !answered && target.protocol !== 'tcp') return [];
  if (OWN_ERRORS.has(exit) && ip === '' && !answered) return fail('name', `Curl${exit}`);
  const connected = ip !== '' && exit !== 7;
  if (exit === 5 || exit === 6) return fail('name', nameError(nameId ?? ''));
  if (exit === 28 && !connected && (at.name < WINDOW_MS / 1000 || /resolv/i.test(words)))
    return fail('name', '');
  ok('name', at.name);
  if (!connected) {
    const [first] = refusals;
    const code = connectionError(first?.split('\t')[1] ?? words);
    const detail = refusals.map(line => line.replace('\t', ': ')).join('; ');
    return fail('connect', code, detail === '' ? words : detail);
  }
  ok('connect', Math.max(at.name, at.connect), at.connect > 0 ? ip : `${ip}; ${UNTIMED}`);
  if (target.proxy !== '' && target.protocol !== 'http') {
    const status = transfer.connectStatus;
    if (status < 200 || status > 299) {
      return fail('proxy', status >= 100 ? `Status${status}` : exchangeError(words));
    }
    // curl tells when the tunnel's TLS was there, not when the proxy had agreed.
    ok('proxy', before, UNTIMED);
  }
  if (target.protocol === 'tcp') {
    // A curl that was late itself saw neither the opening nor the cut when they were.
    const isPrompt = at.connect - at.name < SETTLE_MS && at.end - before < SETTLE_MS;
    // Nobody resets a connection that only waits; that it was closed in peace means something at its beginning only.
    const isCut = CUTS.has(exit) && isSilent && (isPrompt || exchangeError(words) !== 'ConnectionClosed');
    return isCut ? [...phases.slice(0, -1), cut(phases.at(-1), words)] : phases;
  }
  if (target.protocol === 'https') {
    if (isRefused) return fail('tls', 'Untrusted');
    if (at.tls === 0 && !answered) return fail('tls', handshakeError(words));
    ok('tls', at.tls, UNTOLD);
  }
  if (!answered) return fail('http', exchangeError(words));
  ok('http', at.answer);
  return phases;
}

import { addressCause } from './answers/address-cause';
import type { Cause } from './causes';
import { CAUSES } from './causes';
import type { ObservedPhase, Observation, PhaseName } from '../probe/observation';
import { isFailure, type VerdictCode } from './verdicts';
import type { KnownAuthorities } from './certificates/known-authorities';
import { certificateCause } from './certificates/certificate-cause';
import { type EndpointFacts, NO_FACTS } from './endpoint-facts';
import { httpCause } from './answers/http-cause';

export interface Judgement {
  readonly verdict: VerdictCode;
  readonly cause: Cause;
}

/** What one observation means. Depends on nothing else and never throws. */
export function judge(
  observation: Observation,
  known: KnownAuthorities,
  about: EndpointFacts = NO_FACTS,
): Judgement {
  const cause = findCause(observation, known, about);
  return { verdict: CAUSES[cause].verdict, cause };
}

function findCause(observation: Observation, known: KnownAuthorities, about: EndpointFacts): Cause {
  if (isTooSlow(observation)) return 'node-too-slow';
  if (observation.outcome === 'deadline') return 'deadline';
  const last = lastPhase(observation);
  if (last === undefined) return 'unclear-report';
  const where = last.phase === 'name' ? undefined : addressCause(observation, about.own);
  if (where === 'blocked-by-name' || where === 'private-address-not-allowed') return where;
  // A private address explains what fails there; what answers from it is judged as any other answer.
  const found = last.outcome === 'ok' ? 'answered' : failureCause(observation, last);
  if (where !== undefined && found === 'connect-timed-out') return 'private-address';
  if (where !== undefined && found === 'connection-refused') return 'private-address-refused';
  const shown =
    last.phase === 'tls' || last.phase === 'http' ? certificateCause(observation, known, about) : undefined;
  // A certificate that someone on the way made explains whatever comes after it.
  if (shown !== undefined && isFailure(CAUSES[shown].verdict)) return shown;
  if (last.outcome !== 'ok') return failureCause(observation, last);
  return successCause(observation, shown, about);
}

/**
 * Whether the node had so little time for the probe that silence says nothing of the network: it was still held up when
 * the whole time was over, or it was held up for most of the endpoint's time.
 */
function isTooSlow({ outcome, phases, heldUpMs = 0 }: Observation): boolean {
  if (outcome === 'done' || heldUpMs === 0) return false;
  const measured = phases.reduce((sum, { ms }) => sum + ms, 0);
  return outcome === 'deadline' || heldUpMs > (measured * 2) / 3;
}

/** The phases of a probe that goes all the way. */
export function expectedPhases({
  protocol,
  route,
}: Pick<Observation, 'protocol' | 'route'>): readonly PhaseName[] {
  const tunnel: readonly PhaseName[] = route === 'proxy' && protocol !== 'http' ? ['proxy'] : [];
  if (protocol === 'udp') return ['name', 'ntp'];
  const service: Readonly<Record<Exclude<Observation['protocol'], 'udp'>, readonly PhaseName[]>> = {
    https: ['tls', 'http'],
    http: ['http'],
    tcp: [],
  };
  return ['name', 'connect', ...tunnel, ...service[protocol]];
}

/**
 * The phase at which it ended. Undefined when the report contradicts itself: phases missing or out of order, going on
 * after a failure, or ending well before the end.
 */
export function lastPhase(
  observation: Pick<Observation, 'protocol' | 'route' | 'phases'>,
): ObservedPhase | undefined {
  const expected = expectedPhases(observation);
  const { phases } = observation;
  const last = phases.at(-1);
  const inOrder = phases.every(
    (item, index) => item.phase === expected[index] && (item.outcome === 'ok' || index === phases.length - 1),
  );
  if (last === undefined || !inOrder) return undefined;
  return last.outcome === 'ok' && phases.length < expected.length ? undefined : last;
}

function failureCause(observation: Observation, last: ObservedPhase): Cause {
  if (hadNoTime(observation, last)) return 'name-took-the-time';
  const viaProxy = observation.route === 'proxy';
  const timedOut = last.outcome === 'timeout';
  switch (last.phase) {
    case 'name':
      return viaProxy ? 'proxy-name-not-resolved' : nameCause(last);
    case 'connect':
      return viaProxy ? proxyConnectCause(last) : connectCause(observation, last);
    case 'proxy':
      return timedOut ? 'proxy-silent' : tunnelCause(observation.proxyStatus, last.code);
    case 'tls':
      return timedOut ? 'tls-timed-out' : tlsCause(last.code);
    case 'ntp':
      return timedOut ? 'time-silent' : (lookUp(CONNECT_CAUSES, last.code) ?? 'probe-failed');
    case 'http':
      return timedOut ? 'http-timed-out' : last.code === 'NotHttp' ? 'http-not-http' : 'http-closed';
  }
}

/** An answer whose first packet is lost comes after a second more (RFC 6298, section 2.1). */
const ENOUGH_MS = 2000;

/** Whether a step ended without an answer because the look-up of the name had left it too little time: that says nothing of it. */
function hadNoTime({ phases }: Observation, last: ObservedPhase): boolean {
  if (last.outcome !== 'timeout' || last.phase === 'name' || last.ms >= ENOUGH_MS) return false;
  const whole = phases.reduce((sum, { ms }) => sum + ms, 0);
  return phases.some(({ phase, ms }) => phase === 'name' && ms > (whole * 2) / 3);
}

/** A server that fails says so at once; a resolver that met silence has tried for a second at the least. */
const SILENCE_MS = 1000;

function nameCause({ outcome, code, ms }: ObservedPhase): Cause {
  if (outcome === 'timeout' || code === 'TimedOut') return 'name-server-silent';
  if (code === 'HostNotFound' || code === 'NoData') return 'no-such-name';
  if (code === 'TryAgain') return ms < SILENCE_MS ? 'name-server-failed' : 'name-server-silent';
  if (code === 'NoRecovery') return 'name-server-failed';
  return 'probe-failed';
}

/** Codes of .NET's SocketError. */
const CONNECT_CAUSES: Readonly<Record<string, Cause>> = {
  ConnectionRefused: 'connection-refused',
  // The node's own filtering platform forbids it.
  AccessDenied: 'blocked-on-node',
  TimedOut: 'connect-timed-out',
  HostUnreachable: 'unreachable',
  NetworkUnreachable: 'unreachable',
  HostDown: 'unreachable',
  NetworkDown: 'unreachable',
};

function connectCause(observation: Observation, { outcome, code }: ObservedPhase): Cause {
  if (outcome === 'timeout') return 'connect-timed-out';
  if (RESETS.has(code)) {
    // Whether a reset right after the connection counts as connecting or as what follows depends on the system.
    return { https: 'tls-reset', http: 'http-closed', tcp: 'connection-reset', udp: 'connection-refused' }[
      observation.protocol
    ] as Cause;
  }
  return lookUp(CONNECT_CAUSES, code) ?? 'probe-failed';
}

const PROXY_CONNECT_CAUSES: Readonly<Partial<Record<Cause, Cause>>> = {
  'connection-refused': 'proxy-refused',
  'connect-timed-out': 'proxy-timed-out',
  unreachable: 'proxy-unreachable',
};

function proxyConnectCause({ outcome, code }: ObservedPhase): Cause {
  if (outcome === 'timeout') return 'proxy-timed-out';
  if (RESETS.has(code)) return 'proxy-refused';
  const direct = lookUp(CONNECT_CAUSES, code) ?? 'probe-failed';
  return PROXY_CONNECT_CAUSES[direct] ?? direct;
}

/** Bad request, not found, method not allowed, not implemented: servers that do not know CONNECT (RFC 9110, section 15) answer so. */
const NO_TUNNEL: ReadonlySet<number> = new Set([400, 404, 405, 501]);

/** The answer to CONNECT. */
function tunnelCause(status: number | null, code: string): Cause {
  // It agreed, and closed what it had opened.
  if (status !== null && status >= 200 && status < 300) return 'proxy-tunnel-closed';
  if (status === null) return code === 'NotHttp' ? 'proxy-not-http' : 'proxy-closed';
  // Some proxies want a sign-in with a server's status, or by their sign-in page (RFC 6585, section 6).
  if (status === 407 || status === 401 || status === 511) return 'proxy-wants-credentials';
  if (NO_TUNNEL.has(status)) return 'proxy-no-tunnel';
  return status >= 500 && status < 600 ? 'proxy-could-not-reach' : 'proxy-policy';
}

const RESETS: ReadonlySet<string> = new Set([
  'ConnectionReset',
  'ConnectionAborted',
  'ConnectionClosed',
  'Shutdown',
]);

function tlsCause(code: string): Cause {
  return RESETS.has(code) ? 'tls-reset' : (lookUp(TLS_CAUSES, code) ?? 'tls-handshake-failed');
}

/** Codes of the probe's own, for what the other side says. */
const TLS_CAUSES: Readonly<Record<string, Cause>> = {
  TlsAlert: 'tls-alert',
  TlsVersion: 'tls-version',
  NotTls: 'tls-not-tls',
  // Nothing was sent.
  NodeTls: 'probe-failed',
};

function successCause(observation: Observation, shown: Cause | undefined, about: EndpointFacts): Cause {
  // A transparent proxy accepts every connection to a web port, so that an open one proves the least there.
  if (observation.protocol === 'udp') return 'time-answered';
  if (observation.protocol === 'tcp')
    return WEB_PORTS.has(observation.port) ? 'connected-web-port' : 'connected';
  const { http } = observation;
  return http === null ? 'unclear-report' : httpCause(observation, http, shown, about);
}

const WEB_PORTS: ReadonlySet<number> = new Set([80, 443]);
/** Codes come from nodes: `constructor` must not find one of JavaScript's own. */
function lookUp(table: Readonly<Record<string, Cause>>, code: string): Cause | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}

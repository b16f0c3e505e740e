import type { ObservedCertificate, ObservedHttp, ObservedPhase, Observation, PhaseName } from './observation';
import { CLIENTS } from '../plan/client-routes';
import type { PlanEntry } from '../plan/probe-plan';
import {
  duration,
  type Fields,
  instant,
  integer,
  isNothing,
  list,
  oneOf,
  readOrUndefined,
  record,
  text,
} from './reading';

const PROTOCOLS = ['https', 'http', 'tcp', 'udp'] as const;
const ROUTES = ['direct', 'proxy'] as const;
const OUTCOMES = ['done', 'timeout', 'deadline'] as const;
const PHASES: readonly PhaseName[] = ['name', 'connect', 'proxy', 'tls', 'http', 'ntp'];
const UNMEASURED = ['certificates', 'headers'] as const;
const PHASE_OUTCOMES = ['ok', 'failed', 'timeout'] as const;

/**
 * Reads one object that a node wrote. Whatever a node sends, the answer is an observation of the right shape or
 * undefined.
 */
export function parseObservation(value: unknown): Observation | undefined {
  return readOrUndefined(() => observation(record(value)));
}

/** The same of one endpoint; undefined also where it tells of another. */
export function observationOf(entry: PlanEntry, value: unknown): Observation | undefined {
  const observation = parseObservation(value);
  return tellsOf(entry, observation) ? observation : undefined;
}

/** Whether it is about the endpoint that its id names. */
export function tellsOf(
  { id, host, port, protocol }: PlanEntry,
  observation: Observation | undefined,
): observation is Observation {
  return (
    observation?.id === id &&
    observation.host === host &&
    observation.port === port &&
    observation.protocol === protocol
  );
}

function observation(fields: Fields): Observation {
  return {
    id: text(fields['id']),
    host: text(fields['host']),
    port: integer(fields['port'], 0, 65535),
    protocol: oneOf(fields['protocol'], PROTOCOLS),
    route: oneOf(fields['route'], ROUTES),
    proxy: text(fields['proxy']),
    outcome: oneOf(fields['outcome'], OUTCOMES),
    phases: list(fields['phases']).map(phase),
    addresses: list(fields['addresses']).map(text),
    certificates: list(fields['certificates']).map(certificate),
    tlsErrors: list(fields['tlsErrors']).map(text),
    http: isNothing(fields['http']) ? null : http(record(fields['http'])),
    proxyStatus: isNothing(fields['proxyStatus']) ? null : integer(fields['proxyStatus'], 0, 999),
    startedAt: instant(fields['startedAt']),
    ...optional('source', fields['source'], text),
    ...optional('path', fields['path'], text),
    ...optional('client', fields['client'], value => oneOf(value, CLIENTS)),
    ...optional('heldUpMs', fields['heldUpMs'], duration),
    ...optional('unmeasured', fields['unmeasured'], value =>
      list(value).map(item => oneOf(item, UNMEASURED)),
    ),
  };
}

/** A field that not every way of probing tells. */
function optional<K extends string, T>(
  name: K,
  value: unknown,
  read: (value: unknown) => T,
): Partial<Record<K, T>> {
  return isNothing(value) || value === '' ? {} : ({ [name]: read(value) } as Record<K, T>);
}

function phase(value: unknown): ObservedPhase {
  const fields = record(value);
  return {
    phase: oneOf(fields['phase'], PHASES),
    ms: duration(fields['ms']),
    outcome: oneOf(fields['outcome'], PHASE_OUTCOMES),
    code: text(fields['code']),
    detail: text(fields['detail']),
  };
}

function certificate(value: unknown): ObservedCertificate {
  const fields = record(value);
  return {
    subject: text(fields['subject']),
    issuer: text(fields['issuer']),
    thumbprint: text(fields['thumbprint']),
    notBefore: instant(fields['notBefore']),
    notAfter: instant(fields['notAfter']),
  };
}

function http(fields: Fields): ObservedHttp {
  return {
    status: integer(fields['status'], 100, 999),
    server: text(fields['server']),
    via: text(fields['via']),
    location: text(fields['location']),
    headers: list(fields['headers']).map(name => text(name).toLowerCase()),
    ...optional('contentType', fields['contentType'], text),
    ...optional('contentLength', fields['contentLength'], duration),
    ...optional('date', fields['date'], instant),
    ...optional('body', fields['body'], text),
  };
}

import type { ObservedCertificate, ObservedHttp, ObservedPhase, Observation, PhaseName } from './observation';

/** Longer texts are cut: nothing that a person reads about an endpoint is longer. */
const MAX_TEXT = 1000;
const MAX_ITEMS = 100;

const PROTOCOLS = ['https', 'http', 'tcp'] as const;
const ROUTES = ['direct', 'proxy'] as const;
const OUTCOMES = ['done', 'timeout', 'deadline'] as const;
const PHASES: readonly PhaseName[] = ['name', 'connect', 'proxy', 'tls', 'http'];
const PHASE_OUTCOMES = ['ok', 'failed', 'timeout'] as const;

type Fields = Readonly<Record<string, unknown>>;

/** Thrown inside this file only: one wrong field makes the whole report useless. */
class Unreadable extends Error {}

/**
 * Reads one object that a node wrote. Whatever a node sends, the answer is an observation of the right shape or
 * undefined.
 */
export function parseObservation(value: unknown): Observation | undefined {
  try {
    return observation(record(value));
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
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
  };
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
  };
}

function isNothing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function record(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unreadable();
  return value as Fields;
}

/** PowerShell gives an empty list as nothing and a list of one as its only item, depending on the way it took. */
function list(value: unknown): readonly unknown[] {
  if (isNothing(value)) return [];
  return Array.isArray(value) ? value.slice(0, MAX_ITEMS) : [value];
}

function text(value: unknown): string {
  if (isNothing(value)) return '';
  if (typeof value !== 'string') throw new Unreadable();
  return value.slice(0, MAX_TEXT);
}

function integer(value: unknown, min: number, max: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
    throw new Unreadable();
  }
  return value;
}

function duration(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) throw new Unreadable();
  return value;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T {
  const found = allowed.find(item => item === value);
  if (found === undefined) throw new Unreadable();
  return found;
}

/** ISO 8601 in UTC with milliseconds; '' when there is none. .NET writes seven decimals. */
function instant(value: unknown): string {
  const written = text(value);
  if (written === '') return '';
  const time = Date.parse(written);
  if (Number.isNaN(time)) throw new Unreadable();
  return new Date(time).toISOString();
}

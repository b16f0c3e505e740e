import { nameError } from './curl-words';
import type { ObservedPhase, Observation } from './observation';

/** What a node was asked to ask for the time, in the order in which it was asked. */
export interface TimeTarget {
  readonly id: string;
  readonly host: string;
  readonly port: number;
}

/** Longer texts are no report. */
const MAX_REPORT = 10_000;
const MAX_ADDRESSES = 100;

/** Numbers of winerror.h, which do not depend on the system's language, as codes of a socket. */
const ERRORS: Readonly<Record<string, string>> = {
  '800705B4': 'TimedOut',
  '8007274C': 'TimedOut',
  // What comes of an ICMP "port unreachable".
  '80072746': 'ConnectionRefused',
  '8007274D': 'ConnectionRefused',
  '80072751': 'HostUnreachable',
  '80072743': 'NetworkUnreachable',
  '8007271D': 'AccessDenied',
};

/** Reads the texts that `Test-TimeServer.ps1` writes on one node. */
export class TimeReader {
  #startedAt = '';

  constructor(private readonly targets: readonly TimeTarget[]) {}

  /** The observation in a text; undefined when it has none. Never throws: texts come from nodes. */
  read(value: unknown): Observation | undefined {
    if (typeof value !== 'string' || value.length > MAX_REPORT) return undefined;
    const [key = '', ...fields] = value.split('\t');
    if (key === 'B') {
      const time = Date.parse(fields[0] ?? '');
      this.#startedAt = Number.isNaN(time) ? '' : new Date(time).toISOString();
    }
    const target = /^M\d{1,6}$/.test(key) ? this.targets[Number(key.slice(1))] : undefined;
    const [code = '', addresses = '', nameMs = '', ms = '', ...answer] = fields;
    if (target === undefined || !/^\d{1,9}$/.test(nameMs) || !/^\d{1,9}$/.test(ms)) return undefined;
    const phases = [
      namePhase(code, Number(nameMs)),
      ...(code === '' ? [answerPhase(answer.join(' '), Number(ms))] : []),
    ];
    const { id, host, port } = target;
    return {
      ...{ id, host, port },
      protocol: 'udp',
      ...{ route: 'direct', proxy: '' },
      outcome: phases.at(-1)?.outcome === 'timeout' ? 'timeout' : 'done',
      phases,
      addresses: addresses
        .split(',')
        .filter(address => /^[0-9a-f.:]{2,45}$/i.test(address))
        .slice(0, MAX_ADDRESSES),
      certificates: [],
      tlsErrors: [],
      http: null,
      proxyStatus: null,
      startedAt: this.#startedAt,
    };
  }
}

function namePhase(code: string, ms: number): ObservedPhase {
  return code === ''
    ? { phase: 'name', ms, outcome: 'ok', code: '', detail: '' }
    : { phase: 'name', ms, outcome: 'failed', code: nameError(code), detail: code.slice(0, 500) };
}

/** `10:00:00, +00.0012345s`, or `10:00:00, error: 0x800705B4`. */
function answerPhase(answer: string, ms: number): ObservedPhase {
  const detail = answer.slice(0, 500);
  const offset = /[+-]\d+[.,]\d+s$/.exec(answer)?.[0];
  if (offset !== undefined) return { phase: 'ntp', ms, outcome: 'ok', code: '', detail: offset };
  const number = /0x([0-9A-F]{8})/i.exec(answer)?.[1]?.toUpperCase() ?? '';
  const code = Object.hasOwn(ERRORS, number) ? (ERRORS[number] ?? '') : 'NoAnswer';
  return code === 'TimedOut'
    ? { phase: 'ntp', ms, outcome: 'timeout', code: '', detail }
    : { phase: 'ntp', ms, outcome: 'failed', code, detail };
}

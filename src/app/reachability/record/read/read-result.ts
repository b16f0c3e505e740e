import type { Node } from '../../../cluster/cluster';
import { CLIENTS } from '../../plan/client-routes';
import {
  duration,
  type Fields,
  instant,
  integer,
  isNothing,
  list,
  longText,
  oneOf,
  record,
  text,
  wholeList,
} from '../../probe/reading';
import { hideCredentials, hideInAddress } from '../../../proxy/setting/credentials';
import { SCRIPT_STATES } from '../../probe/proxy-script-report';
import { type NodeReport, PROXY_NOTICES } from '../../run/run';
import { RECOGNITIONS } from '../../verdict/certificates/authorities';
import { type Cause, CAUSES, isCause } from '../../verdict/causes';
import type { ProbeResult } from '../../verdict/probe-result';
import { SLOW_STEPS } from '../../verdict/times/slow';
import { PROTOCOLS } from './read-list';

const PHASES = ['name', 'connect', 'proxy', 'tls', 'http', 'ntp'] as const;
const NODE_STATES = ['up', 'down', 'paused', 'joining', 'unknown'] as const;

/** Readers of what was measured. Each throws where a field is not as our own files have it. */
export function nodeReport(value: unknown): NodeReport {
  const fields = record(value);
  const known: Node = {
    name: text(fields['name']),
    fqdn: text(fields['fqdn']),
    state: oneOf(fields['state'], NODE_STATES),
  };
  return {
    node: known,
    state: oneOf(fields['check'], ['waiting', 'done']),
    ...(isNothing(fields['ended']) ? {} : { ended: causeOf(fields['ended']) }),
    // Earlier versions kept the password that may stand in it.
    ...(isNothing(fields['proxy']) ? {} : { proxy: hideCredentials(text(fields['proxy'])) }),
    notices: list(fields['notices']).map(notice => oneOf(notice, PROXY_NOTICES)),
    sources: list(fields['sources']).map(text),
    resolvers: list(fields['resolvers']).map(text),
    names: new Map(
      (isNothing(fields['names']) ? [] : wholeList(fields['names'])).map(value => {
        const name = record(value);
        return [text(name['host']).toLowerCase(), list(name['addresses']).map(text)] as const;
      }),
    ),
    badReports: duration(fields['unreadableReports']),
    message: text(fields['message']),
    ...proxyScript(fields['proxyScript']),
  };
}

/** @param readCause reads a cause */
export function probeResult(fields: Fields, readCause: (value: unknown) => Cause): ProbeResult {
  const cause = readCause(fields['cause']);
  const route = record(fields['route']);
  return {
    node: text(fields['node']),
    host: text(fields['host']),
    port: integer(fields['port'], 0, 65535),
    protocol: oneOf(fields['protocol'], PROTOCOLS),
    rules: list(fields['rules']).map(text),
    standsFor: list(fields['standsFor']).map(text),
    verdict: CAUSES[cause].verdict,
    cause,
    route: {
      kind: oneOf(route['kind'], ['direct', 'proxy', 'none']),
      ...(isNothing(route['proxy']) ? {} : { proxy: text(route['proxy']) }),
      ...(!isNothing(route['client']) && { client: oneOf(route['client'], CLIENTS) }),
      ...(!isNothing(route['notBy']) && { notBy: oneOf(route['notBy'], CLIENTS) }),
    },
    phases: list(fields['phases']).map(value => {
      const phase = record(value);
      return {
        phase: oneOf(phase['phase'], PHASES),
        ms: duration(phase['ms']),
        outcome: oneOf(phase['outcome'], ['ok', 'failed', 'timeout']),
        detail: text(phase['detail']),
      };
    }),
    addresses: list(fields['addresses']).map(text),
    ...certificate(fields['certificate']),
    ...http(fields['http']),
    ...(typeof fields['clockSkewSeconds'] === 'number' && { clockSkewSeconds: fields['clockSkewSeconds'] }),
    ...slow(fields['slow']),
    ...next(fields['next']),
    ...otherFamily(fields['otherFamily'], readCause),
    startedAt: instant(fields['startedAt']),
  };
}

function proxyScript(value: unknown): Pick<NodeReport, 'script'> {
  if (isNothing(value)) return {};
  const fields = record(value);
  const sent = isNothing(fields['sent']) ? undefined : wholeList(fields['sent']).map(record);
  return {
    script: {
      address: hideInAddress(text(fields['address'])),
      state: oneOf(fields['state'], SCRIPT_STATES),
      detail: text(fields['detail']),
      text: longText(fields['text']),
      named: list(fields['named']).map(text),
      ...(sent && {
        sent: sent.map(({ proxy, endpoints }) => ({
          proxy: text(proxy),
          endpoints: wholeList(endpoints).map(text),
        })),
      }),
    },
  };
}

function causeOf(value: unknown): Cause {
  return isCause(value) ? value : oneOf(value, []);
}

function certificate(value: unknown): Pick<ProbeResult, 'certificate'> {
  if (isNothing(value)) return {};
  const fields = record(value);
  const recognizedBy = fields['recognizedBy'];
  return {
    certificate: {
      subject: text(fields['subject']),
      issuer: text(fields['issuer']),
      root: text(fields['root']),
      notAfter: instant(fields['notAfter']),
      ...(!isNothing(recognizedBy) && { recognizedBy: oneOf(recognizedBy, RECOGNITIONS) }),
      ...(!isNothing(fields['product']) && { product: text(fields['product']) }),
    },
  };
}

function http(value: unknown): Pick<ProbeResult, 'http'> {
  if (isNothing(value)) return {};
  const fields = record(value);
  return {
    http: {
      status: integer(fields['status'], 100, 999),
      server: text(fields['server']),
      location: text(fields['location']),
    },
  };
}

function slow(value: unknown): Pick<ProbeResult, 'slow'> {
  if (isNothing(value)) return {};
  const fields = record(value);
  return { slow: { step: oneOf(fields['step'], SLOW_STEPS), ms: duration(fields['ms']) } };
}

function otherFamily(value: unknown, readCause: (value: unknown) => Cause): Pick<ProbeResult, 'otherFamily'> {
  if (isNothing(value)) return {};
  const fields = record(value);
  const cause = readCause(fields['cause']);
  return {
    otherFamily: {
      ...{ address: text(fields['address']), verdict: CAUSES[cause].verdict, cause },
      ...{ ms: duration(fields['ms']), detail: text(fields['detail']) },
    },
  };
}

function next(value: unknown): Pick<ProbeResult, 'next'> {
  if (isNothing(value)) return {};
  const fields = record(value);
  return {
    next: {
      host: text(fields['host']),
      port: integer(fields['port'], 0, 65535),
      protocol: oneOf(fields['protocol'], PROTOCOLS),
      listed: fields['listed'] === true,
    },
  };
}

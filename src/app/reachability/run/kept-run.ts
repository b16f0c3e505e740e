import { CLOUDS, type Node } from '../../cluster/cluster';
import { RECOGNITIONS } from '../verdict/authorities';
import { type Cause, CAUSES, isCause } from '../verdict/causes';
import { type PlanEntry, type ProbePlan, UNTESTED_REASONS, type UntestedEntry } from '../plan/probe-plan';
import type { ProbeResult } from '../verdict/probe-result';
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
  wholeList,
} from '../probe/reading';
import { type NodeReport, PROXY_NOTICES, type RunState } from './run';

/** Raised when the form of what is kept changes; older texts are then forgotten. */
const FORM = 3;

const PROTOCOLS = ['https', 'http', 'tcp', 'udp'] as const;
const PHASES = ['name', 'connect', 'proxy', 'tls', 'http'] as const;
const NODE_STATES = ['up', 'down', 'paused', 'joining', 'unknown'] as const;

/** A run, over or not, as text that survives a reload. */
export function keepRun(run: RunState): string {
  const cells = [...run.cells].map(([node, results]) => [node, [...results]]);
  return JSON.stringify({ form: FORM, ...run, cells });
}

/** The run that was kept; undefined when the text is of another form or not whole. Other code may have written it. */
export function readKeptRun(kept: string): RunState | undefined {
  let json: unknown;
  try {
    json = JSON.parse(kept);
  } catch {
    return undefined;
  }
  return readOrUndefined(() => runState(record(json)));
}

function runState(fields: Fields): RunState {
  integer(fields['form'], FORM, FORM);
  const request = record(fields['request']);
  const edition = record(request['edition']);
  return {
    status: oneOf(fields['status'], ['running', 'finished', 'cancelled', 'interrupted']),
    request: {
      cluster: text(request['cluster']),
      cloud: oneOf(request['cloud'], CLOUDS),
      features: list(request['features']).map(text),
      edition: {
        id: text(edition['id']),
        published: text(edition['published']),
        name: text(edition['name']),
      },
      timeoutMs: duration(request['timeoutMs']),
    },
    plan: plan(record(fields['plan'])),
    nodes: wholeList(fields['nodes']).map(nodeReport),
    cells: new Map(
      wholeList(fields['cells']).map(entry => {
        const [node, results] = wholeList(entry);
        return [text(node), new Map(wholeList(results).map(cell))];
      }),
    ),
    startedAt: instant(fields['startedAt']),
    ...(isNothing(fields['since']) ? {} : { since: instant(fields['since']) }),
    ...(isNothing(fields['endedAt']) ? {} : { endedAt: instant(fields['endedAt']) }),
  };
}

function plan(fields: Fields): ProbePlan {
  return {
    targets: wholeList(fields['targets']).map(value => entry(record(value))),
    untested: wholeList(fields['untested']).map(value => untestedEntry(record(value))),
  };
}

function entry(fields: Fields): PlanEntry {
  return {
    id: text(fields['id']),
    host: text(fields['host']),
    port: integer(fields['port'], 0, 65535),
    protocol: oneOf(fields['protocol'], PROTOCOLS),
    rules: list(fields['rules']).map(text),
    standsFor: list(fields['standsFor']).map(text),
    ...(fields['authority'] === 'organization' && { authority: 'organization' }),
  };
}

function untestedEntry(fields: Fields): UntestedEntry {
  return { ...entry(fields), reason: oneOf(fields['reason'], UNTESTED_REASONS) };
}

function nodeReport(value: unknown): NodeReport {
  const fields = record(value);
  const node = record(fields['node']);
  const known: Node = {
    name: text(node['name']),
    fqdn: text(node['fqdn']),
    state: oneOf(node['state'], NODE_STATES),
  };
  return {
    node: known,
    state: oneOf(fields['state'], ['waiting', 'done']),
    ...(isNothing(fields['ended']) ? {} : { ended: causeOf(fields['ended']) }),
    ...(isNothing(fields['proxy']) ? {} : { proxy: text(fields['proxy']) }),
    notices: list(fields['notices']).map(notice => oneOf(notice, PROXY_NOTICES)),
    badReports: duration(fields['badReports']),
    message: text(fields['message']),
  };
}

function cell(value: unknown): readonly [string, ProbeResult] {
  const [id, result] = wholeList(value);
  return [text(id), probeResult(record(result))];
}

function probeResult(fields: Fields): ProbeResult {
  const cause = causeOf(fields['cause']);
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
    ...next(fields['next']),
    startedAt: instant(fields['startedAt']),
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

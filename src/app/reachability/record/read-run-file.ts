import { CLOUDS, type Node } from '../../cluster/cluster';
import { RECOGNITIONS } from '../verdict/authorities';
import { type Cause, CAUSES, isCause } from '../verdict/causes';
import { CLIENTS } from '../plan/client-routes';
import { pathOf } from '../plan/http-evidence';
import { type PlanEntry, type ProbePlan, UNTESTED_REASONS, type UntestedEntry } from '../plan/probe-plan';
import { WAY_KINDS } from '../plan/way';
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
import { type NodeReport, PROXY_NOTICES, type RunRequest, type RunState } from '../run/run';
import { RUN_FILE, RUN_FILE_VERSION } from './run-file';

const PROTOCOLS = ['https', 'http', 'tcp', 'udp'] as const;
const PHASES = ['name', 'connect', 'proxy', 'tls', 'http', 'ntp'] as const;
const NODE_STATES = ['up', 'down', 'paused', 'joining', 'unknown'] as const;

/** Whoever wrote the text: a run of the right shape, or undefined. Findings are not read, they follow from the results. */
export function readRunFile(file: string): RunState | undefined {
  let json: unknown;
  try {
    json = JSON.parse(file);
  } catch {
    return undefined;
  }
  return readRunRecord(json);
}

/** The same of the parsed text. */
export function readRunRecord(json: unknown): RunState | undefined {
  return readOrUndefined(() => runState(record(json)));
}

function runState(fields: Fields): RunState {
  oneOf(fields['format'], [RUN_FILE]);
  integer(fields['version'], RUN_FILE_VERSION, RUN_FILE_VERSION);
  const plan = planOf(wholeList(fields['endpoints']).map(record));
  const nodes = wholeList(fields['nodes']).map(nodeReport);
  const cells = new Map(nodes.map(({ node }) => [node.name, new Map<string, ProbeResult>()]));
  const ids = new Set([...plan.targets, ...plan.untested].map(({ id }) => id));
  for (const value of wholeList(fields['results'])) {
    const result = probeResult(record(value));
    const id = idOf(result);
    // A result of another node or endpoint than the run's has no place in it.
    if (ids.has(id)) cells.get(result.node)?.set(id, result);
  }
  return {
    status: oneOf(fields['status'], ['running', 'finished', 'cancelled', 'interrupted']),
    request: requestOf(fields),
    plan,
    nodes,
    cells,
    startedAt: moment(fields['startedAt']),
    ...(isNothing(fields['since']) ? {} : { since: moment(fields['since']) }),
    ...(isNothing(fields['endedAt']) ? {} : { endedAt: moment(fields['endedAt']) }),
  };
}

function requestOf(fields: Fields): RunRequest {
  const edition = record(fields['edition']);
  const selection = record(fields['selection']);
  return {
    ...(isNothing(fields['by']) ? {} : { by: text(fields['by']) }),
    cluster: text(fields['cluster']),
    cloud: oneOf(fields['cloud'], CLOUDS),
    features: list(selection['features']).map(text),
    ...(isNothing(selection['region']) ? {} : { region: text(selection['region']) }),
    ...(isNothing(selection['vendor']) ? {} : { vendor: text(selection['vendor']) }),
    ...(selection['arcGateway'] === true && { arcGateway: true }),
    edition: {
      id: text(edition['id']),
      published: text(edition['published']),
      name: text(edition['name']),
    },
    timeoutMs: duration(selection['timeoutMs']),
    ...wayOf(selection),
  };
}

/** A file from before ways could be forced has none. */
function wayOf(selection: Fields): Pick<RunRequest, 'way'> {
  if (isNothing(selection['way'])) return {};
  const kind = oneOf(selection['way'], WAY_KINDS);
  if (kind === 'own') return {};
  return { way: { kind, ...(kind === 'proxy' && { proxy: text(selection['wayProxy']) }) } };
}

function planOf(endpoints: readonly Fields[]): ProbePlan {
  const targets: PlanEntry[] = [];
  const untested: UntestedEntry[] = [];
  for (const fields of endpoints) {
    const reason = fields['untested'];
    if (isNothing(reason)) targets.push(entry(fields));
    else untested.push({ ...entry(fields), reason: oneOf(reason, UNTESTED_REASONS) });
  }
  return { targets, untested };
}

function entry(fields: Fields): PlanEntry {
  const host = text(fields['host']);
  const port = integer(fields['port'], 0, 65535);
  const protocol = oneOf(fields['protocol'], PROTOCOLS);
  return {
    ...{ id: idOf({ host, port, protocol }), host, port, protocol },
    ...pathOf(host, protocol),
    rules: list(fields['rules']).map(text),
    standsFor: list(fields['standsFor']).map(text),
    ...(!isNothing(fields['connects']) && { connects: oneOf(fields['connects'], CLIENTS) }),
    ...(fields['authority'] === 'organization' && { authority: 'organization' }),
  };
}

function idOf({ host, port, protocol }: Pick<PlanEntry, 'host' | 'port' | 'protocol'>): string {
  return `${host}:${port}/${protocol}`;
}

/** An instant that must be there. */
function moment(value: unknown): string {
  const read = instant(value);
  return read === '' ? oneOf(value, []) : read;
}

function nodeReport(value: unknown): NodeReport {
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
    ...(isNothing(fields['proxy']) ? {} : { proxy: text(fields['proxy']) }),
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
  };
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
      ...(!isNothing(route['client']) && { client: oneOf(route['client'], CLIENTS) }),
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

import type { Node } from '../../../cluster/cluster';
import { CLIENTS } from '../../plan/client-routes';
import type { PlanEntry, ProbePlan } from '../../plan/probe-plan';
import { guessedOf, routeOf, type Way } from '../../plan/way';
import { foundIn, readDetection } from '../../probe/detection-report';
import { TimeReader } from '../../probe/time-report';
import { CurlReader, type CurlTarget } from '../../probe/curl-report';
import {
  duration,
  type Fields,
  integer,
  isNothing,
  oneOf,
  record,
  text,
  wholeList,
} from '../../probe/reading';
import { CheckFailure } from '../../run/checks/check-failure';
import { foundBy } from '../../run/checks/proxy-detection';
import { forced, type ProxyUse, readUse } from '../../run/checks/proxy-use';
import { type RunState, startRun } from '../../run/run';
import { nodeEnded, proxyKnown, reportArrived } from '../../run/run-steps';
import { notMeasured } from '../../verdict/result';
import { moment, planOf, requestOf } from './read-list';

/** What the file of the offline check says it is. */
export const MEASUREMENTS = 'outbound-connectivity/measurements';
export const MEASUREMENTS_VERSION = 1;
const NO_USE: ProxyUse = { server: '', bypass: [], notices: [] };

/**
 * What `Test-OutboundAllowlist.ps1` measured on one computer, as a run of that computer: its reports are read and judged
 * as those of any check. An endpoint that was measured another way than its client goes was not tested.
 */
export function measurements(fields: Fields): RunState {
  integer(fields['version'], MEASUREMENTS_VERSION, MEASUREMENTS_VERSION);
  const listed = record(fields['list']);
  const plan = withClients(planOf(wholeList(listed['endpoints']).map(record)), listed);
  const way = wayOf(record(fields['way']));
  const timeoutMs = duration(fields['timeoutMs']);
  const request = {
    ...requestOf(listed),
    ...(isNothing(fields['by']) ? {} : { by: text(fields['by']) }),
    ...(way.kind === 'own' ? {} : { way }),
    timeoutMs,
  };
  const node: Node = { name: text(fields['node']) || 'node', fqdn: '', state: 'up' };
  const use = withFound(useOf(fields['setting'], way), fields['detection']);
  const proxies = wholeList(fields['proxies']).map(text);
  const routed = plan.targets.flatMap((target, index) =>
    target.protocol === 'udp' ? [] : [routedTarget(target, proxies[index] ?? '', use, way)],
  );
  let run = startRun(request, plan, [node], moment(fields['startedAt']));
  run = proxyKnown(run, node.name, use.server, use.notices, guessedOf(plan.targets, use, way));
  run = withoutOthers(run, node.name, routed);
  const reader = new CurlReader(
    routed.map(({ target }) => target),
    timeoutMs,
  );
  for (const report of wholeList(fields['reports'])) {
    const observation = reader.read(report);
    const isOther = routed.some(({ isOwn, target }) => !isOwn && target.id === observation?.id);
    // The beginning is a report of its own, and of no endpoint.
    if (isOther || (observation === undefined && isBeginning(report))) continue;
    run = reportArrived(run, node.name, observation ?? report);
  }
  const times = new TimeReader(plan.targets.filter(({ protocol }) => protocol === 'udp'));
  for (const report of wholeList(fields['times'])) {
    const observation = times.read(report);
    if (observation !== undefined || !isBeginning(report))
      run = reportArrived(run, node.name, observation ?? report);
  }
  return nodeEnded(run, node.name, 'no-report', '', moment(fields['endedAt']));
}

interface Routed {
  readonly target: CurlTarget;
  /** Whether it was measured the way that the tool itself would have taken. */
  readonly isOwn: boolean;
}

function routedTarget(entry: PlanEntry, proxy: string, use: ProxyUse, way: Way): Routed {
  const { id, host, port, path, connects } = entry;
  const protocol = oneOf(entry.protocol, ['https', 'http', 'tcp']);
  const route = routeOf({ host, port, protocol, ...(connects && { connects }) }, use, way);
  return {
    target: {
      ...{ id, host, port, protocol, proxy },
      ...(path !== undefined && { path }),
      ...(route?.client && { client: route.client }),
    },
    isOwn: route?.proxy === proxy,
  };
}

function withoutOthers(run: RunState, node: string, routed: readonly Routed[]): RunState {
  const cells = new Map(run.cells.get(node));
  for (const { target, isOwn } of routed) {
    const entry = run.plan.targets.find(({ id }) => id === target.id);
    if (!isOwn && entry !== undefined) cells.set(entry.id, notMeasured(node, entry, 'measured-otherwise'));
  }
  return { ...run, cells: new Map(run.cells).set(node, cells) };
}

/** A forced way needs nothing of the computer's own setting. */
function useOf(setting: unknown, way: Way): ProxyUse {
  try {
    return forced(readUse(setting), way);
  } catch (error) {
    if (!(error instanceof CheckFailure)) throw error;
    return way.kind === 'own' ? oneOf(error.reason, []) : NO_USE;
  }
}

/** Nothing was fetched: only that there is nothing to be found is sure. */
function withFound(use: ProxyUse, detection: unknown): ProxyUse {
  return foundBy(use, foundIn(readDetection(detection)) ?? 'unknown');
}

function wayOf(fields: Fields): Way {
  const kind = oneOf(fields['kind'], ['own', 'direct', 'proxy']);
  return kind === 'proxy' ? { kind, proxy: text(fields['proxy']) } : { kind };
}

function withClients(plan: ProbePlan, listed: Fields): ProbePlan {
  const clients = wholeList(listed['endpoints'])
    .map(record)
    .filter(({ untested }) => isNothing(untested))
    .map(({ connects }) => (isNothing(connects) ? undefined : oneOf(connects, CLIENTS)));
  return {
    ...plan,
    targets: plan.targets.map((target, index) => {
      const connects = clients[index];
      return connects === undefined ? target : { ...target, connects };
    }),
  };
}

function isBeginning(report: unknown): boolean {
  return typeof report === 'string' && report.startsWith('B\t');
}

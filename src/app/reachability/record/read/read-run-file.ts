import { doorName } from '../../../allowlist/catalog/door';
import {
  type Fields,
  integer,
  isNothing,
  oneOf,
  readOrUndefined,
  record,
  wholeList,
} from '../../probe/reading';
import { CLIENTS } from '../../plan/client-routes';
import { hopId } from '../../run/follow-up/redirect-chain';
import type { RunState } from '../../run/run';
import type { ProbeResult } from '../../verdict/probe-result';
import { moment, planOf, requestOf } from './read-list';
import { MEASUREMENTS, measurements } from './read-measurements';
import { oldRun } from './read-old-run';
import { nodeReport, probeResult } from './read-result';
import { causeOrUnclear } from './run-of-results';
import { RUN_FILE, RUN_FILE_VERSION } from '../run-file';
import { readWays } from './read-ways';
import { withoutContradictions } from './contradictions';

/**
 * Whoever wrote the text: a run of the right shape, or undefined. Findings are not read, they follow from the results. The
 * measurements of an offline check are judged here, by the same rules as any; files from before there were versions are
 * read as far as they go.
 */
export function readRunFile(file: string): RunState | undefined {
  let json: unknown;
  try {
    json = JSON.parse(file);
  } catch {
    return undefined;
  }
  const run = readRunRecord(json);
  return run && withoutContradictions(run, 'whole');
}

/** The same of the parsed text, as it says; for what was written here. */
export function readRunRecord(json: unknown): RunState | undefined {
  return readOrUndefined(() => {
    const fields = record(json);
    if (fields['format'] === MEASUREMENTS) return measurements(fields);
    return isNothing(fields['format']) && isNothing(fields['version']) ? oldRun(fields) : runState(fields);
  });
}

function runState(fields: Fields): RunState {
  oneOf(fields['format'], [RUN_FILE]);
  integer(fields['version'], RUN_FILE_VERSION, RUN_FILE_VERSION);
  const plan = planOf(wholeList(fields['endpoints']).map(record));
  const nodes = wholeList(fields['nodes']).map(nodeReport);
  const cells = new Map(nodes.map(({ node }) => [node.name, new Map<string, ProbeResult>()]));
  const run: RunState = {
    status: oneOf(fields['status'], ['running', 'finished', 'cancelled', 'interrupted']),
    request: requestOf(fields),
    plan,
    nodes,
    cells: cellsWith({ plan, cells }, fields['results']),
    ...hopsIn(fields['hops'], nodes),
    startedAt: moment(fields['startedAt']),
    ...(isNothing(fields['since']) ? {} : { since: moment(fields['since']) }),
    ...(isNothing(fields['endedAt']) ? {} : { endedAt: moment(fields['endedAt']) }),
  };
  return readWays(run, fields['ways']);
}

/** A run and results that stand apart from it, as in a run that is kept. Undefined where one of them is none. */
export function withResults(run: RunState, results: unknown): RunState | undefined {
  return readOrUndefined(() => ({ ...run, cells: cellsWith(run, results) }));
}

function cellsWith({ plan, cells }: Pick<RunState, 'plan' | 'cells'>, results: unknown): RunState['cells'] {
  const ids = new Set([...plan.targets, ...plan.untested].map(({ id }) => id));
  const changed = new Map<string, Map<string, ProbeResult>>();
  for (const value of wholeList(results)) {
    const result = probeResult(record(value), causeOrUnclear);
    const id = doorName(result);
    const known = changed.get(result.node) ?? new Map(cells.get(result.node));
    // A result of another node or endpoint than the run's has no place in it.
    if (ids.has(id) && cells.has(result.node)) changed.set(result.node, known.set(id, result));
  }
  return new Map([...cells, ...changed]);
}

/** More of a node are not ours. */
const MOST_HOPS = 200;

/** A file from before redirects were followed has none. */
function hopsIn(value: unknown, nodes: RunState['nodes']): Pick<RunState, 'hops'> {
  if (isNothing(value)) return {};
  const hops = new Map<string, Map<string, ProbeResult>>();
  const names = new Set(nodes.map(({ node }) => node.name));
  for (const item of wholeList(value)) {
    const fields = record(item);
    const result = probeResult(fields, causeOrUnclear);
    const known = hops.get(result.node) ?? new Map<string, ProbeResult>();
    if (!names.has(result.node) || known.size >= MOST_HOPS) continue;
    const client = isNothing(fields['connects']) ? undefined : oneOf(fields['connects'], CLIENTS);
    hops.set(result.node, known.set(hopId(result, client), result));
  }
  return { hops };
}

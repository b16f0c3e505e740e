import type { Observation } from '../probe/observation';
import type { ProbeResult } from './probe-result';

/** Dates come in whole seconds, and an answer takes its time. */
const TOLERATED_SECONDS = 5;
/** Fewer servers could be wrong themselves. */
const ENOUGH_HOSTS = 3;

/**
 * How many seconds the node's clock is ahead of the server's, by the `Date` of its answer; below zero: behind. Undefined
 * when nothing tells, or they agree.
 */
export function clockSkewOf({ http, startedAt, phases }: Observation): number | undefined {
  const server = Date.parse(http?.date ?? '');
  const began = Date.parse(startedAt);
  if (Number.isNaN(server) || Number.isNaN(began)) return undefined;
  const answered = began + phases.reduce((sum, { ms }) => sum + ms, 0);
  const seconds = Math.round((answered - server) / 1000);
  return Math.abs(seconds) > TOLERATED_SECONDS ? seconds : undefined;
}

/**
 * How many seconds the clock of a node is wrong, by the results of that node: the middle of what its servers say, when
 * enough of them say it. Undefined: not known to be wrong.
 */
export function clockSkewOfNode(results: readonly ProbeResult[]): number | undefined {
  const byHost = new Map(
    results.flatMap(({ host, clockSkewSeconds }) =>
      clockSkewSeconds === undefined ? [] : [[host, clockSkewSeconds] as const],
    ),
  );
  const sorted = [...byHost.values()].sort((a, b) => a - b);
  return sorted.length < ENOUGH_HOSTS ? undefined : sorted[Math.floor(sorted.length / 2)];
}

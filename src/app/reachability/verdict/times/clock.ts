import type { Observation } from '../../probe/observation';
import type { ProbeResult } from '../probe-result';
import { isProven } from '../verdicts';

/**
 * Dates come in whole seconds, an answer takes its time, an endpoint may wait for its turn, and caches send older dates
 * (RFC 9110, section 6.6.1).
 */
const TOLERATED_SECONDS = 30;
/** Fewer servers could be wrong themselves. */
const ENOUGH_HOSTS = 3;

/**
 * How many seconds the node's clock is ahead of the server's, by the `Date` of its answer, or by what NTP says has to be
 * added to it; below zero: behind; 0: they agree. Undefined when nothing tells: an answer with an `Age` comes from a cache and
 * has the date at which it was stored (RFC 9111, section 5.1).
 */
export function clockSkewOf({ http, startedAt, phases }: Observation): number | undefined {
  const time = phases.find(({ phase, outcome }) => phase === 'ntp' && outcome === 'ok');
  if (time !== undefined) return tolerated(-Number(/^([+-]\d+)[.,]\d+s$/.exec(time.detail)?.[1] ?? NaN));
  if (http?.headers.includes('age') === true) return undefined;
  const server = Date.parse(http?.date ?? '');
  const began = Date.parse(startedAt);
  if (Number.isNaN(server) || Number.isNaN(began)) return undefined;
  const answered = began + phases.reduce((sum, { ms }) => sum + ms, 0);
  return tolerated(Math.round((answered - server) / 1000));
}

function tolerated(seconds: number): number | undefined {
  if (Number.isNaN(seconds)) return undefined;
  return Math.abs(seconds) > TOLERATED_SECONDS ? seconds : 0;
}

/**
 * How many seconds the clock of a node is wrong, by the results of that node: the middle of what services say that are
 * proven to be themselves, and time servers, when enough of them say it. 0: it is right; undefined: not known.
 */
export function clockSkewOfNode(results: readonly ProbeResult[]): number | undefined {
  const byHost = new Map(
    results.flatMap(({ host, verdict, cause, clockSkewSeconds }) =>
      clockSkewSeconds === undefined || !(isProven(verdict) || cause === 'time-answered')
        ? []
        : [[host, clockSkewSeconds] as const],
    ),
  );
  const sorted = [...byHost.values()].sort((a, b) => a - b);
  return sorted.length < ENOUGH_HOSTS ? undefined : sorted[Math.floor(sorted.length / 2)];
}

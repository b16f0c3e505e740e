import { WAY_KINDS } from '../plan/way';
import type { ProbeResult } from '../verdict/probe-result';
import { targetsById } from '../plan/probe-plan';
import type { RunState } from './run';

export const TRIED_KINDS = WAY_KINDS.filter(kind => kind !== 'own');

/** One endpoint by one way. */
export interface WayTried {
  readonly kind: (typeof TRIED_KINDS)[number];
  /** `host:port`, '' for direct; undefined: the node does not tell how this client goes. */
  readonly proxy?: string;
  /** Whether the endpoint's own client goes this way. */
  readonly isOwn: boolean;
  /** Absent: not there yet, or trying was stopped. */
  readonly result?: ProbeResult;
}

/** The ways of one endpoint from one node, beside its result, of which they change nothing. */
export interface WaysTried {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly ways: readonly WayTried[];
}

/** By node name, then by the id of the plan's entry. */
export type WaysOfRun = ReadonlyMap<string, ReadonlyMap<string, WaysTried>>;

/** Of so many endpoints a run keeps the ways, the newest: a few kilobytes each. */
export const MOST_TRIED = 100;

/**
 * A run with the ways of one endpoint, in place of older ones of it. The same run where it has no such endpoint, or nothing was
 * measured.
 */
export function withWays(run: RunState, node: string, entry: string, tried: WaysTried): RunState {
  const isOfRun = run.cells.has(node) && targetsById(run.plan).has(entry);
  if (!isOfRun || !tried.ways.some(({ result }) => result !== undefined)) return run;
  const ways = new Map(run.ways).set(node, new Map(run.ways?.get(node)).set(entry, tried));
  return { ...run, ways: newest(ways) };
}

function newest(ways: WaysOfRun): WaysOfRun {
  const all = [...ways.values()].flatMap(tried => [...tried.values()]);
  if (all.length <= MOST_TRIED) return ways;
  const byTime = all.sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const stay = new Set(byTime.slice(-MOST_TRIED));
  return keptWays(ways, (_, __, tried) => stay.has(tried));
}

/** The ways of endpoints whose results stay: what is measured again has none yet. Absent: none is left. */
export function waysOfKept({ ways }: RunState, cells: RunState['cells']): Pick<RunState, 'ways'> {
  if (ways === undefined) return {};
  const kept = keptWays(ways, (node, entry) => cells.get(node)?.has(entry) === true);
  return kept.size === 0 ? {} : { ways: kept };
}

function keptWays(
  ways: WaysOfRun,
  stays: (node: string, entry: string, tried: WaysTried) => boolean,
): WaysOfRun {
  return new Map(
    [...ways]
      .map(
        ([node, tried]) =>
          [node, new Map([...tried].filter(([entry, each]) => stays(node, entry, each)))] as const,
      )
      .filter(([, tried]) => tried.size > 0),
  );
}

/** Whether a way's result went where the way goes; what was not measured went nowhere. */
export function wentSo({ kind, proxy }: WayTried, { route }: ProbeResult): boolean {
  if (kind === 'direct' && proxy !== '') return false;
  if (route.kind === 'none') return true;
  return plain(route.kind === 'direct' ? '' : route.proxy) === plain(proxy);
}

/** The probes write an IPv6 address with and without brackets, and names as they were given. */
function plain(proxy: string | undefined): string | undefined {
  return proxy?.replace(/[[\]]/g, '').toLowerCase();
}

/** The proxy of a way that has none, in a table: no `host:port` reads so. */
const NO_PROXY = 'direct';
const OWN = 'own';

/** A way in words of a table: `way`, its kind, whether it is the endpoint's own, and its proxy where it is told. */
export function wayWords({ kind, isOwn, proxy }: WayTried): string {
  const words = ['way', kind, ...(isOwn ? [OWN] : []), ...(proxy === undefined ? [] : [proxy || NO_PROXY])];
  return words.join(' ');
}

/** The way that {@link wayWords} wrote; undefined for what is none. */
export function readWayWords(text: string): WayTried | undefined {
  const [word, name, ...more] = text.split(' ');
  const kind = TRIED_KINDS.find(each => each === name);
  if (word !== 'way' || kind === undefined) return undefined;
  const proxy = more.find(each => each !== OWN);
  return {
    kind,
    isOwn: more.includes(OWN),
    ...(proxy !== undefined && { proxy: proxy === NO_PROXY ? '' : proxy }),
  };
}

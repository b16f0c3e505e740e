import { doorName } from '../../../allowlist/catalog/door';
import { type Fields, instant, isNothing, list, oneOf, record, text, wholeList } from '../../probe/reading';
import type { RunState } from '../../run/run';
import { TRIED_KINDS, type WayTried, wentSo, withWays } from '../../run/ways-tried';
import { probeResult } from './read-result';
import { causeOrUnclear } from './run-of-results';

/** A run with the ways that a file has of its endpoints; what is of others, or contradicts itself, has no place in it. */
export function readWays(run: RunState, value: unknown): RunState {
  if (isNothing(value)) return run;
  return wholeList(value)
    .map(record)
    .reduce((known, fields) => {
      const node = text(fields['node']);
      const endpoint = text(fields['endpoint']);
      const ways = new Map<string, WayTried>();
      for (const way of list(fields['ways']).map(item => wayOf(record(item)))) {
        if (isOf(way, node, endpoint) && !ways.has(way.kind)) ways.set(way.kind, way);
      }
      return withWays(known, node, endpoint, {
        startedAt: instant(fields['startedAt']),
        ways: [...ways.values()],
      });
    }, run);
}

function wayOf(fields: Fields): WayTried {
  return {
    kind: oneOf(fields['way'], TRIED_KINDS),
    isOwn: fields['own'] === true,
    ...(!isNothing(fields['proxy']) && { proxy: text(fields['proxy']) }),
    ...(!isNothing(fields['result']) && { result: probeResult(record(fields['result']), causeOrUnclear) }),
  };
}

/** Whether a way's result is of this node and endpoint, and went where the way goes. */
function isOf(way: WayTried, node: string, endpoint: string): boolean {
  const { result } = way;
  if (result === undefined) return way.kind !== 'direct' || way.proxy === '';
  return result.node === node && doorName(result) === endpoint && wentSo(way, result);
}

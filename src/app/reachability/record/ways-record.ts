import type { WaysOfRun } from '../run/ways-tried';
import type { ProbeResult } from '../verdict/probe-result';

/** @param resultRecord writes a result */
export function wayRecords(
  ways: WaysOfRun,
  resultRecord: (result: ProbeResult) => object,
): readonly object[] {
  return [...ways].flatMap(([node, tried]) =>
    [...tried].map(([endpoint, { startedAt, ways: all }]) => ({
      ...{ node, endpoint, startedAt },
      ways: all.map(({ kind, proxy, isOwn, result }) => ({
        ...{ way: kind, own: isOwn, proxy: proxy ?? null },
        result: result === undefined ? null : resultRecord(result),
      })),
    })),
  );
}

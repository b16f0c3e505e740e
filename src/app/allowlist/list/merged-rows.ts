import type { AllowlistRow } from './allowlist';

/** Rows that open the same door: same host, port and protocol, wanted by one or more features. Never empty. */
export type MergedRows = readonly [AllowlistRow, ...AllowlistRow[]];

/** In the order in which each door appears first. A wildcard and a host under it stay apart: no firewall is asked to guess. */
export function mergeRows(rows: readonly AllowlistRow[]): readonly MergedRows[] {
  const doors = new Map<string, [AllowlistRow, ...AllowlistRow[]]>();
  for (const row of rows) {
    const key = `${row.protocol}://${row.host}:${row.port}`;
    const same = doors.get(key);
    if (same) same.push(row);
    else doors.set(key, [row]);
  }
  return [...doors.values()];
}

import assert from 'node:assert/strict';
import { exportResults } from './matrix.ts';
import type { Tool } from './tool.ts';

/**
 * What is WinHTTP's on the one node that has a machine's proxy and none of WinHTTP's: a failure of that proxy says nothing of it.
 * As `host:port, node`.
 */
export async function untestedByWinHttp(tool: Tool, only: string): Promise<ReadonlySet<string>> {
  const { results } = JSON.parse((await exportResults(tool, 'JSON')).text) as {
    results: { node: string; host: string; port: number; cause: string; route: { notBy?: string } }[];
  };
  const untested = results.filter(
    ({ cause, route }) => cause === 'failed-past-script' && route.notBy === 'winhttp',
  );
  assert.deepEqual([...new Set(untested.map(({ node }) => node))], [only]);
  return new Set(untested.map(({ host, port, node }) => `${host}:${port}, ${node}`));
}

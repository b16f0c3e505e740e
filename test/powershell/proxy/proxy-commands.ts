import assert from 'node:assert/strict';
import { nodeScript } from '../../../scripts/lib/node-scripts.ts';
import type { TestNode, TestRun } from '../../support/node-host.ts';

let count = 0;
export const newChangeId = (): string =>
  `20261126T1015${String(count++ % 60).padStart(2, '0')}Z-${String(1000000 + count)}`;

/** What the one result of a run is, which must have no errors. */
export function only(end: TestRun): Record<string, unknown> {
  assert.deepEqual(end.errors, []);
  return end.output.at(-1) as Record<string, unknown>;
}

/** The proxy scripts on a node, as the page calls them; `nodeOf` is asked at each call. */
export function proxyCommands(nodeOf: () => TestNode) {
  const run = (name: string, parameters?: Record<string, unknown>): Promise<TestRun> =>
    nodeOf().run(nodeScript(name), parameters);
  const read = async () => only(await run('Get-ProxySetting', { Layers: true }));
  /** Parameters that tie a command to a new change of what the node has now. */
  const bound = async (more: Record<string, unknown> = {}) => ({
    Change: newChangeId(),
    Note: '{"kind":"set"}',
    Expected: (await read())['values'] as readonly string[],
    Values: [] as string[],
    ...more,
  });
  return { run, read, bound };
}

import assert from 'node:assert/strict';
import type { HostError } from '../../emulator/nodes/host-protocol.ts';
import type { TestNode } from './node-host.ts';

/** What a script writes; it must run to its end without an error. */
export async function wholeOutput(
  node: TestNode,
  script: string,
  parameters?: Readonly<Record<string, unknown>>,
): Promise<readonly unknown[]> {
  const run = await node.run(script, parameters);
  assert.deepEqual([run.outcome, run.errors], ['completed', []]);
  return run.output;
}

/** The error of a script; there must be exactly one. */
export async function onlyError(node: TestNode, script: string): Promise<HostError> {
  const { errors } = await node.run(script);
  assert.equal(errors.length, 1, JSON.stringify(errors));
  return errors[0] ?? assert.fail();
}

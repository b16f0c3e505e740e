import assert from 'node:assert/strict';
import type { NodeSnapshot } from '../../../emulator/nodes/host-protocol.ts';
import type { NodeEngine } from '../../../emulator/nodes/node-engine.ts';
import type { Tool } from './tool.ts';

/** The PowerShell of a simulated node. */
export function engineOf(tool: Tool, node: string): NodeEngine {
  return tool.emulator.cluster.find(node)?.engine ?? assert.fail(`${node} does not run`);
}

/** Somebody does something on a node by hand. */
export function runOn(tool: Tool, node: string, script: string): Promise<void> {
  return new Promise((resolve, reject) => {
    engineOf(tool, node).run(
      { script },
      {
        output: () => undefined,
        end: ({ errors: [error] }) => {
          if (error === undefined) resolve();
          else reject(new Error(`${node}: ${error.message}`));
        },
      },
    );
  });
}

/** What a node's registry and calls hold now. */
export async function snapshotOf(tool: Tool, node: string): Promise<NodeSnapshot> {
  return (await engineOf(tool, node).state()) as NodeSnapshot;
}

/** One request that the gateway saw; `emulator/gateway/audit.ts`. */
export interface AuditEntry {
  readonly method: string;
  readonly node: string;
  readonly path: string;
  readonly command: string;
  readonly script: string;
}

/** Everything that the tool asked of the nodes, in order. */
export async function auditOf(tool: Tool): Promise<readonly AuditEntry[]> {
  return (await (await fetch(`${tool.emulator.url}api/__audit`)).json()) as AuditEntry[];
}

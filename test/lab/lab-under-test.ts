import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { canUseLab } from '../../emulator/lab/network/can-use-lab.ts';
import type { Network } from '../../emulator/lab/network/network.ts';
import { checkScenario } from '../../emulator/lab/read-scenario.ts';
import type { Scenario } from '../../emulator/lab/scenario.ts';
import type { Meeting } from './node-program.ts';

const NODE_PROGRAM = join(import.meta.dirname, 'node-program.ts');

const use = await canUseLab();
/** For `skip`: false, or why the lab cannot be made here. */
export const noLab: string | false = use.usable ? false : use.reason;

/** A scenario from parts, checked and completed as one from a file. */
export function scenarioOf(nodes: readonly object[], proxies: readonly object[] = []): Scenario {
  const cluster = { name: 'hci.contoso.local', cloud: 'public', witnessAccount: 'contosowitness' };
  return checkScenario({ cluster, nodes, proxies }, 'test');
}

/** Tries endpoints from inside a node; arguments as in `node-program.ts`. */
export async function tryFrom(lab: Network, node: string, ...urls: string[]): Promise<Map<string, Meeting>> {
  const program = await lab.spawn(node, [process.execPath, NODE_PROGRAM, ...urls], {});
  program.stdin.end();
  const lines = (await text(program.stdout)).trim().split('\n');
  await program.ended;
  return new Map(
    lines
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as Meeting)
      .map(meeting => [meeting.url, meeting]),
  );
}

import * as fc from 'fast-check';
import { actions, World } from '../../../../test/jest/proxy-model/commands';
import { machineWide, ModelNode, NOTHING } from '../../../../test/jest/proxy-model/model-node';
import type { RawValues } from '../setting/layers/raw-values';
import { changeNode } from './change-node';
import { planChange } from './change-plan';
import { readProxy } from './node-calls';

/** More with `npm run bench -- proxy-model`. */
const SCHEDULES = Number(process.env['PROXY_MODEL_SCHEDULES'] ?? 200);
const NODE = { name: 'node1', fqdn: 'node1.contoso.local', state: 'up' } as const;

const formers: readonly RawValues[] = [
  NOTHING,
  machineWide('old:3128'),
  machineWide('http=http://a:1;https=b:2'),
  machineWide('', 'http://wpad/p.pac'),
  { ...NOTHING, policy: 'String|0', 'machine.default': 'Binary|0102ff' },
  { ...machineWide('old:1'), 'user.default': machineWide('me:1')['machine.default'], winhttp: 'Binary|18' },
];

describe('node, gateway and page under any schedule', () => {
  it(
    `say nothing that is not so, and the first former state can be given back (${SCHEDULES} schedules)`,
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...formers), actions(), async (former, commands) => {
          const world = new World(new ModelNode(former));
          await fc.asyncModelRun(() => ({ model: { foreign: false }, real: world }), commands);
          await givesBackTheFirst(world);
        }),
        { numRuns: SCHEDULES },
      );
    },
    60_000 + SCHEDULES * 100,
  );
});

/** After all faults are over, the state before the first change of the tool comes back, to the byte. */
async function givesBackTheFirst(world: World): Promise<void> {
  const { node } = world;
  node.goOn();
  const first = [...node.kept.values()].sort((a, b) => a.number - b.number)[0];
  if (first === undefined) return;
  const reading = await readProxy(node, NODE.fqdn);
  if ('failure' in reading) throw new Error('a node without faults could not be read');
  const record = reading.value.node?.records.at(-1);
  if (record === undefined) throw new Error('the node keeps no record of its first change');
  const plan = planChange('b', 'put-back', [
    { node: NODE, chosen: true, wish: { kind: 'put-back', record }, setting: reading.value },
  ]);
  const row = plan.nodes[0];
  if (row === undefined) throw new Error('no row');
  const end = await changeNode(world.tools(), row, () => undefined);
  expect(['verified', 'unchanged']).toContain(end.phase.at);
  expect(node.values).toEqual(first.values);
}

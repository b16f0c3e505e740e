import { TestBed } from '@angular/core/testing';
import * as fc from 'fast-check';
import { clusterActions } from '../../../../test/jest/proxy-model/cluster-actions';
import { ClusterWorld } from '../../../../test/jest/proxy-model/cluster-world';
import { machineWide, NOTHING } from '../../../../test/jest/proxy-model/model-node';
import { englishStrings } from '../../../../test/jest/strings';
import { HOST } from '../../wac/host';
import { recordOf } from '../change/history';
import type { RawValues } from '../setting/layers/raw-values';

/** More with `npm run bench -- proxy-model`. */
const SCHEDULES = Number(process.env['PROXY_MODEL_SCHEDULES'] ?? 200);

const formers = fc.constantFrom<RawValues>(
  NOTHING,
  machineWide('old:3128'),
  machineWide('http=http://a:1;https=b:2'),
  machineWide('', 'http://wpad/p.pac'),
  machineWide('http=http://fw:8080;https=http://localhost:40343'),
  { ...NOTHING, policy: 'String|0', 'machine.default': 'Binary|0102ff' },
  { ...machineWide('old:1'), 'user.default': machineWide('me:1')['machine.default'], winhttp: 'Binary|18' },
);

// The verdict's rules have tests of their own; here an endpoint is reached or not.
jest.mock('../../reachability/probe/parse-observation', () => ({
  parseObservation: (value: unknown) => value,
}));
jest.mock('../../reachability/verdict/verdict', () => ({
  judge: ({ isOpen }: { isOpen: boolean }) => ({ verdict: isOpen ? 'reachable' : 'timed-out', cause: 'x' }),
}));

describe('a cluster, its gateway and the pages of two administrators under any schedule', () => {
  beforeAll(() => {
    // Angular looks at its signals when a page made a step, and at no moment of its own.
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
  });
  afterAll(() => {
    jest.useRealTimers();
  });

  it(
    `say nothing that is not so, list every node, and give each its first state back (${SCHEDULES} schedules)`,
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.scheduler(),
          fc.array(formers, { minLength: 2, maxLength: 4 }),
          fc.subarray(['', 'new:1', 'other:2', 'old:3128', 'b:2', 'localhost:40343']),
          clusterActions(),
          async (s, values, open, commands) => {
            TestBed.resetTestingModule();
            TestBed.configureTestingModule({
              providers: [{ provide: HOST, useValue: { strings: englishStrings(), locale: 'en' } }],
            });
            const world = new ClusterWorld(s, values, new Set(open));
            await world.drive(Promise.resolve());
            world.check();
            await fc.asyncModelRun(() => ({ model: {}, real: world }), commands);
            await givesBackTheFirst(world);
          },
        ),
        { numRuns: SCHEDULES },
      );
    },
    60_000 + SCHEDULES * 1_000,
  );
});

/** After all faults are over, a new page gives every node the state before the first change of the tool, to the byte. */
async function givesBackTheFirst(world: ClusterWorld): Promise<void> {
  for (const [index, node] of [...world.nodes.values()].entries()) {
    world.happen({ what: 'comes-up', node: index });
    node.goOn();
  }
  world.happen({ what: 'reload' });
  await world.drive(Promise.resolve());
  const { changes, proxies } = world.page(0);
  for (const [name, node] of world.nodes) {
    const first = [...node.kept.values()].sort((a, b) => a.number - b.number)[0];
    if (first === undefined) continue;
    const row = proxies.rows().find(each => each.node.fqdn === name);
    if (row?.reading.at !== 'read') throw new Error('a node without faults could not be read');
    const { setting } = row.reading;
    const record = setting.node?.records.at(-1);
    const change = record?.note?.change ?? '';
    expect(recordOf(setting, change)?.values).toEqual(first.values);
    await world.drive(changes.prepareGoingBack(change));
    for (const each of changes.preview()?.rows ?? []) changes.choose(each.node, each.node.fqdn === name);
    await world.drive(changes.confirm());
    expect([name, node.values]).toEqual([name, first.values]);
    world.check();
  }
}

import * as fc from 'fast-check';
import { from, switchMap } from 'rxjs';
import {
  CALL_FATES,
  CHANGE_FATES,
  machineWide,
  ModelNode,
  NOTHING,
} from '../../../../test/jest/proxy-model/model-node';
import type { RemoteShell } from '../../wac/remote-shell';
import { makeChangeId } from '../setting/change-record';
import { writeConnection } from '../setting/layers/blobs';
import type { RawValues } from '../setting/layers/raw-values';
import { changeNode, settleNode } from './change-node';
import { planChange } from './change-plan';
import { readProxy } from './node-calls';
import { isOpen, isUnsettled, type NodeChange, ownAttempts } from './node-change';
import { NO_EXTRAS, type Wish } from './order';

/** More with `npm run bench -- proxy-model`. */
const SCHEDULES = Number(process.env['PROXY_MODEL_SCHEDULES'] ?? 200);
const NODE = { name: 'node1', fqdn: 'node1.contoso.local', state: 'up' } as const;

const wishes = fc.constantFrom<Wish>(
  { kind: 'set', server: 'one:1', bypass: [], extras: NO_EXTRAS },
  { kind: 'set', server: 'two:2', bypass: ['x'], extras: NO_EXTRAS },
  { kind: 'remove', extras: NO_EXTRAS },
);
const formers = fc.constantFrom<RawValues>(
  NOTHING,
  machineWide('old:3128'),
  machineWide('', 'http://w/p.pac'),
);
const fates = fc.record({
  change: fc.array(fc.constantFrom(...CHANGE_FATES), { maxLength: 3 }),
  call: fc.array(fc.constantFrom('works' as const, ...CALL_FATES), { maxLength: 8 }),
});

/** What a page does with one node: a preview, and the change that was confirmed after it. */
async function page(node: ModelNode, s: fc.Scheduler, name: string, wish: Wish): Promise<Page | undefined> {
  const shell: RemoteShell = {
    run: (fqdn, command) =>
      from(s.schedule(Promise.resolve(), `${name} ${command.name}`)).pipe(
        switchMap(() => node.run(fqdn, command)),
      ),
  };
  let count = 0;
  const tools = {
    shell,
    change: name,
    newId: () => makeChangeId(new Date(2026, 0, 1), count++, () => (name === 'a' ? 0.1 : 0.9)),
  };
  const seen = await readProxy(shell, NODE.fqdn);
  if ('failure' in seen) return undefined;
  const plan = planChange(name, wish.kind, [{ node: NODE, chosen: true, wish, setting: seen.value }]);
  const [start] = plan.nodes;
  if (start === undefined) throw new Error('no row');
  const row = await changeNode(tools, start, () => undefined);
  return { name, row, settle: async () => (await settleNode({ ...tools, shell: node }, row)).change };
}

interface Page {
  readonly name: string;
  readonly row: NodeChange;
  readonly settle: () => Promise<NodeChange>;
}

/** States in which nobody can say that he did not put the node there: without the counter, which each writing raises. */
function kindOf(values: RawValues): string {
  const blob = values['machine.default'].replace(/^Binary\|(.{8}).{8}/, 'Binary|$1--------');
  return JSON.stringify([values.policy, blob]);
}

describe('two administrators on one node at once', () => {
  it(
    `are told nothing that is not so, and leave a state that one of them wanted (${SCHEDULES} schedules)`,
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.scheduler(),
          formers,
          wishes,
          wishes,
          fates,
          async (s, former, first, second, fate) => {
            const node = new ModelNode(former);
            node.changeFates = [...fate.change];
            node.callFates = [...fate.call];
            const both = Promise.all([page(node, s, 'a', first), page(node, s, 'b', second)]);
            await s.waitFor(both);
            const pages = (await both).filter(each => each !== undefined);
            for (const { name, row } of pages) {
              const own = ownAttempts(row);
              for (const { id, open } of own) {
                if (!open) expect(node.kept.get(id)?.running).toBe(false);
              }
              const isUntouched = row.phase.at === 'failed' && row.phase.after === undefined;
              const reached = [...node.kept.values()].some(({ note }) => changeOf(note) === name);
              if (isUntouched) expect([name, reached]).toEqual([name, false]);
            }
            // What is unsettled is read again until it is known; then nothing is left open.
            node.callFates = [];
            node.goOn();
            for (const { row, settle } of pages) {
              const end = isUnsettled(row) ? await settle() : row;
              expect(isOpen(end)).toBe(false);
              expect(end.phase.at).not.toBe('unknown');
            }
            if (fate.change.some(each => each.endsWith('half-way'))) return;
            const wanted = [former, ...[first, second].map(wish => valuesFor(wish, former))];
            expect(wanted.map(kindOf)).toContain(kindOf(node.values));
          },
        ),
        { numRuns: SCHEDULES },
      );
    },
    60_000 + SCHEDULES * 100,
  );
});

function changeOf(note: string): unknown {
  return (JSON.parse(note) as { change?: unknown }).change;
}

function valuesFor(wish: Wish, former: RawValues): RawValues {
  if (wish.kind === 'set') {
    const options = { flags: 3, server: wish.server, bypass: wish.bypass.join(';'), pacUrl: '' };
    return {
      ...former,
      policy: 'DWord|0',
      'machine.default': writeConnection(options, former['machine.default']),
    };
  }
  const direct = writeConnection({ flags: 1, server: '', bypass: '', pacUrl: '' }, former['machine.default']);
  return { ...former, policy: 'absent', 'machine.default': direct };
}

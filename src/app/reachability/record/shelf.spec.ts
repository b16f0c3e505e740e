import { deflateSync, strFromU8, strToU8 } from 'fflate';
import { endedAt } from '../../../../test/jest/observations';
import { runOf, type See } from '../../../../test/jest/runs';
import type { LastingKeepSafe } from '../../wac/platform';
import type { RunState } from '../run/run';
import { atOnce } from '../run/at-once';
import { compareRuns, type Comparison } from './compare';
import { withJudged } from './judged-run';
import { pack, packing, unpack, unpacking } from './packing';
import { MOST_RUNS, MOST_TEXT, Shelf } from './shelf';

const dropped = endedAt({ phase: 'connect', outcome: 'timeout' });
const refused = endedAt({ phase: 'connect', code: 'ConnectionRefused' });
const DOORS = ['a.example:443', 'b.example:443', 'c.example:443', 'd.example:443'];

/** A browser's memory with so much room. */
function memory(room = Infinity): LastingKeepSafe & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    read: key => texts.get(key),
    keys: beginning => [...texts.keys()].filter(key => key.startsWith(beginning)),
    write: (key, value) => {
      texts.delete(key);
      if (value === undefined) return true;
      const used = [...texts.values()].reduce((sum, each) => sum + each.length, 0);
      if (used + value.length > room) return false;
      texts.set(key, value);
      return true;
    },
  };
}

function runAt(minute: number): RunState {
  const startedAt = new Date(Date.UTC(2026, 10, 24, 7, minute)).toISOString();
  return { ...runOf(['node1'], DOORS), startedAt };
}

const NOW = new Date('2026-11-24T09:00:00.000Z');

describe('The shelf of runs', () => {
  it('gives back what was put on it, newest first, and keeps clusters apart', () => {
    const safe = memory();
    const shelf = new Shelf(safe, 'hci');
    for (const minute of [1, 3, 2]) expect(shelf.put(runAt(minute), NOW)).toBe(true);
    expect(shelf.list().map(({ id }) => id.slice(14, 16))).toEqual(['03', '02', '01']);
    expect(shelf.list()[0]).toMatchObject({
      status: 'finished',
      edition: 'June 2024',
      counts: { proven: 4 },
    });
    expect(shelf.take(runAt(2).startedAt)).toEqual(runAt(2));
    expect(new Shelf(safe, 'other').list()).toEqual([]);
    shelf.forget(runAt(3).startedAt);
    expect(shelf.take(runAt(3).startedAt)).toBeUndefined();
    expect(shelf.list()).toHaveLength(2);
  });

  it('has a run of a clock that is ahead in the place of when it came, and lets it go like any other', () => {
    const shelf = new Shelf(memory(), 'hci');
    const ahead = { ...runAt(1), startedAt: '2099-01-01T00:00:00.000Z' };
    const at = (minute: number): Date => new Date(runAt(minute).startedAt);
    shelf.put(ahead, at(2));
    expect(shelf.list().map(({ id }) => id)).toEqual([ahead.startedAt]);
    for (let minute = 3; minute < MOST_RUNS + 2; minute += 1) shelf.put(runAt(minute), at(minute));
    expect(shelf.list().at(-1)?.id).toBe(ahead.startedAt);
    expect(shelf.list()[0]?.id).toBe(runAt(MOST_RUNS + 1).startedAt);
    shelf.put(runAt(MOST_RUNS + 2), at(MOST_RUNS + 2));
    expect(shelf.list().map(({ id }) => id)).not.toContain(ahead.startedAt);
  });

  it('writes a run again in its place while it goes on', () => {
    const shelf = new Shelf(memory(), 'hci');
    shelf.put({ ...runAt(1), status: 'running' }, NOW);
    shelf.put(runAt(1), NOW);
    expect(shelf.list().map(({ status }) => status)).toEqual(['finished']);
  });

  it('keeps the last ones, and leaves no text of the others', () => {
    const safe = memory();
    const shelf = new Shelf(safe, 'hci');
    for (let minute = 0; minute < MOST_RUNS + 5; minute += 1) shelf.put(runAt(minute), NOW);
    expect(shelf.list()).toHaveLength(MOST_RUNS);
    expect(shelf.list().at(-1)?.id).toBe(runAt(5).startedAt);
    expect(safe.texts.size).toBe(MOST_RUNS);
  });

  it('makes room by the oldest, and says when a run has no room at all', () => {
    const probe = memory();
    new Shelf(probe, 'hci').put(runAt(0), NOW);
    const size = [...probe.texts.values()].reduce((sum, each) => sum + each.length, 0);
    const shelf = new Shelf(memory(2.5 * size), 'hci');
    for (const minute of [1, 2, 3]) expect(shelf.put(runAt(minute), NOW)).toBe(true);
    expect(shelf.list().map(({ id }) => id)).toEqual([3, 2].map(minute => runAt(minute).startedAt));
    expect(new Shelf(memory(100), 'hci').put(runAt(1), NOW)).toBe(false);
  });

  it('loses nothing that it had where a run finds no room even so', () => {
    const safe = memory();
    const shelf = new Shelf(safe, 'hci');
    for (let minute = 0; minute < MOST_RUNS; minute += 1) shelf.put(runAt(minute), NOW);
    const under = { ...runAt(MOST_RUNS - 1), status: 'running' as const };
    shelf.put(under, NOW);
    const before = new Map(safe.texts);
    const grown = 1 + Math.max(...[...before.values()].map(text => text.length));
    const full: LastingKeepSafe = {
      ...safe,
      write: (key, value) => {
        safe.write(key, undefined);
        return value === undefined || (value.length < grown && safe.write(key, value));
      },
    };
    const more = runOf(['node1', 'node2', 'node3', 'node4'], DOORS);
    for (const run of [
      { ...more, startedAt: under.startedAt },
      { ...more, startedAt: runAt(50).startedAt },
    ]) {
      expect(new Shelf(full, 'hci').put(run, NOW)).toBe(false);
      expect(safe.texts).toEqual(before);
    }
    expect(shelf.take(under.startedAt)).toEqual(under);
  });

  it.each(['', '{', '[{}]', '{"a":1}', '\n', 'null\nx', '{"id":"2026-11-24T07:02:00.000Z"}\nx'])(
    'loses no other run where one reads %j, and makes room of it with the next',
    text => {
      const safe = memory();
      const shelf = new Shelf(safe, 'hci');
      for (const minute of [1, 2, 3]) shelf.put(runAt(minute), NOW);
      safe.write(`runs:hci:${runAt(2).startedAt}`, text);
      expect(shelf.list().map(({ id }) => id)).toEqual([3, 1].map(minute => runAt(minute).startedAt));
      expect(shelf.take(runAt(2).startedAt)).toBeUndefined();
      expect(shelf.take(runAt(1).startedAt)).toEqual(runAt(1));
      shelf.put(runAt(4), NOW);
      expect(safe.texts.size).toBe(3);
    },
  );

  it('takes no run for another that stands in its place', () => {
    const safe = memory();
    const shelf = new Shelf(safe, 'hci');
    shelf.put(runAt(1), NOW);
    safe.write(`runs:hci:${runAt(2).startedAt}`, safe.read(`runs:hci:${runAt(1).startedAt}`));
    expect(shelf.list()).toHaveLength(1);
  });

  it('is of one cluster, also where the name of another begins like it', () => {
    const safe = memory();
    const names = ['hci', 'hci2', 'hci:2', 'hci.contoso.local', ''];
    for (const name of names) new Shelf(safe, name).put(runAt(1), NOW);
    for (const name of names) expect(new Shelf(safe, name).list()).toHaveLength(1);
    for (let minute = 0; minute < MOST_RUNS + 5; minute += 1) new Shelf(safe, 'hci').put(runAt(minute), NOW);
    for (const name of names.slice(1)) expect(new Shelf(safe, name).take(runAt(1).startedAt)).toBeDefined();
  });

  it('loses nothing of two windows that keep runs at the same time', () => {
    const safe = memory();
    // Each window sees what the other one wrote only some time later.
    const late = new Map<string, string>();
    const behind: LastingKeepSafe = {
      read: key => late.get(key),
      keys: beginning => [...late.keys()].filter(key => key.startsWith(beginning)),
      write: (key, value) => {
        if (value === undefined) late.delete(key);
        else late.set(key, value);
        return safe.write(key, value);
      },
    };
    const [here, there] = [new Shelf(safe, 'hci'), new Shelf(behind, 'hci')];
    here.put({ ...runAt(1), status: 'running' }, NOW);
    there.put({ ...runAt(2), status: 'running' }, NOW);
    here.put(runAt(1), NOW);
    there.put(runAt(2), NOW);
    expect(here.list().map(({ id, status }) => [id, status])).toEqual(
      [2, 1].map(minute => [runAt(minute).startedAt, 'finished']),
    );
  });

  it('has room for a large cluster', () => {
    const doors = Array.from({ length: 300 }, (_, at) => `host-${at}.service.example:443`);
    const nodes = Array.from({ length: 16 }, (_, at) => `node${at}`);
    const safe = memory();
    expect(new Shelf(safe, 'hci').put(runOf(nodes, doors), NOW)).toBe(true);
    expect([...safe.texts.values()].join('').length).toBeLessThan(MOST_TEXT / 4);
  });
});

describe('A packed run', () => {
  const run = runOf(['node1', 'node2', 'node3'], DOORS, node => (node === 'node3' ? undefined : {}));

  it('is the same again', () => {
    expect(unpack(pack(run))).toEqual(run);
    expect(unpack(`${pack(run)}.x`)).toBeUndefined();
  });

  it('is packed in a step for each node, and what has not changed not again', () => {
    const steps = (of: RunState): number => [...packing(of)].length;
    const fresh = runOf(['node1', 'node2'], DOORS);
    expect(steps(fresh)).toBe(2);
    expect(steps({ ...fresh, startedAt: runAt(1).startedAt })).toBe(0);
    const cells = new Map(fresh.cells).set('node2', new Map(fresh.cells.get('node2')));
    expect(steps({ ...fresh, cells })).toBe(1);
  });

  it('is read in a step for each node that has results, and given in a last one', () => {
    const all = unpacking(pack(run));
    const steps = [all.next(), all.next(), all.next(), all.next(), all.next()];
    expect(steps.map(({ done }) => done)).toEqual([false, false, false, false, true]);
    expect(steps.at(-1)?.value).toEqual(run);
  });

  it.each(['null', '{}', '[7]', '[{"node":"node1"}]'])('is none where the results of a node are %s', part => {
    expect(unpack(`${pack(run)}.${btoa(strFromU8(deflateSync(strToU8(part)), true))}`)).toBeUndefined();
  });

  it('takes no result of a node or an endpoint that it does not have', () => {
    const other = runOf(['node1', 'node9'], ['z.example:443']);
    const parts = pack(other).split('.').slice(1);
    expect(unpack([pack(run), ...parts].join('.'))).toEqual(run);
  });
});

describe('Two runs compared', () => {
  it('say what was fixed, broke, still fails, and fails for another reason', () => {
    const see =
      (table: Readonly<Record<string, typeof dropped>>): See =>
      (_, { host }) =>
        table[host] ?? {};
    const before = runOf(
      ['node1'],
      DOORS,
      see({ 'a.example': dropped, 'b.example': dropped, 'c.example': dropped }),
    );
    const after = runOf(
      ['node1'],
      DOORS,
      see({ 'b.example': dropped, 'c.example': refused, 'd.example': dropped }),
    );
    const { counts, differences } = compareRuns(before, after);
    expect(counts).toEqual({ broken: 1, changed: 1, still: 1, fixed: 1, unknown: 0 });
    expect(differences.map(({ outcome, door }) => `${outcome} ${door}`)).toEqual([
      'broken d.example:443',
      'changed c.example:443',
      'still b.example:443',
      'fixed a.example:443',
    ]);
  });

  it('come to the same by what is kept for comparisons alone', () => {
    const causes = [dropped, refused, {}, undefined];
    const see = (shift: number): See => {
      let count = 0;
      return () => causes[(count += shift) % causes.length];
    };
    const nodes = ['node1', 'node2', 'node3'];
    const before = { ...runOf(nodes, DOORS, see(1)), startedAt: runAt(1).startedAt };
    const after = runOf(nodes, DOORS, see(3));
    const shelf = new Shelf(memory(), 'hci');
    shelf.put(before, NOW);
    const kept = atOnce(shelf.takingJudged(before.startedAt));
    const short = ({ counts, differences }: Comparison) => ({
      counts,
      lines: differences.map(each => [
        each.outcome,
        each.door,
        each.node,
        each.before.cause,
        each.after.cause,
      ]),
    });
    expect(kept && short(compareRuns(kept, after))).toEqual(short(compareRuns(before, after)));
    expect(kept && short(compareRuns(after, kept))).toEqual(short(compareRuns(after, before)));
    for (const damaged of [{}, { causes: [], nodes: [] }, { causes: ['answered'], nodes: [[0, 1], [], []] }])
      expect(withJudged(before, damaged)).toBeUndefined();
  });

  it('claim nothing of what one of them did not test', () => {
    const before = runOf(['node1'], DOORS, () => dropped);
    const after = runOf(['node1'], DOORS, () => undefined);
    expect(compareRuns(before, after)).toMatchObject({ counts: { unknown: 4, fixed: 0 }, differences: [] });
    expect(compareRuns(after, after).counts.unknown).toBe(0);
  });
});

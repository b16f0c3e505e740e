import { TestBed } from '@angular/core/testing';
import { runOf } from '../../../../test/jest/runs';
import { HOST } from '../../wac/host';
import { CLOCK, KEEP_SAFE, LASTING_KEEP_SAFE, type LastingKeepSafe } from '../../wac/platform';
import { compareRuns } from '../record/compare';
import type { JudgedRun } from '../record/judged-run';
import { Shelf } from '../record/shelf';
import type { RunState } from '../run/run';
import { RunKeeper } from './run-keeper';

const NOW = new Date('2026-11-26T09:00:00.000Z');
const names = (count: number, of: string): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${of}${index}`);
const doors = names(500, 'host').map(host => `${host}.example:443`);
const small = { ...runOf(['node1'], doors), startedAt: '2026-11-26T07:00:00.000Z' };
const large = { ...runOf(names(5, 'node'), doors), startedAt: '2026-11-26T08:00:00.000Z' };

/** So that each has a task of its own. */
function everyStepTakesLong(): void {
  let now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => (now += 50));
}

/** A keeper who has both runs, and perhaps more. */
function keeper(texts = new Map<string, string>(), ...more: readonly RunState[]): RunKeeper {
  const safe: LastingKeepSafe = {
    read: key => texts.get(key),
    keys: beginning => [...texts.keys()].filter(key => key.startsWith(beginning)),
    write: (key, value) => (value === undefined ? texts.delete(key) || true : texts.set(key, value).has(key)),
  };
  for (const run of [small, large, ...more]) new Shelf(safe, 'hci').put(run, NOW);
  TestBed.configureTestingModule({
    providers: [
      { provide: HOST, useValue: { connection: { name: 'hci', nodes: [] } } },
      { provide: CLOCK, useValue: { now: () => NOW, every: () => () => undefined } },
      { provide: KEEP_SAFE, useValue: { read: () => undefined, write: () => true } },
      { provide: LASTING_KEEP_SAFE, useValue: safe },
    ],
  });
  return TestBed.inject(RunKeeper);
}

describe('The keeper of runs', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('reads a small run at once', () => {
    const taken: (RunState | undefined)[] = [];
    keeper().read(small.startedAt, run => taken.push(run));
    expect(taken).toEqual([small]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('puts a run from a file beside one that was begun at the same time, and not in its place', () => {
    const found = keeper();
    const other = { ...runOf(['node9'], doors), startedAt: small.startedAt };
    const beside = found.beside(other);
    expect(beside).toEqual({ ...other, startedAt: '2026-11-26T07:00:00.001Z' });
    found.keep(beside);
    expect(found.take(small.startedAt)).toEqual(small);
    // The very same one is there already.
    expect(found.beside(small)).toEqual(small);
    expect(found.beside(other)).toEqual(beside);
    expect(found.beside({ ...other, startedAt: '2026-11-26T06:00:00.000Z' }).startedAt).toContain(
      'T06:00:00.000Z',
    );
  });

  it('reads a large run in tasks of their own, and gives it once', () => {
    everyStepTakesLong();
    const taken: (RunState | undefined)[] = [];
    keeper().read(large.startedAt, run => taken.push(run));
    for (let step = 0; step < 6; step += 1) {
      expect([taken.length, jest.getTimerCount()]).toEqual([0, 1]);
      jest.runOnlyPendingTimers();
    }
    jest.runAllTimers();
    expect(taken).toEqual([large]);
  });

  it('shares a task among small steps', () => {
    const taken: (RunState | undefined)[] = [];
    keeper().read(large.startedAt, run => taken.push(run));
    jest.runOnlyPendingTimers();
    expect(taken).toEqual([large]);
  });

  it('reads what a comparison needs without the results, and all of it where a run was kept before that or goes on', () => {
    const old = { ...large, startedAt: '2026-11-26T06:00:00.000Z', status: 'running' as const };
    const of = keeper(new Map(), old);
    const taken: (JudgedRun | undefined)[] = [];
    for (const { id } of of.runs()) of.readJudged(id, run => taken.push(run));
    jest.runAllTimers();
    expect(taken.map(run => run?.startedAt)).toEqual([large, small, old].map(run => run.startedAt));
    const [first] = taken;
    expect(first && compareRuns(first, large)).toEqual(compareRuns(large, large));
    expect([...(first?.cells.get('node0')?.values() ?? [])][0]).toEqual({
      cause: 'answered',
      verdict: 'reachable',
    });
  });

  it.each([
    ['at once', small],
    ['in steps', large],
  ])(
    'says of one whose page went that it ended when it was kept last, whatever the clocks of nodes say: %s',
    (_, run) => {
      const begun = {
        ...run,
        startedAt: '2026-11-26T08:59:30.000Z',
        status: 'running' as const,
      };
      const taken: (RunState | undefined)[] = [];
      keeper(new Map(), begun).read(begun.startedAt, each => taken.push(each));
      jest.runAllTimers();
      expect(taken).toMatchObject([{ status: 'interrupted', endedAt: NOW.toISOString() }]);
    },
  );

  it('gives nothing of a run that nobody waits for any more', () => {
    everyStepTakesLong();
    const taken: unknown[] = [];
    const stop = keeper().read(large.startedAt, run => taken.push(run));
    jest.runOnlyPendingTimers();
    stop();
    jest.runAllTimers();
    expect(taken).toEqual([]);
  });

  it('says of a damaged one that it is not there, and still has the other', () => {
    const texts = new Map<string, string>();
    const of = keeper(texts);
    const key = `runs:hci:${large.startedAt}`;
    texts.set(key, texts.get(key)?.slice(0, -40) ?? '');
    const taken: (RunState | undefined)[] = [];
    for (const { id } of of.runs()) of.read(id, run => taken.push(run));
    jest.runAllTimers();
    expect(taken).toEqual([small, undefined]);
  });

  it.each<[string, (kept: string) => string, string | undefined]>([
    ['whole', kept => kept, undefined],
    ['cut off', kept => kept.slice(0, -40), 'damaged'],
    ['without its line', kept => kept.slice(9), 'damaged'],
    ['deleted', () => '', undefined],
  ])('tells whether the run that a new tab shows is there and not readable: %s', (_, change, loss) => {
    const texts = new Map<string, string>();
    const of = keeper(texts);
    for (const [key, kept] of [...texts]) {
      if (change(kept) === '') texts.delete(key);
      else texts.set(key, change(kept));
    }
    of.readLast(() => undefined);
    jest.runAllTimers();
    expect(of.loss()).toBe(loss);
  });

  it('shows the newest in a new tab, in steps too', () => {
    const taken: (RunState | undefined)[] = [];
    keeper().readLast(run => taken.push(run));
    expect(taken).toEqual([]);
    jest.runAllTimers();
    expect(taken).toEqual([large]);
  });

  it('loses nothing of a large run that is still being packed when the next one begins', () => {
    const of = keeper();
    const begun = { ...large, startedAt: '2026-11-26T08:10:00.000Z' };
    const next = { ...small, startedAt: '2026-11-26T08:20:00.000Z' };
    of.keep(begun);
    of.keep(next);
    expect(of.take(begun.startedAt)?.cells.size).toBe(5);
    expect(of.runs().map(({ id }) => id)).toContain(next.startedAt);
  });
});

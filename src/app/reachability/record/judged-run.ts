import type { RunState } from '../run/run';
import { type Cause, CAUSES } from '../verdict/causes';
import type { Judged } from '../verdict/probe-result';
import { integer, readOrUndefined, record, wholeList } from '../probe/reading';
import { causeOrUnclear } from './read/run-of-results';

/** A run, or as much of it as a comparison needs: of each result only what it comes to. */
export type JudgedRun = Omit<RunState, 'cells'> & {
  readonly cells: ReadonlyMap<string, ReadonlyMap<string, Judged>>;
};

/**
 * What each result of a run comes to, in little room: every cause once, and for each node, in the run's order, the place of
 * each endpoint's cause among them, in the plan's order; -1 where there is no result.
 */
export function judgedRecord({ plan, nodes, cells }: RunState): object {
  const places = new Map<Cause, number>();
  const placeOf = (cause: Cause | undefined): number => {
    if (cause === undefined) return -1;
    const place = places.get(cause) ?? places.size;
    places.set(cause, place);
    return place;
  };
  const entries = [...plan.targets, ...plan.untested];
  const judged = nodes.map(({ node }) => {
    const known = cells.get(node.name);
    return entries.map(({ id }) => placeOf(known?.get(id)?.cause));
  });
  return { causes: [...places.keys()], nodes: judged };
}

/** The run with what {@link judgedRecord} wrote of it; undefined where that is missing or of another run. */
export function withJudged(run: RunState, value: unknown): JudgedRun | undefined {
  return readOrUndefined(() => {
    const fields = record(value);
    const results = wholeList(fields['causes']).map((each): Judged => {
      const cause = causeOrUnclear(each);
      return { cause, verdict: CAUSES[cause].verdict };
    });
    const entries = [...run.plan.targets, ...run.plan.untested];
    const lists = wholeList(fields['nodes']);
    const cells = run.nodes.map(({ node }, place) => {
      const known = new Map<string, Judged>();
      const list = wholeList(lists[place]);
      for (const [index, { id }] of entries.entries()) {
        const judged = results[integer(list[index], -1, results.length - 1)];
        if (judged !== undefined) known.set(id, judged);
      }
      return [node.name, known] as const;
    });
    return { ...run, cells: new Map(cells) };
  });
}

import { endpointFacts } from '../../verdict/endpoint-facts';
import { causeBorneOut } from '../../verdict/borne-out';
import { type Cause, CAUSES } from '../../verdict/causes';
import type { OtherFamily, ProbeResult } from '../../verdict/probe-result';
import { targetsById } from '../../plan/probe-plan';
import { isFailure, isUnknown } from '../../verdict/verdicts';
import type { NodeCells, RunState } from '../../run/run';

/**
 * A run from a file, in which nothing is concluded from a result that says what its own measurements do not show: whoever wrote
 * the file, a verdict needs the same proof as one that is judged here.
 *
 * @param plan `whole`: the file says whose authority signs for each endpoint; `hosts`: it does not
 */
export function withoutContradictions(run: RunState, plan: 'whole' | 'hosts'): RunState {
  const targets = targetsById(run.plan);
  const ownOf = (id: string): boolean | undefined => {
    const target = targets.get(id);
    const isOwn = target !== undefined && endpointFacts(run.plan, target).own;
    return isOwn || (plan === 'whole' && target !== undefined) ? isOwn : undefined;
  };
  const checked = (cells: NodeCells, own: (id: string) => boolean | undefined): NodeCells =>
    new Map([...cells].map(([id, result]) => [id, believed(result, own(id))]));
  const all = (cells: RunState['cells'], own: (id: string) => boolean | undefined): RunState['cells'] =>
    new Map([...cells].map(([node, results]) => [node, checked(results, own)]));
  const { hops, ways } = run;
  return {
    ...run,
    cells: all(run.cells, ownOf),
    ...(hops && { hops: all(hops, () => undefined) }),
    ...(ways && { ways: waysIn(ways, ownOf) }),
  };
}

function waysIn(
  ways: NonNullable<RunState['ways']>,
  own: (id: string) => boolean | undefined,
): NonNullable<RunState['ways']> {
  return new Map(
    [...ways].map(([node, tried]) => [
      node,
      new Map(
        [...tried].map(([id, each]) => [
          id,
          {
            ...each,
            ways: each.ways.map(way =>
              way.result === undefined ? way : { ...way, result: believed(way.result, own(id)) },
            ),
          },
        ]),
      ),
    ]),
  );
}

const CONTRADICTS: Cause = 'contradicts-itself';
const NOTHING = { cause: CONTRADICTS, verdict: CAUSES[CONTRADICTS].verdict };

function believed(result: ProbeResult, own: boolean | undefined): ProbeResult {
  const { otherFamily, ...known } = result;
  const other = otherFamily && {
    otherFamily: hasNotAnswered(otherFamily) ? { ...otherFamily, ...NOTHING } : otherFamily,
  };
  const cause = causeBorneOut(known, own);
  if (cause !== undefined) return { ...known, cause, ...other };
  return { ...withoutAnswer(known), ...NOTHING, ...other };
}

/** Without what follows from an answer that nobody saw. */
function withoutAnswer(result: ProbeResult): ProbeResult {
  const measured: Mutable<ProbeResult> = { ...result };
  delete measured.slow;
  delete measured.next;
  delete measured.clockSkewSeconds;
  return measured;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Whether it says that something answered, with the words of a failed step. */
function hasNotAnswered({ verdict, detail }: OtherFamily): boolean {
  return detail !== '' && !isFailure(verdict) && !isUnknown(verdict);
}

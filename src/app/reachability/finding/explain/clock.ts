import { clockSkewOfNode } from '../../verdict/times/clock';
import type { Cause } from '../../verdict/causes';
import type { Sentence } from '../finding';
import { type Cell, groupBy, hostsOf, nodesOf, type Seen } from '../seen';
import { type Draft, duration, type Explainer, hosts, nodeNames, plural, sentence } from './draft';

const OUT_OF_TIME: ReadonlySet<Cause> = new Set(['certificate-expired', 'certificate-not-yet-valid']);
/** So many certificates at once do not run out: the clock is wrong. */
const ENOUGH_OUT_OF_TIME = 3;

/**
 * Clocks that are wrong: by the dates that services send, whether or not anything failed for it yet; where too few came,
 * by certificates that are out of time.
 */
export const explainClocks: Explainer = (open, seen) => {
  const skews = new Map(
    seen.nodes.map(node => [node, clockSkewOfNode(seen.of(node).map(({ result }) => result))]),
  );
  const isWrong = (node: string): boolean => (skews.get(node) ?? 0) !== 0;
  const outOfTime = open.filter(({ result }) => OUT_OF_TIME.has(result.cause));
  const cells = [
    ...groupBy(
      outOfTime,
      ({ result }) => `${result.node} ${isWrong(result.node) ? '' : result.cause}`,
    ).values(),
  ]
    .filter(group => {
      const skew = skews.get(group[0]?.result.node ?? '');
      return skew === undefined ? looksLikeClock(group) : skew !== 0;
    })
    .flat();
  const shownBy = seen.cells.filter(
    ({ result }) => isWrong(result.node) && (result.clockSkewSeconds ?? 0) !== 0,
  );
  // Another clock that is wrong for nobody yet is wrong by another measure.
  const failing = new Set(nodesOf(cells, seen));
  const [here, elsewhere] = [true, false].map(fails =>
    shownBy.filter(({ result }) => failing.has(result.node) === fails),
  );
  return [
    ...clockDraft('', cells, here ?? [], skews, seen),
    ...clockDraft('shown', [], elsewhere ?? [], skews, seen),
  ];
};

function clockDraft(
  about: string,
  cells: readonly Cell[],
  shownBy: readonly Cell[],
  skews: ReadonlyMap<string, number | undefined>,
  seen: Seen,
): readonly Draft[] {
  const all = [...cells, ...shownBy];
  if (all.length === 0) return [];
  const nodes = nodesOf(all, seen);
  const title =
    cells.length > 0
      ? sentence(plural('finding.clock', nodes.length), nodeNames(all, seen), hosts(cells))
      : sentence(plural('finding.clock.skew', nodes.length), nodeNames(all, seen));
  return [
    { kind: 'clock', about, cells, shownBy, owner: 'server', title, context: differences(nodes, skews) },
  ];
}

/** Of one cause and node: not yet valid is the clock's; expired only when it is many at once. */
function looksLikeClock(cells: readonly Cell[]): boolean {
  return (
    cells[0]?.result.cause === 'certificate-not-yet-valid' || hostsOf(cells).length >= ENOUGH_OUT_OF_TIME
  );
}

function differences(
  nodes: readonly string[],
  skews: ReadonlyMap<string, number | undefined>,
): readonly Sentence[] {
  return nodes.flatMap(node => {
    const skew = skews.get(node) ?? 0;
    if (skew === 0) return [];
    return [
      sentence(`finding.context.clock.${skew > 0 ? 'ahead' : 'behind'}`, node, duration(Math.abs(skew))),
    ];
  });
}

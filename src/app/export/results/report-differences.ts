import { compareRuns, type Difference } from '../../reachability/record/compare';
import { comparisonText } from '../../reachability/record/compare-words';
import type { JudgedRun } from '../../reachability/record/judged-run';
import type { RunState } from '../../reachability/run/run';
import { wayWord } from '../../reachability/run/way-words';
import { isUnknown, type VerdictCode } from '../../reachability/verdict/verdicts';
import type { Text } from '../../ui/words/make-text';

/** A part of the report: a table, or the sentence that stands in its place. */
export interface Differences {
  readonly heading: string;
  readonly sentence: string;
  readonly columns: readonly string[];
  readonly count: number;
  /** The first cell names the row. Made when somebody asks for them: they may be many. */
  readonly rows: Iterable<readonly string[]>;
}

/** Endpoints of which nodes that were tested say different things. */
export function nodeDifferences(run: RunState, t: Text): Differences {
  const rows = run.plan.targets.flatMap(({ id }) => {
    const nodesBy = new Map<VerdictCode, string[]>();
    for (const { node } of run.nodes) {
      const verdict = run.cells.get(node.name)?.get(id)?.verdict;
      if (verdict === undefined || isUnknown(verdict)) continue;
      nodesBy.set(verdict, [...(nodesBy.get(verdict) ?? []), node.name]);
    }
    const said = [...nodesBy].map(([verdict, nodes]) =>
      t('report.differences.nodes', t(`reachability.verdict.${verdict}`), nodes.join(', ')),
    );
    return nodesBy.size < 2 ? [] : [[id, said.join('; ')]];
  });
  const tested = run.nodes.filter(({ node }) =>
    [...(run.cells.get(node.name)?.values() ?? [])].some(({ verdict }) => !isUnknown(verdict)),
  );
  return {
    heading: t('report.differences'),
    sentence:
      rows.length > 0
        ? t('report.differences.count', rows.length)
        : t(tested.length < 2 ? 'report.differences.fewNodes' : 'report.differences.none'),
    columns: ['endpoint', 'verdicts'].map(name => t(`report.column.${name}`)),
    ...{ count: rows.length, rows },
  };
}

/** What is otherwise than in an earlier run; what still fails is in the results. */
export function runDifferences(before: JudgedRun, run: RunState, t: Text): Differences {
  const comparison = compareRuns(before, run);
  const news = comparison.differences.filter(({ outcome }) => outcome !== 'still');
  const ways = [wayWord(before, t), wayWord(run, t)];
  return {
    heading: t('report.since', before.startedAt),
    sentence: [
      comparisonText(comparison, false, t),
      ...(ways[0] === ways[1] ? [] : [t('reachability.compare.ways', ...ways)]),
    ].join(' '),
    columns: [
      t('report.column.endpoint'),
      ...['node', 'outcome', 'before', 'after'].map(name => t(`reachability.compare.${name}`)),
    ],
    count: news.length,
    rows: differenceRows(news, t),
  };
}

function* differenceRows(differences: readonly Difference[], t: Text): Generator<readonly string[]> {
  for (const { entry, node, outcome, before, after } of differences)
    yield [
      entry.id,
      node,
      t(`reachability.compare.outcome.${outcome}`),
      t(`reachability.verdict.${before.verdict}`),
      t(`reachability.verdict.${after.verdict}`),
    ];
}

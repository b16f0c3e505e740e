import type { RunState } from '../run/run';
import { type Counts, countsOf } from './capabilities';
import type { Finding, ListFact } from './finding';
import { type Cell, seenOf } from './seen';

/** The results of a feature, a rule or a node together. */
export interface RollUp {
  /** Id of the feature or rule, name of the node. */
  readonly id: string;
  readonly counts: Counts;
  /** Ids of the findings that explain its failures, in their order. */
  readonly findings: readonly string[];
}

export interface RollUps {
  readonly features: readonly RollUp[];
  readonly rules: readonly RollUp[];
  readonly nodes: readonly RollUp[];
}

/** Each group that has results, in the order of the list and of the run. A result counts in every feature that needs it. */
export function rollUpsOf(run: RunState, facts: readonly ListFact[], findings: readonly Finding[]): RollUps {
  const { cells, nodes } = seenOf(run);
  const findingOf = new Map(
    findings.flatMap(finding => finding.cells.map(({ node, entry }) => [`${node} ${entry}`, finding.id])),
  );
  const featuresOf = new Map<string, Set<string>>();
  for (const { rule, feature } of facts) {
    const features = featuresOf.get(rule);
    if (features) features.add(feature);
    else featuresOf.set(rule, new Set([feature]));
  }
  const rollUp = (ids: Iterable<string>, keysOf: (cell: Cell) => Iterable<string>): readonly RollUp[] => {
    const groups = new Map([...new Set(ids)].map(id => [id, [] as Cell[]]));
    for (const cell of cells) for (const key of new Set(keysOf(cell))) groups.get(key)?.push(cell);
    return [...groups]
      .filter(([, group]) => group.length > 0)
      .map(([id, group]) => {
        const explained = new Set(
          group.map(({ entry, result }) => findingOf.get(`${result.node} ${entry.id}`)),
        );
        return {
          id,
          counts: countsOf(group),
          findings: findings.map(finding => finding.id).filter(each => explained.has(each)),
        };
      });
  };
  return {
    features: rollUp(
      facts.map(({ feature }) => feature),
      ({ entry }) => entry.rules.flatMap(rule => [...(featuresOf.get(rule) ?? [])]),
    ),
    rules: rollUp(
      cells.flatMap(({ entry }) => entry.rules),
      ({ entry }) => entry.rules,
    ),
    nodes: rollUp(nodes, ({ result }) => [result.node]),
  };
}

import { BLOCKED } from '../../allowlist/catalog/catalog';
import { ownerOf } from '../verdict/causes';
import type { RunState } from '../run/run';
import { explainCertificates } from './certificates';
import { type Draft, endpoints, type Explainer, sentence, where } from './draft';
import { explainFilters } from './filters';
import type { CellRef, Evidence, Finding, ListFact } from './finding';
import { explainNames } from './names';
import { explainProxies } from './proxies';
import {
  type Cell,
  entriesOf,
  groupBy,
  mainCause,
  needsFinding,
  nodesOf,
  type Seen,
  seenOf,
  verdictOf,
  without,
} from './seen';
import { explainUntested } from './untested';

/** What has no pattern of its own: one finding a cause. */
const explainRest: Explainer = (open, seen) =>
  [...groupBy(open, ({ result }) => result.cause)].map(([cause, cells]): Draft => ({
    kind: 'other',
    about: cause,
    cells,
    owner: ownerOf(cause),
    title: sentence(
      'finding.other',
      endpoints(cells),
      where(cells, seen),
      sentence(`reachability.verdict.${verdictOf(cause)}`),
    ),
    next: sentence(`reachability.cause.${cause}.action`),
    ask: sentence(`reachability.cause.${cause}.action`),
  }));

/** From the general to the single: who explains first takes the cells. */
const EXPLAINERS: readonly Explainer[] = [
  explainUntested,
  explainProxies,
  explainNames,
  explainCertificates,
  explainFilters,
  explainRest,
];

/**
 * A run's failures, explained by as few findings as the evidence allows; what is waiting still is no failure. Every
 * failed result, and every one that was not tested for a reason nobody chose, belongs to exactly one; a result that
 * succeeded belongs to none. Failures come first, then by how much they explain.
 *
 * @param facts what the checked list says of each rule: a run without them blocks nothing known
 */
export function findingsOf(run: RunState, facts: readonly ListFact[]): readonly Finding[] {
  const seen = seenOf(run);
  let open: readonly Cell[] = seen.cells.filter(({ result }) => needsFinding(result));
  const drafts: Draft[] = [];
  for (const explain of EXPLAINERS) {
    const made = explain(open, seen);
    drafts.push(...made);
    open = without(
      open,
      made.flatMap(draft => draft.cells),
    );
  }
  const rank = ({ kind, cells }: Draft): number => (kind === 'untested' ? 0 : 1e9) + cells.length;
  const places = new Map(seen.cells.map((cell, place) => [cell, place]));
  return drafts.sort((a, b) => rank(b) - rank(a)).map(draft => finish(draft, places, seen, facts));
}

/** @param places of all cells, in the order of the list */
function finish(
  draft: Draft,
  places: ReadonlyMap<Cell, number>,
  seen: Seen,
  facts: readonly ListFact[],
): Finding {
  const { kind, about, owner, title } = draft;
  const cells = [...draft.cells].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  const cause = mainCause(cells);
  return {
    id: about === '' ? kind : `${kind}: ${about}`,
    kind,
    verdict: verdictOf(cause),
    cause,
    owner,
    title,
    next: draft.next ?? sentence(`finding.${kind}.next`),
    ask: draft.ask ?? sentence(`finding.${kind}.ask`),
    scope: scopeOf(cells, seen, facts),
    cells: cells.map(refOf),
    evidence: evidenceOf(cells),
    context: draft.context ?? [],
  };
}

function scopeOf(cells: readonly Cell[], seen: Seen, facts: readonly ListFact[]): Finding['scope'] {
  const nodes = nodesOf(cells, seen);
  const entries = entriesOf(cells);
  const rules = [...new Set(entries.flatMap(entry => entry.rules))];
  const wanted = new Set(rules);
  return {
    nodes,
    allNodes: nodes.length === seen.nodes.length,
    endpoints: entries.map(({ id, host, port, protocol }) => ({ id, host, port, protocol })),
    rules,
    blocks: BLOCKED.filter(each =>
      facts.some(({ rule, blocks }) => wanted.has(rule) && blocks.some(({ what }) => what === each)),
    ),
  };
}

function evidenceOf(cells: readonly Cell[]): readonly Evidence[] {
  return [...groupBy(cells, ({ result }) => result.cause)]
    .map(([cause, group]): Evidence => ({
      cause,
      sentence: sentence(`reachability.cause.${cause}.meaning`),
      cells: group.map(refOf),
    }))
    .sort((a, b) => b.cells.length - a.cells.length);
}

function refOf({ entry, result }: Cell): CellRef {
  return { node: result.node, entry: entry.id };
}

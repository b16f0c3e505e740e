import { BLOCKED } from '../../allowlist/catalog/catalog';
import { ownerOf } from '../verdict/causes';
import { atOnce } from '../run/at-once';
import type { RunState } from '../run/run';
import { REVOCATION_FEATURE, servesRevocation } from '../plan/http-evidence';
import { explainAddresses } from './explain/addresses';
import { explainCertificates } from './explain/certificates';
import { explainClocks } from './explain/clock';
import { revocationContext, revocationDrafts } from './explain/revocation';
import { slowDrafts } from './explain/slow';
import { type Draft, endpoints, type Explainer, sentence, where } from './explain/draft';
import { familyDrafts } from './explain/families';
import { explainFilters } from './explain/filters';
import type { CellRef, Evidence, Finding, FindingKind, ListFact } from './finding';
import { explainNames } from './explain/names';
import { needOf, needsOf } from './need';
import { explainProxies } from './explain/proxies';
import { explainRedirects } from './explain/redirects';
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
import { explainSilentTls } from './explain/silent-tls';
import { explainUntested } from './explain/untested';

/** What has no pattern of its own: one finding a cause. */
const explainRest: Explainer = (open, seen) =>
  [...groupBy(open, ({ result }) => `${result.cause} ${result.route.proxy ?? ''}`.trimEnd())].map(
    ([about, cells]): Draft => {
      const cause = mainCause(cells);
      return {
        kind: 'other',
        about,
        cells,
        owner: ownerOf(cause, cells[0]?.result.route.kind),
        title: sentence(
          'finding.other',
          endpoints(cells),
          where(cells, seen),
          sentence(`reachability.verdict.${verdictOf(cause)}`),
        ),
        next: sentence(`reachability.cause.${cause}.action`),
        ask: sentence(`reachability.cause.${cause}.action`),
      };
    },
  );

/** From the general to the single: who explains first takes the cells. */
const EXPLAINERS: readonly Explainer[] = [
  explainUntested,
  explainProxies,
  explainNames,
  explainAddresses,
  explainClocks,
  explainCertificates,
  explainSilentTls,
  explainFilters,
  explainRedirects,
  explainRest,
];

/**
 * A run's failures, explained by as few findings as the evidence allows; what is waiting still is no failure. Every
 * failed result, and every one that was not tested for a reason nobody chose, belongs to exactly one; a result that
 * succeeded belongs to none, also where it shows what has not failed yet, as a wrong clock. Failures come first, then by
 * how much they explain.
 *
 * @param facts what the checked list says of each rule: a run without them blocks nothing known
 */
export function findingsOf(run: RunState, facts: readonly ListFact[]): readonly Finding[] {
  return atOnce(findingSteps(run, facts));
}

/** The same in steps, so that a page can answer between them; the last one gives the findings. */
export function* findingSteps(
  run: RunState,
  facts: readonly ListFact[],
): Generator<undefined, readonly Finding[]> {
  const seen = seenOf(run);
  yield undefined;
  const open = seen.cells.filter(({ result }) => needsFinding(result));
  const first = yield* explainAll(open, seen);
  // Lists of revoked certificates are told apart where nothing wider explains them: what fails for them fails elsewhere.
  const isRevocation = revocationOf(facts);
  const revocation = first.flatMap(({ kind, cells }) => (NARROW.has(kind) ? cells.filter(isRevocation) : []));
  const drafts =
    revocation.length === 0
      ? [...first]
      : [...(yield* explainAll(without(open, revocation), seen)), ...revocationDrafts(revocation, seen)];
  drafts.push(...familyDrafts(seen), ...slowDrafts(seen));
  const rank = ({ kind, cells }: Draft): number => (AFTER_ALL[kind] ?? 1e9) + cells.length;
  const places = new Map(seen.cells.map((cell, place) => [cell, place]));
  const findings: Finding[] = [];
  for (const draft of drafts.sort((a, b) => rank(b) - rank(a))) {
    yield undefined;
    findings.push(finish(draft, { seen, facts, places, isRevocation }));
  }
  return findings;
}

function* explainAll(failed: readonly Cell[], seen: Seen): Generator<undefined, readonly Draft[]> {
  let open = failed;
  const drafts: Draft[] = [];
  for (const explain of EXPLAINERS) {
    yield undefined;
    const made = explain(open, seen);
    open = without(
      open,
      made.flatMap(draft => draft.cells),
    );
    drafts.push(...made);
  }
  return drafts;
}

/** What is no failure comes last. */
const AFTER_ALL: Readonly<Partial<Record<FindingKind, number>>> = {
  untested: 0,
  family: -1,
  'redirect-unlisted': -2,
};

/** Findings about single endpoints: nothing in them holds for all of a node, a port, a proxy or a name server. */
const NARROW: ReadonlySet<FindingKind> = new Set([
  'filtered',
  'rule-missing',
  'page-instead',
  'transparent-proxy',
  'proxy-policy',
  'proxy-upstream',
  'names-missing',
  'names-unanswered',
  'other',
]);

/** Whether a result is of a host that serves lists of revoked certificates, or answers whether one was. */
function revocationOf(facts: readonly ListFact[]): (cell: Cell) => boolean {
  const rules = new Set(
    facts.filter(({ feature }) => feature === REVOCATION_FEATURE).map(({ rule }) => rule),
  );
  return ({ entry }) =>
    servesRevocation(entry.host, entry.protocol) || entry.rules.some(rule => rules.has(rule));
}

/** What is the same for all findings of a run. */
interface Whole {
  readonly seen: Seen;
  readonly facts: readonly ListFact[];
  /** Of all cells, in the order of the list. */
  readonly places: ReadonlyMap<Cell, number>;
  readonly isRevocation: (cell: Cell) => boolean;
}

function finish(draft: Draft, { seen, facts, places, isRevocation }: Whole): Finding {
  const { kind, about, owner, title, shownBy = [] } = draft;
  const cells = [...draft.cells].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  const cause = draft.cause ?? mainCause(cells.length > 0 ? cells : shownBy);
  const also = kind === 'revocation' || kind === 'untested' ? [] : cells.filter(isRevocation);
  return {
    id: about === '' ? kind : `${kind}: ${about}`,
    kind,
    verdict: verdictOf(cause),
    cause,
    owner,
    title,
    next: draft.next ?? sentence(`finding.${kind}.next`),
    ask: draft.ask ?? sentence(`finding.${kind}.ask`),
    scope: scopeOf(draft, seen, facts),
    cells: cells.map(refOf),
    evidence: evidenceOf(cells),
    context: [...(draft.context ?? []), ...(revocationContext(also) ?? [])],
  };
}

function scopeOf(
  { kind, cells, shownBy = [] }: Draft,
  seen: Seen,
  facts: readonly ListFact[],
): Finding['scope'] {
  const nodes = nodesOf([...cells, ...shownBy], seen);
  const entries = entriesOf(cells);
  // What is slow, or works by one family, is no failure, and what needs it works: nothing is blocked.
  const shown = kind === 'slow' || kind === 'family' ? entriesOf(shownBy) : entries;
  const rules = [...new Set(entries.flatMap(entry => entry.rules))];
  const wanted = new Set(entries.flatMap(needsOf));
  return {
    nodes,
    allNodes: nodes.length === seen.nodes.length,
    endpoints: shown.map(({ id, host, port, protocol }) => ({ id, host, port, protocol })),
    rules,
    blocks: BLOCKED.filter(each =>
      facts.some(fact => wanted.has(needOf(fact)) && fact.blocks.some(({ what }) => what === each)),
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

import { isFailure, isProven } from '../../verdict/verdicts';
import type { Sentence } from '../finding';
import { type Cell, entriesOf, groupBy, isMeasured, nodesOf, type Seen, without } from '../seen';
import { type Draft, endpointNames, endpoints, nodeList, plural, sentence, where } from './draft';

/**
 * Endpoints that nobody reaches by the direct way, apart from those that only some nodes do not reach. A proxy has rules of
 * its own, so that what others reach through one shows no rule that these nodes lack.
 */
export function missingRules(cells: readonly Cell[], seen: Seen): readonly Draft[] {
  const reached = new Set(
    seen.cells.filter(cell => isReached(cell) && isDirect(cell)).map(({ entry }) => entry.id),
  );
  const partial = cells.filter(({ entry }) => reached.has(entry.id));
  const general = without(cells, partial);
  return [
    ...(general.length === 0
      ? []
      : [
          {
            kind: 'filtered',
            about: '',
            cells: general,
            owner: 'network',
            title: sentence('finding.filtered', endpoints(general), where(general, seen)),
            context: reachedByProxy(general, seen),
          } as const,
        ]),
    ...(partial.length === 0 ? [] : [missingRule(partial, seen)]),
  ];
}

function reachedByProxy(cells: readonly Cell[], seen: Seen): readonly Sentence[] {
  const wanted = new Set(entriesOf(cells).map(({ id }) => id));
  const reaching = seen.cells.filter(cell => wanted.has(cell.entry.id) && isReached(cell) && !isDirect(cell));
  if (reaching.length === 0) return [];
  const nodes = nodesOf(reaching, seen).join(', ');
  return [sentence('finding.context.reachedByProxy', listOf(reaching), nodes)];
}

/** Endpoints that are blocked from the same nodes, and which nodes reach them. */
interface Gap {
  readonly cells: readonly Cell[];
  readonly blocked: readonly string[];
  readonly reaching: readonly string[];
  /** Whether every other node reaches them: one that was not asked may lack the rule too. */
  readonly isOnly: boolean;
  /** Whether it is shown that the services themselves answered there. */
  readonly isProven: boolean;
}

function missingRule(cells: readonly Cell[], seen: Seen): Draft {
  const gaps = gapsOf(cells, seen);
  return {
    kind: 'rule-missing',
    about: '',
    cells,
    owner: 'network',
    title: titleOf(gaps),
    context: gaps
      .slice(0, MAX_LISTED)
      .map(gap => sentence('finding.context.answeredFrom', listOf(gap.cells), gap.reaching.join(', '))),
  };
}

/** The title names so many, in the order of how much they explain; the evidence has all. */
const MAX_NAMED = 3;
const MAX_LISTED = 40;

function titleOf(gaps: readonly Gap[]): Sentence {
  const [first] = gaps;
  if (gaps.length === 1 && first?.isOnly === true && first.isProven && first.blocked.length === 1)
    return sentence('finding.rule-missing', first.blocked[0] ?? '', endpoints(first.cells));
  const more = gaps.slice(MAX_NAMED).flatMap(gap => endpointNames(gap.cells)).length;
  const parts = gaps.slice(0, MAX_NAMED).map(partOf);
  if (more > 0) parts.push(sentence(plural('finding.rule-missing.more', more), more));
  return sentence(
    'finding.rule-missing.by',
    parts.reduce((all, next) => sentence('finding.rule-missing.and', all, next)),
  );
}

function partOf({ cells, blocked, reaching, isOnly }: Gap): Sentence {
  const key = plural(`finding.rule-missing.${isOnly ? 'only' : 'from'}`, endpointNames(cells).length);
  return sentence(key, endpoints(cells), nodeList(blocked), nodeList(reaching));
}

/** By the nodes that do not reach them and those that do; what explains most comes first. */
function gapsOf(cells: readonly Cell[], seen: Seen): readonly Gap[] {
  const blocked = groupBy(cells, ({ entry }) => entry.id);
  const reached = groupBy(
    seen.cells.filter(cell => blocked.has(cell.entry.id) && isReached(cell) && isDirect(cell)),
    ({ entry }) => entry.id,
  );
  const namesOf = (id: string): readonly (readonly string[])[] =>
    [blocked, reached].map(each => nodesOf(each.get(id) ?? [], seen));
  return [...groupBy(cells, ({ entry }) => JSON.stringify(namesOf(entry.id))).values()]
    .map((own): Gap => {
      const [from = [], reaching = []] = namesOf(own[0]?.entry.id ?? '');
      const known = new Set([...from, ...reaching]);
      const answers = entriesOf(own).flatMap(({ id }) => reached.get(id) ?? []);
      return {
        ...{ cells: own, blocked: from, reaching },
        isOnly: seen.nodes.every(node => known.has(node)),
        isProven: answers.every(({ result }) => isProven(result.verdict)),
      };
    })
    .sort((a, b) => b.cells.length - a.cells.length);
}

function listOf(cells: readonly Cell[]): string {
  const names = endpointNames(cells);
  const shown = names.slice(0, MAX_LISTED).join(', ');
  return names.length > MAX_LISTED ? `${shown} …` : shown;
}

function isReached({ result }: Cell): boolean {
  return isMeasured(result) && !isFailure(result.verdict);
}

function isDirect({ result }: Cell): boolean {
  return result.route.kind === 'direct';
}

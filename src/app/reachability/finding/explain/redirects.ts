import { type Cause, ownerOf } from '../../verdict/causes';
import type { ProbeResult } from '../../verdict/probe-result';
import { isFailure, isUnknown } from '../../verdict/verdicts';
import type { Sentence } from '../finding';
import { type Cell, type Seen, verdictOf } from '../seen';
import { type Draft, doorNames, endpoints, type Explainer, sentence, where } from './draft';

/** A host beside the run's endpoints to which a redirect led. */
interface Led {
  /** The endpoint from which it came; it did not fail. */
  readonly cell: Cell;
  readonly door: string;
  readonly result: ProbeResult;
  /** Whether the list has it, with this port, itself or by a wildcard. */
  readonly isListed: boolean;
}

/**
 * Hosts to which services send their callers on, and which are no endpoints of the run: what cannot be reached there, and what
 * can although no list has it. No result of an endpoint is explained by it.
 */
export const explainRedirects: Explainer = (_, seen) => {
  const led = seen.cells.flatMap(cell => ledFrom(cell, seen));
  const blocked = groups(
    led.filter(({ result }) => isFailure(result.verdict)),
    ({ result, isListed }) =>
      `${result.cause} ${result.route.proxy ?? ''}`.trimEnd() + (isListed ? ' listed' : ''),
  );
  const unlisted = led.filter(
    ({ result, isListed }) => !isListed && !isFailure(result.verdict) && !isUnknown(result.verdict),
  );
  return [
    ...[...blocked].map(([about, group]) => blockedDraft(about, group, seen)),
    ...(unlisted.length === 0 ? [] : [unlistedDraft(unlisted, seen)]),
  ];
};

function ledFrom(cell: Cell, seen: Seen): readonly Led[] {
  if (isFailure(cell.result.verdict) || isUnknown(cell.result.verdict)) return [];
  return seen.hops(cell.result).flatMap(({ host, port, listed, result }): readonly Led[] =>
    result === undefined || host === undefined || port === undefined || result.rules.length > 0
      ? []
      : [
          {
            ...{ cell, door: `${host}:${port}`, result },
            isListed: listed.kind === 'itself' || listed.kind === 'pattern',
          },
        ],
  );
}

function blockedDraft(about: string, led: readonly Led[], seen: Seen): Draft {
  const cells = cellsOf(led);
  const [first] = led;
  const cause: Cause = first?.result.cause ?? 'unclear-report';
  const doors = doorsOf(led);
  return {
    ...{ kind: 'redirect-blocked', about, cells: [], shownBy: cells, cause },
    owner: ownerOf(cause, first?.result.route.kind),
    title: sentence(
      `finding.redirect-blocked${first?.isListed === true ? '.listed' : ''}`,
      endpoints(cells),
      doorNames(doors),
      where(cells, seen),
      sentence(`reachability.verdict.${verdictOf(cause)}`),
    ),
    ask: sentence('finding.redirect-blocked.ask', doors.slice(0, MOST).join(', ')),
    context: [sentence(`reachability.cause.${cause}.meaning`), ...lines(led)],
  };
}

function unlistedDraft(led: readonly Led[], seen: Seen): Draft {
  const cells = cellsOf(led);
  const doors = doorsOf(led);
  return {
    ...{ kind: 'redirect-unlisted', about: '', cells: [], shownBy: cells, owner: 'none' },
    cause: led[0]?.result.cause ?? 'unclear-report',
    title: sentence('finding.redirect-unlisted', endpoints(cells), doorNames(doors), where(cells, seen)),
    ask: sentence('finding.redirect-unlisted.ask', doors.slice(0, MOST).join(', ')),
    context: lines(led),
  };
}

/** As many are named. */
const MOST = 40;

function lines(led: readonly Led[]): readonly Sentence[] {
  const byLine = groups(
    led,
    ({ cell, door, result }) => `${cell.entry.host}:${cell.entry.port} ${door} ${result.verdict}`,
  );
  return [...byLine.values()].slice(0, MOST).map(group => {
    const [first] = group;
    const { host = '', port = 0 } = first?.cell.entry ?? {};
    const nodes = group.map(({ cell }) => cell.result.node).join(', ');
    const word = sentence(`reachability.verdict.${first?.result.verdict ?? 'not-tested'}`);
    return sentence('finding.context.redirect', `${host}:${port}`, first?.door ?? '', nodes, word);
  });
}

function cellsOf(led: readonly Led[]): readonly Cell[] {
  return [...new Set(led.map(({ cell }) => cell))];
}

function doorsOf(led: readonly Led[]): readonly string[] {
  return [...new Set(led.map(({ door }) => door))];
}

function groups(led: readonly Led[], keyOf: (each: Led) => string): ReadonlyMap<string, readonly Led[]> {
  const found = new Map<string, Led[]>();
  for (const each of led) found.set(keyOf(each), [...(found.get(keyOf(each)) ?? []), each]);
  return found;
}

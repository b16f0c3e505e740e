import { isProven } from '../../verdict/verdicts';
import type { Sentence } from '../finding';
import { type Cell, entriesOf, groupBy, hostsOf, nodesOf, type Seen } from '../seen';
import { domainOf } from './addresses';
import { type Draft, endpoints, type Explainer, nodeNames, sentence } from './draft';
import { proxyOf } from './silent-proxies';

/** Fewer domains have something in common by which a filter may hold them back. */
const ENOUGH_DOMAINS = 3;
/** Of so many handshakes one may be answered: what answers the first of a node is not busy yet. */
const FEW = 20;
/** From this part of the time on in which others ended without an answer, an answer was late and not let through. */
const LATE = 0.4;

/**
 * Handshakes that nobody answers after connections that came about, for nearly all that a node asks by this way, whatever the
 * domain; or that are answered only when the others' time is over. A filter that goes by names holds back some and lets the others
 * through at once, so that this is told apart from it: a busy node, a full line and a slow device look the same.
 */
export const explainSilentTls: Explainer = (open, seen) =>
  [...groupBy(silentTls(open, seen), proxyOf)].map(([proxy, cells]) => draftOf(proxy, cells, seen));

/** The cells of {@link explainSilentTls}. */
export function silentTls(open: readonly Cell[], seen: Seen): readonly Cell[] {
  const silent = open.filter(isSilent);
  return [...groupBy(silent, wayOf).values()].filter(cells => isWholeWay(cells, seen)).flat();
}

function isWholeWay(silent: readonly Cell[], seen: Seen): boolean {
  if (new Set(hostsOf(silent).map(domainOf)).size < ENOUGH_DOMAINS) return false;
  const answered = answeredBeside(silent, seen);
  if (answered.length * FEW <= silent.length) return true;
  return silent.length >= answered.length && middle(answered) >= LATE * middle(silent);
}

/** Of the same node and way, what got an answer to its handshake, whatever it said. */
function answeredBeside(silent: readonly Cell[], seen: Seen): readonly Cell[] {
  const ways = new Set(silent.map(wayOf));
  return nodesOf(silent, seen)
    .flatMap(seen.of)
    .filter(cell => ways.has(wayOf(cell)) && handshake(cell) !== undefined && !isSilent(cell));
}

function draftOf(proxy: string, cells: readonly Cell[], seen: Seen): Draft {
  const nodes = nodeNames(cells, seen);
  return {
    kind: 'tls-silent',
    about: proxy,
    cells,
    owner: proxy === '' ? 'network' : 'proxy',
    title: sentence(
      'finding.tls-silent',
      proxy === '' ? nodes : sentence('finding.tls-silent.through', nodes, proxy),
      endpoints(cells),
    ),
    context: [...times(cells, seen), ...others(cells, seen)],
  };
}

function times(cells: readonly Cell[], seen: Seen): readonly Sentence[] {
  const answered = answeredBeside(cells, seen);
  const waited = sentence('finding.context.tls-silent', Math.round(middle(cells)));
  return answered.length === 0
    ? [waited]
    : [waited, sentence('finding.context.tls-answered', endpoints(answered), Math.round(middle(answered)))];
}

/** Nodes from which services of the same endpoints answered by the same kind of way. */
function others(cells: readonly Cell[], seen: Seen): readonly Sentence[] {
  const ids = new Set(entriesOf(cells).map(({ id }) => id));
  const from = new Set(nodesOf(cells, seen));
  const [first] = cells;
  const reaching = seen.cells.filter(
    ({ entry, result }) =>
      ids.has(entry.id) &&
      !from.has(result.node) &&
      isProven(result.verdict) &&
      result.route.kind === first?.result.route.kind,
  );
  return reaching.length === 0
    ? []
    : [sentence('finding.context.answeredFrom', endpoints(reaching), nodesOf(reaching, seen).join(', '))];
}

function isSilent({ result }: Cell): boolean {
  return result.cause === 'tls-timed-out';
}

function wayOf(cell: Cell): string {
  return `${cell.result.node} ${proxyOf(cell)}`;
}

function handshake({ result }: Cell): number | undefined {
  return result.phases.find(({ phase }) => phase === 'tls')?.ms;
}

/** Of the milliseconds of their handshakes, the middle one. */
function middle(cells: readonly Cell[]): number {
  const sorted = cells.map(cell => handshake(cell) ?? 0).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

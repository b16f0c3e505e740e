import type { Cause } from '../verdict/causes';
import { isFailure } from '../verdict/verdicts';
import { type CommonRange, commonRange } from './address-range';
import { type Draft, endpoints, type Explainer, nodeNames, plural, sentence, where } from './draft';
import { type Cell, entriesOf, groupBy, isMeasured, nodesOf, passed, type Seen } from './seen';

/** The connection itself did not come about, on the direct way. */
const NO_CONNECTION: ReadonlySet<Cause> = new Set([
  'connect-timed-out',
  'unreachable',
  'connection-refused',
  'connection-reset',
]);
/** It came about, and was then cut or answered by somebody else, by the name or the content. */
const CUT_LATER: ReadonlySet<Cause> = new Set([
  'tls-timed-out',
  'tls-reset',
  'tls-handshake-failed',
  'http-timed-out',
  'http-closed',
  'http-forbidden',
  'http-unavailable',
  'http-not-http',
]);
/** Fewer endpoints prove nothing of a port, a range or a whole node. */
const ENOUGH = 3;

/** What a firewall or filter does, the widest pattern first: a node, a port, a range of addresses, endpoints. */
export const explainFilters: Explainer = (open, seen) => {
  const unconnected = open.filter(({ result }) => isDirect(result) && NO_CONNECTION.has(result.cause));
  const cutOff = unconnected.filter(cell => hasNoWayOut(cell.result.node, unconnected, seen));
  const connecting = without(unconnected, cutOff);
  const closed = connecting.filter(cell => isPortClosed(cell, connecting, seen));
  const rest = without(connecting, closed);
  const range = closedRange(rest, seen);
  const filtered = [
    ...without(rest, range?.cells ?? []),
    ...open.filter(({ result }) => isDirect(result) && CUT_LATER.has(result.cause)),
  ];
  return [
    ...noWayOut(cutOff, seen),
    ...closedPorts(closed, seen),
    ...(range === undefined ? [] : [rangeDraft(range, seen)]),
    ...missingRules(filtered, seen),
  ];
};

function noWayOut(cells: readonly Cell[], seen: Seen): readonly Draft[] {
  if (cells.length === 0) return [];
  const title = sentence(
    plural('finding.no-way-out', nodesOf(cells, seen).length),
    nodeNames(cells, seen),
    endpoints(cells),
  );
  return [{ kind: 'no-way-out', about: '', cells, owner: 'network', title }];
}

function closedPorts(cells: readonly Cell[], seen: Seen): readonly Draft[] {
  return [...groupBy(cells, ({ entry }) => entry.port)].map(([port, group]): Draft => ({
    kind: 'port-closed',
    about: String(port),
    cells: group,
    owner: 'network',
    title: sentence('finding.port-closed', port, endpoints(group), where(group, seen)),
  }));
}

interface ClosedRange extends CommonRange {
  readonly cells: readonly Cell[];
}

function rangeDraft({ cells, range }: ClosedRange, seen: Seen): Draft {
  return {
    kind: 'range-closed',
    about: range,
    cells,
    owner: 'network',
    title: sentence('finding.range-closed', range, endpoints(cells), where(cells, seen)),
  };
}

/** Endpoints that nobody reaches, apart from those that only some nodes do not reach. */
function missingRules(cells: readonly Cell[], seen: Seen): readonly Draft[] {
  const partial = cells.filter(({ entry }) => isReachedBySome(entry.id, seen));
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
          } as const,
        ]),
    ...(partial.length === 0 ? [] : [missingRule(partial, seen)]),
  ];
}

function missingRule(cells: readonly Cell[], seen: Seen): Draft {
  const ids = new Set(entriesOf(cells).map(({ id }) => id));
  const reaching = seen.cells.filter(({ entry, result }) => ids.has(entry.id) && isReached(result));
  return {
    kind: 'rule-missing',
    about: '',
    cells,
    owner: 'network',
    title: sentence(
      plural('finding.rule-missing', nodesOf(cells, seen).length),
      nodeNames(cells, seen),
      endpoints(cells),
    ),
    context: [sentence('finding.context.reachedFrom', nodesOf(reaching, seen).join(', '))],
  };
}

function isReachedBySome(entryId: string, seen: Seen): boolean {
  return seen.cells.some(({ entry, result }) => entry.id === entryId && isReached(result));
}

function isReached(result: Cell['result']): boolean {
  return isMeasured(result) && !isFailure(result.verdict);
}

/** Nothing direct connects from this node, whatever the port. */
function hasNoWayOut(node: string, unconnected: readonly Cell[], seen: Seen): boolean {
  const here = unconnected.filter(({ result }) => result.node === node);
  return (
    entriesOf(here).length >= ENOUGH &&
    !directFrom(node, seen).some(({ result }) => passed(result, 'connect'))
  );
}

/** On this port nothing connects from the node, on others something does. */
function isPortClosed({ entry, result }: Cell, connecting: readonly Cell[], seen: Seen): boolean {
  const isHere = (cell: Cell): boolean => cell.entry.port === entry.port && cell.result.node === result.node;
  const direct = directFrom(result.node, seen);
  return (
    entriesOf(connecting.filter(isHere)).length >= ENOUGH &&
    !direct.some(cell => isHere(cell) && passed(cell.result, 'connect')) &&
    direct.some(cell => passed(cell.result, 'connect'))
  );
}

/** One range of addresses that holds all that does not connect on every node where it fails, and nothing that does. */
function closedRange(cells: readonly Cell[], seen: Seen): ClosedRange | undefined {
  if (entriesOf(cells).length < ENOUGH) return undefined;
  const nodes = nodesOf(cells, seen);
  const open = seen.cells
    .filter(({ result }) => nodes.includes(result.node) && isDirect(result) && passed(result, 'connect'))
    .flatMap(({ result }) => result.addresses);
  const range = commonRange(
    cells.flatMap(({ result }) => result.addresses),
    open,
  );
  return range === undefined ? undefined : { ...range, cells };
}

function directFrom(node: string, seen: Seen): readonly Cell[] {
  return seen.cells.filter(({ result }) => result.node === node && isDirect(result));
}

function isDirect(result: Cell['result']): boolean {
  return result.route.kind === 'direct';
}

function without(cells: readonly Cell[], taken: readonly Cell[]): readonly Cell[] {
  const set = new Set(taken);
  return cells.filter(cell => !set.has(cell));
}

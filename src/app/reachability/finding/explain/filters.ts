import { type Cause, ownerOf } from '../../verdict/causes';
import { isProven } from '../../verdict/verdicts';
import { type CommonRange, commonRange } from './address-range';
import { type Draft, endpoints, type Explainer, nodeNames, plural, sentence, where } from './draft';
import { missingRules } from './missing-rules';
import { type Cell, entriesOf, groupBy, nodesOf, passed, type Seen, without } from '../seen';

/** The connection itself did not come about, on the direct way. */
const NO_CONNECTION: ReadonlySet<Cause> = new Set([
  'connect-timed-out',
  'unreachable',
  'connection-refused',
  'connection-reset',
]);
/** It came about, and was then cut or answered by somebody else, by the name or the content. */
export const CUT_LATER: ReadonlySet<Cause> = new Set([
  'tls-timed-out',
  'tls-reset',
  'tls-alert',
  'tls-version',
  'tls-not-tls',
  'tls-handshake-failed',
  'http-timed-out',
  'http-closed',
  'http-forbidden',
  'http-unavailable',
  'http-filter-status',
  'http-not-http',
]);
/** Pages for people in place of the service: block pages, and sign-in pages of the network. */
export const PAGES: ReadonlySet<Cause> = new Set([
  'http-redirected-away',
  'http-login-page',
  'http-other-content',
]);
/** Fewer endpoints prove nothing of a port, a range or a whole node. */
const ENOUGH = 3;

/** What a firewall or filter does, the widest pattern first: a node, a port, a range of addresses, endpoints. */
export const explainFilters: Explainer = (open, seen) => {
  const unconnected = open.filter(({ result }) => isDirect(result) && NO_CONNECTION.has(result.cause));
  const ports = connectedPorts(seen);
  const cutOff = groupsOf(
    unconnected,
    ({ result }) => result.node,
    cells => hasNoWayOut(cells, ports),
  );
  const connecting = without(unconnected, cutOff);
  const closed = groupsOf(
    connecting,
    ({ entry, result }) => `${result.node} ${entry.port}`,
    cells => isPortClosed(cells, ports),
  );
  const rest = without(connecting, closed);
  const range = closedRange(rest, seen);
  const direct = open.filter(({ result }) => isDirect(result));
  const filtered = [
    ...without(rest, range?.cells ?? []),
    ...direct.filter(({ result }) => CUT_LATER.has(result.cause)),
  ];
  return [
    ...noWayOut(cutOff, seen),
    ...closedPorts(closed, seen),
    ...(range === undefined ? [] : [rangeDraft(range, seen)]),
    ...answered(
      'page-instead',
      direct.filter(({ result }) => PAGES.has(result.cause)),
      seen,
    ),
    ...answered(
      'transparent-proxy',
      direct.filter(({ result }) => result.cause === 'transparent-proxy'),
      seen,
    ),
    ...missingRules(filtered, seen),
  ];
};

/** Something on the way answers in place of these. */
function answered(
  kind: 'page-instead' | 'transparent-proxy',
  cells: readonly Cell[],
  seen: Seen,
): readonly Draft[] {
  if (cells.length === 0) return [];
  const title = sentence(`finding.${kind}`, endpoints(cells), where(cells, seen));
  return [{ kind, about: '', cells, owner: ownerOf(cells[0]?.result.cause ?? 'transparent-proxy'), title }];
}

/**
 * Tells whether a cell did not connect because nothing on its port connects from its node: then it is not about its
 * address.
 */
export function connectsNowhere(seen: Seen): (cell: Cell) => boolean {
  const ports = connectedPorts(seen);
  return ({ entry, result }) =>
    NO_CONNECTION.has(result.cause) && ports.get(result.node)?.has(entry.port) !== true;
}

function noWayOut(cells: readonly Cell[], seen: Seen): readonly Draft[] {
  const proxied = new Set(
    seen.cells
      .filter(({ result }) => result.route.kind === 'proxy' && isProven(result.verdict))
      .map(({ result }) => result.node),
  );
  // With a proxy that works, the firewall is not what to change.
  const past = cells.filter(({ result }) => proxied.has(result.node));
  return [
    ...wholeNodes('past-proxy', 'server', past, seen),
    ...wholeNodes('no-way-out', 'network', without(cells, past), seen),
  ];
}

function wholeNodes(
  kind: 'past-proxy' | 'no-way-out',
  owner: Draft['owner'],
  cells: readonly Cell[],
  seen: Seen,
): readonly Draft[] {
  if (cells.length === 0) return [];
  const key = plural(`finding.${kind}`, nodesOf(cells, seen).length);
  return [{ kind, about: '', cells, owner, title: sentence(key, nodeNames(cells, seen), endpoints(cells)) }];
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

/** Those groups of cells of which something holds. */
function groupsOf(
  cells: readonly Cell[],
  keyOf: (cell: Cell) => string,
  holds: (group: readonly Cell[]) => boolean,
): readonly Cell[] {
  return [...groupBy(cells, keyOf).values()].filter(holds).flat();
}

/** Ports to which something connects directly, by node; only of nodes from which anything does. */
type Ports = ReadonlyMap<string, ReadonlySet<number>>;

function connectedPorts(seen: Seen): Ports {
  const ports = new Map<string, Set<number>>();
  for (const { entry, result } of seen.cells) {
    if (!isDirect(result) || !passed(result, 'connect')) continue;
    const known = ports.get(result.node);
    if (known === undefined) ports.set(result.node, new Set([entry.port]));
    else known.add(entry.port);
  }
  return ports;
}

/** Nothing direct connects from the node of these, whatever the port. */
function hasNoWayOut(cells: readonly Cell[], ports: Ports): boolean {
  const [first] = cells;
  return first !== undefined && cells.length >= ENOUGH && !ports.has(first.result.node);
}

/** On the port of these nothing connects from their node, on others something does. */
function isPortClosed(cells: readonly Cell[], ports: Ports): boolean {
  const [first] = cells;
  if (first === undefined || cells.length < ENOUGH) return false;
  return ports.get(first.result.node)?.has(first.entry.port) === false;
}

/** One range of addresses that holds all that does not connect on every node where it fails, and nothing that does. */
function closedRange(cells: readonly Cell[], seen: Seen): ClosedRange | undefined {
  if (entriesOf(cells).length < ENOUGH) return undefined;
  const nodes = new Set(cells.map(({ result }) => result.node));
  const open = seen.cells
    .filter(({ result }) => nodes.has(result.node) && isDirect(result) && passed(result, 'connect'))
    .flatMap(({ result }) => result.addresses);
  const range = commonRange(
    cells.flatMap(({ result }) => result.addresses),
    open,
  );
  return range === undefined ? undefined : { ...range, cells };
}

function isDirect(result: Cell['result']): boolean {
  return result.route.kind === 'direct';
}

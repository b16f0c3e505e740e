import type { Cause, Owner } from '../../verdict/causes';
import { type Draft, endpoints, type Explainer, sentence, where } from './draft';
import { CUT_LATER, PAGES } from './filters';
import { gaveNoHttp, NOT_MET, proxyOf, withoutHttp } from './silent-proxies';
import { silentTls } from './silent-tls';
import type { FindingKind } from '../finding';
import { type Cell, entriesOf, groupBy, isMeasured, nodesOf, type Seen, without } from '../seen';

/** What the proxy met on its own way on. */
const BEYOND_PROXY: ReadonlySet<Cause> = new Set([
  'proxy-could-not-reach',
  'proxy-silent',
  'proxy-closed',
  'proxy-tunnel-closed',
]);
/** In its open tunnel, or in answers that it passed on, something ended: on its side of the network. */
const BEHIND_PROXY: ReadonlySet<Cause> = new Set(CUT_LATER);
/** Something else than the service answered behind it: a page of its own, or of what it goes through. */
const IN_PLACE: ReadonlySet<Cause> = new Set([
  ...PAGES,
  'http-forbidden',
  'http-filter-status',
  'http-not-http',
  'tls-not-tls',
]);
/** Ports that everybody allows: one refusal there is about its host. */
const WEB_PORTS: ReadonlySet<number> = new Set([80, 443]);

/** What a proxy does, by proxy. */
export const explainProxies: Explainer = (open, seen) => {
  const mute = withoutHttp(open, seen);
  return [
    ...byProxy(mute, () => true, seen, 'proxy-no-http', 'proxy'),
    ...explainSpeaking(without(open, mute), seen),
  ];
};

const explainSpeaking: Explainer = (open, seen) => [
  ...byProxy(open, cause => NOT_MET.has(cause), seen, 'proxy-unreachable'),
  ...byProxy(open, cause => cause === 'proxy-wants-credentials', seen, 'proxy-credentials', 'proxy'),
  ...policies(open, seen),
  ...pages(open, seen),
  ...byProxy(
    without(
      open.filter(({ result }) => result.route.kind === 'proxy'),
      silentTls(open, seen),
    ),
    cause => BEYOND_PROXY.has(cause) || (BEHIND_PROXY.has(cause) && !IN_PLACE.has(cause)),
    seen,
    'proxy-upstream',
    'proxy',
  ),
];

function byProxy(
  open: readonly Cell[],
  belongs: (cause: Cause) => boolean,
  seen: Seen,
  kind: FindingKind,
  owner?: Owner,
): readonly Draft[] {
  const cells = open.filter(({ result }) => belongs(result.cause));
  return [...groupBy(cells, proxyOf)].map(([proxy, group]): Draft => ({
    kind,
    about: proxy,
    cells: group,
    owner: owner ?? (isUnresolved(group) ? 'dns' : 'proxy'),
    title: sentence(
      // A proxy that nobody asked has no name here.
      isUnresolved(group) ? 'finding.proxy-unresolved' : `finding.${kind}${proxy === '' ? '.unasked' : ''}`,
      proxy,
      where(group, seen),
      endpoints(group),
    ),
    ...(isUnresolved(group) && {
      next: sentence('finding.proxy-unresolved.next'),
      ask: sentence('finding.proxy-unresolved.ask'),
    }),
    context: workedBefore(group, seen),
  }));
}

function pages(open: readonly Cell[], seen: Seen): readonly Draft[] {
  const cells = open.filter(({ result }) => result.route.kind === 'proxy' && IN_PLACE.has(result.cause));
  return [...groupBy(cells, proxyOf)].map(([proxy, group]): Draft => ({
    kind: 'page-instead',
    about: proxy,
    cells: group,
    owner: 'proxy',
    title: sentence('finding.page-instead.proxy', proxy, endpoints(group), where(group, seen)),
  }));
}

function isUnresolved(cells: readonly Cell[]): boolean {
  return cells.every(({ result }) => result.cause === 'proxy-name-not-resolved');
}

/** Hosts that a proxy refuses, and ports none of whose endpoints it lets through. */
function policies(open: readonly Cell[], seen: Seen): readonly Draft[] {
  const refused = open.filter(({ result }) => result.cause === 'proxy-policy');
  return [...groupBy(refused, proxyOf)].flatMap(([proxy, cells]) => {
    const closed = new Set(
      cells.map(({ entry }) => entry.port).filter(port => isClosed(port, proxy, cells, seen)),
    );
    const byPort = groupBy(
      cells.filter(({ entry }) => closed.has(entry.port)),
      ({ entry }) => entry.port,
    );
    const others = cells.filter(({ entry }) => !closed.has(entry.port));
    return [
      ...[...byPort].map(([port, group]): Draft => ({
        kind: 'proxy-port',
        about: `${proxy} ${port}`,
        cells: group,
        owner: 'proxy',
        title: sentence('finding.proxy-port', proxy, port, endpoints(group), where(group, seen)),
        ...askedFor(group),
      })),
      ...(others.length === 0
        ? []
        : [
            {
              kind: 'proxy-policy',
              about: proxy,
              cells: others,
              owner: 'proxy',
              title: sentence('finding.proxy-policy', proxy, endpoints(others), where(others, seen)),
            } as const,
          ]),
    ];
  });
}

/** Plain HTTP is no connection to be opened: the proxy is asked to pass each request on. */
function askedFor(cells: readonly Cell[]): Pick<Draft, 'next' | 'ask'> {
  const plain = cells.filter(({ entry }) => entry.protocol === 'http');
  if (plain.length === 0) return {};
  const key = `finding.proxy-port.${plain.length === cells.length ? 'plain' : 'both'}`;
  return { next: sentence(`${key}.next`), ask: sentence(`${key}.ask`) };
}

/** The proxy passes on other ports, and of this one nothing; a single host on a usual port proves nothing of the port. */
function isClosed(port: number, proxy: string, refused: readonly Cell[], seen: Seen): boolean {
  const nodes = nodesOf(refused, seen);
  const through = seen.cells.filter(
    cell => proxyOf(cell) === proxy && nodes.includes(cell.result.node) && isMeasured(cell.result),
  );
  const here = through.filter(({ entry }) => entry.port === port);
  const passesElsewhere = through.some(
    ({ entry, result }) => entry.port !== port && result.cause !== 'proxy-policy',
  );
  const enough = entriesOf(here).length >= (WEB_PORTS.has(port) ? 3 : 1);
  return enough && passesElsewhere && here.every(({ result }) => result.cause === 'proxy-policy');
}

/** A proxy that was there and is gone is another thing than one that never was. */
function workedBefore(cells: readonly Cell[], seen: Seen): Draft['context'] {
  const proxies = new Set(cells.map(proxyOf));
  const nodes = nodesOf(cells, seen);
  const passed = seen.cells.filter(
    cell =>
      proxies.has(proxyOf(cell)) &&
      nodes.includes(cell.result.node) &&
      isMeasured(cell.result) &&
      !NOT_MET.has(cell.result.cause) &&
      !gaveNoHttp(cell) &&
      cell.result.cause !== 'proxy-wants-credentials',
  );
  return passed.length === 0 ? [] : [sentence('finding.context.proxyWorked', endpoints(passed))];
}

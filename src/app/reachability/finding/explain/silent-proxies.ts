import type { Cause } from '../../verdict/causes';
import { type Cell, groupBy, hostsOf, isMeasured, type Seen } from '../seen';

/** What was sent to the proxy met nothing that HTTP knows: silence, an end, other bytes. */
const NO_HTTP: ReadonlySet<Cause> = new Set(['proxy-silent', 'proxy-closed', 'proxy-not-http']);
/** The same of a request that the proxy was to pass on; of plain HTTP alone it speaks of the proxy itself. */
const NO_HTTP_PLAIN: ReadonlySet<Cause> = new Set(['http-timed-out', 'http-closed', 'http-not-http']);
/** What stands between the node and its proxy: nothing was sent to the endpoint, which says nothing of what the proxy speaks. */
export const NOT_MET: ReadonlySet<Cause> = new Set([
  'proxy-name-not-resolved',
  'proxy-refused',
  'proxy-timed-out',
  'proxy-unreachable',
]);
/** One host that stays silent behind a proxy proves nothing of the proxy. */
const ENOUGH_HOSTS = 3;

/**
 * Results of nodes to which their proxy gave no HTTP answer at all. What is behind it was then not seen: nothing may be said
 * of the proxy's own way, nor of a page in place of the service.
 */
export function withoutHttp(open: readonly Cell[], seen: Seen): readonly Cell[] {
  const candidates = open.filter(gaveNoHttp);
  return [...groupBy(candidates, ({ result }) => result.node)].flatMap(([node, cells]) => {
    const asked = groupBy(seen.of(node).filter(isAsked), proxyOf);
    const mute = new Set(
      [...asked]
        .filter(([, all]) => all.every(gaveNoHttp) && hostsOf(all).length >= ENOUGH_HOSTS)
        .map(([proxy]) => proxy),
    );
    return cells.filter(cell => cell.result.cause === 'proxy-not-http' || mute.has(proxyOf(cell)));
  });
}

/** Whether a request met nothing that HTTP knows where its proxy should answer. */
export function gaveNoHttp({ entry, result: { route, cause } }: Cell): boolean {
  if (route.kind !== 'proxy' || route.proxy === undefined) return false;
  return NO_HTTP.has(cause) || (entry.protocol === 'http' && NO_HTTP_PLAIN.has(cause));
}

function isAsked({ result }: Cell): boolean {
  return isMeasured(result) && !NOT_MET.has(result.cause);
}

/** '' where nobody asked one. */
export function proxyOf({ result }: Cell): string {
  return result.route.proxy ?? '';
}

import type { Client, ClientRoutes } from './client-routes';
import { proxyFor, type ProxiedTarget, type ProxyRules } from './proxy-route';

/**
 * How a run goes out. `own`: each endpoint the way of the client that really connects. The others force one way on all:
 * without a proxy, by what one client of the node is set to, or through a proxy that is given, whatever the node has.
 */
export const WAY_KINDS = ['own', 'direct', 'wininet', 'winhttp', 'agent', 'proxy'] as const;
export type WayKind = (typeof WAY_KINDS)[number];

export interface Way {
  readonly kind: WayKind;
  /** `host:port`, of the kind `proxy` only. */
  readonly proxy?: string;
}

export const OWN_WAY: Way = { kind: 'own' };

/** What a node uses, as its settings tell. */
export interface NodeRoutes extends ProxyRules {
  readonly clients?: ClientRoutes;
  /**
   * These settings need not be what WinINet's clients go by: a proxy configuration script comes first, whose answer for a host is not
   * known here, or accounts of services have a proxy of their own.
   */
  readonly byScript?: true;
}

/** The way of one endpoint. */
export interface Route {
  /** `host:port`; '' for direct. */
  readonly proxy: string;
  /** The client of the node whose way this is; absent: WinINet's, or a forced one. */
  readonly client?: Client;
  /** Only what the fixed settings say: a script, or its own account's proxy, may send the client another way. */
  readonly isGuess?: true;
}

/** How an endpoint of a node is reached; undefined: the node does not tell how the wished client goes. */
export function routeOf(
  target: ProxiedTarget & { readonly connects?: Client },
  routes: NodeRoutes,
  way: Way = OWN_WAY,
): Route | undefined {
  switch (way.kind) {
    case 'direct':
      return { proxy: '' };
    case 'proxy':
      return { proxy: proxyFor({ server: way.proxy ?? '', bypass: [] }, target) };
    case 'wininet':
      return machineRoute(target, routes);
    case 'winhttp':
    case 'agent': {
      const proxy = routes.clients?.[way.kind]?.(target);
      return proxy === undefined ? undefined : { proxy, client: way.kind };
    }
    case 'own':
      return ownRoute(target, routes);
  }
}

/** The way of the client that really goes there, where that is known and set; else WinINet's. */
function ownRoute(target: ProxiedTarget & { readonly connects?: Client }, routes: NodeRoutes): Route {
  const { connects } = target;
  const machine = machineRoute(target, routes);
  const hasMachine = machine.proxy !== '' || machine.isGuess === true;
  const own = connects && routes.clients?.[connects]?.(target);
  // WinHTTP without a proxy of its own: the document sets WinINet's alone, so that way is tried, and the node's note says so.
  const isUnset = own === undefined || (connects === 'winhttp' && own === '' && hasMachine);
  return connects === undefined || isUnset ? machine : { proxy: own, client: connects };
}

function machineRoute(target: ProxiedTarget, routes: NodeRoutes): Route {
  return { proxy: proxyFor(routes, target), ...(routes.byScript && ({ isGuess: true } as const)) };
}

/** Ids of the endpoints whose way is a guess; undefined where the node has none that is. Proxies do not carry NTP. */
export function guessedOf(
  targets: readonly (ProxiedTarget & { readonly id: string; readonly connects?: Client })[],
  routes: NodeRoutes,
  way?: Way,
): ReadonlySet<string> | undefined {
  const isGuess = (target: (typeof targets)[number]): boolean =>
    target.protocol !== 'udp' && routeOf(target, routes, way)?.isGuess === true;
  return routes.byScript ? new Set(targets.filter(isGuess).map(({ id }) => id)) : undefined;
}

/** Whether a text is a proxy that can be forced on a run: `host:port`, with or without `http://` before it. */
export function typedProxy(text: string): string | undefined {
  const trimmed = text.trim();
  if (
    trimmed.length > 300 ||
    !/^(?:http:\/\/)?(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):\d{1,5}\/?$/.test(trimmed)
  )
    return undefined;
  const proxy = proxyFor({ server: trimmed, bypass: [] }, { host: 'x', port: 443, protocol: 'https' });
  return proxy === '' ? undefined : proxy;
}

import type { Client, ClientRoutes } from './client-routes';
import { isUnclear, proxyFor, type ProxiedTarget, type ProxyRules } from './proxy-route';

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
  /** Only what the fixed settings of WinINet say: the client may go elsewhere, by a script or by a setting of its own. */
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

/**
 * The way of the client that really goes there, where that is known and set; else WinINet's: the document sets that one's proxy
 * alone. That its proxy lets through is no proof for a client that does not have it.
 */
function ownRoute(target: ProxiedTarget & { readonly connects?: Client }, routes: NodeRoutes): Route {
  const { connects } = target;
  const machine = machineRoute(target, routes);
  if (connects === undefined) return machine;
  const instead: Route = { ...machine, isGuess: true };
  const hasMachine = machine.proxy !== '' || machine.isGuess === true;
  const client = routes.clients?.[connects];
  // Without an agent on the node there is none that goes another way: once installed, it starts from what the machine has.
  if (client === undefined) return hasMachine && connects !== 'agent' ? instead : machine;
  const own = client(target);
  if (own === undefined) return instead;
  return connects === 'winhttp' && own === '' && hasMachine ? instead : { proxy: own, client: connects };
}

function machineRoute(target: ProxiedTarget, routes: NodeRoutes): Route {
  const isGuess = routes.byScript ?? isUnclear(routes, target);
  return { proxy: proxyFor(routes, target), ...(isGuess && ({ isGuess } as const)) };
}

/** Ids of the endpoints whose way is a guess; undefined where the node has none that is. Proxies do not carry NTP. */
export function guessedOf(
  targets: readonly (ProxiedTarget & { readonly id: string; readonly connects?: Client })[],
  routes: NodeRoutes,
  way?: Way,
): ReadonlySet<string> | undefined {
  const isGuess = (target: (typeof targets)[number]): boolean =>
    target.protocol !== 'udp' && routeOf(target, routes, way)?.isGuess === true;
  const guessed = targets.filter(isGuess);
  return guessed.length === 0 ? undefined : new Set(guessed.map(({ id }) => id));
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

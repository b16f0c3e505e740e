import type { VerdictCode } from './verdicts';

/** Who can act on it. */
export type Owner = 'network' | 'proxy' | 'dns' | 'server' | 'none';

interface CauseFacts {
  readonly verdict: VerdictCode;
  readonly owner: Owner;
}

/**
 * Every cause with its verdict and the team that can act on it. The strings file has two sentences for each:
 * `reachability.cause.<cause>.meaning` and `.action`.
 */
export const CAUSES = {
  answered: { verdict: 'reachable', owner: 'none' },
  'answered-elsewhere': { verdict: 'reachable', owner: 'none' },
  'answered-refusal': { verdict: 'reachable', owner: 'none' },
  'answered-failure': { verdict: 'reachable', owner: 'none' },

  'other-public-authority': { verdict: 'not-proven', owner: 'network' },
  'signed-by-unknown': { verdict: 'not-proven', owner: 'none' },
  'answered-unproven': { verdict: 'not-proven', owner: 'none' },
  'issuer-not-seen': { verdict: 'not-proven', owner: 'server' },
  'answered-past-script': { verdict: 'not-proven', owner: 'server' },
  'headers-not-seen': { verdict: 'not-proven', owner: 'server' },
  connected: { verdict: 'not-proven', owner: 'none' },
  'time-answered': { verdict: 'not-proven', owner: 'none' },
  'connected-web-port': { verdict: 'not-proven', owner: 'none' },

  'no-such-name': { verdict: 'name-not-resolved', owner: 'dns' },
  'name-server-silent': { verdict: 'name-not-resolved', owner: 'dns' },
  'name-server-failed': { verdict: 'name-not-resolved', owner: 'dns' },
  'blocked-by-name': { verdict: 'name-not-resolved', owner: 'dns' },
  'private-address-not-allowed': { verdict: 'name-not-resolved', owner: 'dns' },
  'proxy-name-not-resolved': { verdict: 'name-not-resolved', owner: 'dns' },

  'connection-refused': { verdict: 'refused', owner: 'network' },
  'private-address-refused': { verdict: 'refused', owner: 'network' },
  'connection-reset': { verdict: 'refused', owner: 'network' },
  'blocked-on-node': { verdict: 'refused', owner: 'server' },
  'proxy-refused': { verdict: 'refused', owner: 'proxy' },

  'private-address': { verdict: 'timed-out', owner: 'network' },
  'connect-timed-out': { verdict: 'timed-out', owner: 'network' },
  unreachable: { verdict: 'timed-out', owner: 'network' },
  'only-ipv6': { verdict: 'timed-out', owner: 'dns' },
  'time-silent': { verdict: 'timed-out', owner: 'network' },
  'tls-timed-out': { verdict: 'timed-out', owner: 'network' },
  'http-timed-out': { verdict: 'timed-out', owner: 'network' },
  'proxy-timed-out': { verdict: 'timed-out', owner: 'network' },
  'proxy-unreachable': { verdict: 'timed-out', owner: 'network' },
  'proxy-silent': { verdict: 'timed-out', owner: 'proxy' },

  'tls-reset': { verdict: 'tls-failed', owner: 'network' },
  'tls-alert': { verdict: 'tls-failed', owner: 'network' },
  'tls-version': { verdict: 'tls-failed', owner: 'network' },
  'tls-not-tls': { verdict: 'tls-failed', owner: 'network' },
  'tls-handshake-failed': { verdict: 'tls-failed', owner: 'network' },
  'root-missing': { verdict: 'tls-failed', owner: 'server' },
  'root-named': { verdict: 'tls-failed', owner: 'server' },
  'chain-incomplete': { verdict: 'tls-failed', owner: 'server' },
  'certificate-untrusted': { verdict: 'tls-failed', owner: 'network' },
  'certificate-expired': { verdict: 'tls-failed', owner: 'network' },
  'certificate-not-yet-valid': { verdict: 'tls-failed', owner: 'server' },
  'certificate-wrong-name': { verdict: 'tls-failed', owner: 'network' },
  'certificate-invalid': { verdict: 'tls-failed', owner: 'network' },

  'inspecting-product': { verdict: 'tls-intercepted', owner: 'network' },
  'unknown-root': { verdict: 'tls-intercepted', owner: 'network' },

  'http-forbidden': { verdict: 'http-blocked', owner: 'network' },
  'http-unavailable': { verdict: 'http-blocked', owner: 'network' },
  'http-filter-status': { verdict: 'http-blocked', owner: 'network' },
  'transparent-proxy': { verdict: 'http-blocked', owner: 'proxy' },
  'http-redirected-away': { verdict: 'http-blocked', owner: 'network' },
  'http-login-page': { verdict: 'http-blocked', owner: 'network' },
  'http-other-content': { verdict: 'http-blocked', owner: 'network' },
  'http-closed': { verdict: 'http-blocked', owner: 'network' },
  'http-not-http': { verdict: 'http-blocked', owner: 'network' },

  'proxy-policy': { verdict: 'proxy-denied', owner: 'proxy' },
  'proxy-could-not-reach': { verdict: 'proxy-denied', owner: 'proxy' },
  'proxy-closed': { verdict: 'proxy-denied', owner: 'proxy' },
  'proxy-tunnel-closed': { verdict: 'proxy-denied', owner: 'proxy' },
  'proxy-no-tunnel': { verdict: 'proxy-denied', owner: 'proxy' },
  'proxy-not-http': { verdict: 'proxy-denied', owner: 'proxy' },
  'proxy-wants-credentials': { verdict: 'proxy-credentials', owner: 'proxy' },

  'node-down': { verdict: 'node-unavailable', owner: 'server' },
  'node-unreachable': { verdict: 'node-unavailable', owner: 'server' },

  'access-denied': { verdict: 'not-tested', owner: 'server' },
  'constrained-language': { verdict: 'not-tested', owner: 'server' },
  'script-failed': { verdict: 'not-tested', owner: 'server' },
  'call-timed-out': { verdict: 'not-tested', owner: 'server' },
  'gateway-failed': { verdict: 'not-tested', owner: 'server' },
  'proxy-setting-unreadable': { verdict: 'not-tested', owner: 'server' },
  'way-unknown': { verdict: 'not-tested', owner: 'server' },
  'failed-past-script': { verdict: 'not-tested', owner: 'server' },
  'measured-otherwise': { verdict: 'not-tested', owner: 'server' },
  'no-report': { verdict: 'not-tested', owner: 'server' },
  'unclear-report': { verdict: 'not-tested', owner: 'server' },
  'name-took-the-time': { verdict: 'not-tested', owner: 'dns' },
  'contradicts-itself': { verdict: 'not-tested', owner: 'none' },
  'not-in-run': { verdict: 'not-tested', owner: 'none' },
  'probe-failed': { verdict: 'not-tested', owner: 'server' },
  'node-too-slow': { verdict: 'not-tested', owner: 'server' },
  deadline: { verdict: 'not-tested', owner: 'none' },
  cancelled: { verdict: 'not-tested', owner: 'none' },
  interrupted: { verdict: 'not-tested', owner: 'none' },
  'wildcard-without-name': { verdict: 'not-tested', owner: 'none' },
  'wildcard-without-known-host': { verdict: 'not-tested', owner: 'none' },
  'needed-by-browser': { verdict: 'not-tested', owner: 'none' },
  'needed-by-guest': { verdict: 'not-tested', owner: 'none' },
  'needed-by-appliance': { verdict: 'not-tested', owner: 'none' },
  'needed-by-gateway': { verdict: 'not-tested', owner: 'none' },
  'udp-not-probed': { verdict: 'not-tested', owner: 'none' },
} as const satisfies Readonly<Record<string, CauseFacts>>;

/** Finer than a verdict: picks the explanation. */
export type Cause = keyof typeof CAUSES;

export function isCause(value: unknown): value is Cause {
  return typeof value === 'string' && Object.hasOwn(CAUSES, value);
}

/** Causes that speak of the proxy itself, and not of the endpoint that it was asked for. */
const AT_THE_PROXY: ReadonlySet<Cause> = new Set([
  'proxy-name-not-resolved',
  'proxy-refused',
  'proxy-timed-out',
  'proxy-unreachable',
  'proxy-silent',
  'proxy-policy',
  'proxy-could-not-reach',
  'proxy-closed',
  'proxy-tunnel-closed',
  'proxy-no-tunnel',
  'proxy-not-http',
  'proxy-wants-credentials',
]);

export function isAtTheProxy(cause: Cause): boolean {
  return AT_THE_PROXY.has(cause);
}

/** Causes that lie between the node and its proxy. */
const BEFORE_THE_PROXY: ReadonlySet<Cause> = new Set(['proxy-timed-out', 'proxy-unreachable']);

/**
 * Who can act on a cause. What ends behind a proxy - in an open tunnel, or at a host that the proxy was asked for - is
 * on the proxy's side of the network.
 */
export function ownerOf(cause: Cause, route: 'direct' | 'proxy' | 'none' = 'direct'): Owner {
  const { owner } = CAUSES[cause];
  return route === 'proxy' && owner === 'network' && !BEFORE_THE_PROXY.has(cause) ? 'proxy' : owner;
}

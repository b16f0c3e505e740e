import { type AgentReading, isAgentRead } from './arc-agent';
import { type Layer, type LayerName, serverFor } from './layers';

/** Where the Arc gateway's own proxy listens on a node (private-path pages of 2026-08-25, AzureStackHCI docs). */
const GATEWAY_PORT = '40343';

/**
 * Whether a server text sends HTTPS through Arc gateway, as on nodes that hold `https=http://localhost:40343`.
 *
 * @param own names, in small letters, and addresses of the node that holds it
 */
export function keepsArcGateway(server: string, own: readonly string[] = []): boolean {
  return isGateway(serverFor('https', server), own);
}

/** The node itself at the gateway's port, however its address is written. */
function isGateway(proxy: string, own: readonly string[]): boolean {
  const typed = proxy.trim().replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  const bare = /^(?:::1|(?:0+:){7}0*1):\d+\/?$/.test(typed)
    ? typed.replace(/^(.*):(\d+\/?)$/, '[$1]:$2')
    : typed;
  // The browser's reader writes every spelling of an address in one way.
  if (!URL.canParse(`http://${bare}`)) return false;
  const { hostname, port } = new URL(`http://${bare}`);
  const isNode =
    /^(?:(?:.+\.)?localhost\.?|127(?:\.\d+){3}|\[::1\]|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\])$/.test(
      hostname,
    ) || own.some(name => hostname === name || hostname.startsWith(`${name}.`));
  return isNode && port === GATEWAY_PORT;
}

/** By what a node was recognised. */
export type GatewaySign = LayerName;

/** By what a node shows that it goes through Arc gateway; empty: nothing shows it. */
export function arcGatewaySigns(
  layers: Partial<Readonly<Record<LayerName, Layer>>>,
  agent: AgentReading | undefined,
  own: readonly string[] = [],
): readonly GatewaySign[] {
  const signs: GatewaySign[] = [];
  for (const name of ['machine', 'account', 'winhttp', 'environment'] as const) {
    if (keepsArcGateway(layers[name]?.server ?? '', own)) signs.push(name);
  }
  if (
    isAgentRead(agent) &&
    (agent.connectionType.toLowerCase() === 'gateway' || keepsArcGateway(agent.proxyUrl, own))
  )
    signs.push('agent');
  return signs;
}

import { type ArcAgent, type Layers, serverFor } from './layers';

/** Where the Arc gateway's own proxy listens on a node (private-path pages of 2026-08-25, AzureStackHCI docs). */
const GATEWAY = /^(?:https?:\/\/)?(?:localhost|127\.0\.0\.1|\[::1\]):40343\/?$/i;

/** Whether a server text sends HTTPS through Arc gateway, as on nodes that hold `https=http://localhost:40343`. */
export function keepsArcGateway(server: string): boolean {
  return GATEWAY.test(serverFor('https', server));
}

/** By what a node was recognised; empty when it does not go out through Arc gateway. */
export type GatewaySign = 'machine' | 'winhttp' | 'environment' | 'agent';

/** By what a node shows that it goes through Arc gateway; empty: nothing shows it. */
export function arcGatewaySigns(layers: Layers, agent: ArcAgent | undefined): readonly GatewaySign[] {
  const signs: GatewaySign[] = [];
  for (const name of ['machine', 'winhttp', 'environment'] as const) {
    if (keepsArcGateway(layers[name].server)) signs.push(name);
  }
  if (
    agent !== undefined &&
    (agent.connectionType.toLowerCase() === 'gateway' || keepsArcGateway(agent.proxyUrl))
  )
    signs.push('agent');
  return signs;
}

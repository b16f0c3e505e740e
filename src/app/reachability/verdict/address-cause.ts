import type { Observation } from '../probe/observation';
import type { Cause } from './causes';

/**
 * What the addresses of a name show, on the direct way; through a proxy they are the proxy's. Undefined: nothing.
 * Only an own rule's host may be anywhere.
 */
export function addressCause({ route, addresses, host }: Observation, own: boolean): Cause | undefined {
  const shown = addresses.filter(address => address !== host);
  if (route !== 'direct' || own || shown.length === 0 || isThisNode(host)) return undefined;
  if (shown.every(isBlockAddress)) return 'blocked-by-name';
  if (!shown.every(isPrivateAddress)) return undefined;
  return isArcHost(host) ? 'private-address-not-allowed' : 'private-address';
}

/** Names that stand for the node itself (RFC 6761, section 6.3). */
function isThisNode(host: string): boolean {
  return /(^|\.)localhost$/i.test(host);
}

/** Where no service is: unspecified, loopback, link-local, documentation (RFC 6890, RFC 5737, RFC 3849). */
function isBlockAddress(address: string): boolean {
  return (
    /^(0\.|127\.|169\.254\.|255\.)/.test(address) ||
    /^(::|::1|0:0:0:0:0:0:0:[01]|fe80:.*|::ffff:(0|127)\..*)$/i.test(address)
  );
}

/** RFC 1918, RFC 6598 and RFC 4193. */
function isPrivateAddress(address: string): boolean {
  return (
    /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(address) ||
    /^f[cd][0-9a-f]{2}:/i.test(address)
  );
}

/**
 * Azure Arc's own endpoints, which must resolve to public addresses on Azure Local, whatever else has private ones
 * (MicrosoftDocs/azure-stack-docs, azure-local/deploy/about-private-endpoints.md @6355feb3, 2026-03-09).
 */
function isArcHost(host: string): boolean {
  return /(^|\.)(arc\.azure\.(com|us|cn|net)|guestconfiguration\.azure\.(com|us|cn)|guestnotificationservice\.azure\.(com|us|cn))$/i.test(
    host,
  );
}

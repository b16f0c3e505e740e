import type { Observation } from '../../probe/observation';
import type { Cause } from '../causes';
import { filterPageAt } from './filter-pages';

/**
 * What the addresses of a name show, on the direct way; through a proxy they are the proxy's. Undefined: nothing.
 * An own rule's host may be anywhere but at no address.
 */
export function addressCause({ route, addresses, host }: Observation, own: boolean): Cause | undefined {
  const shown = addresses.filter(address => address !== host);
  if (route !== 'direct' || shown.length === 0 || isThisNode(host)) return undefined;
  // No host is there, whoever it belongs to; nor is one at the page that a DNS filter shows.
  if (shown.every(each => isUnspecified(each) || filterPageAt(each) !== undefined)) return 'blocked-by-name';
  if (own) return undefined;
  if (shown.every(each => isBlockAddress(each) || filterPageAt(each) !== undefined)) return 'blocked-by-name';
  if (!shown.every(isPrivateAddress)) return undefined;
  return isArcHost(host) ? 'private-address-not-allowed' : 'private-address';
}

/** Names that stand for the node itself (RFC 6761, section 6.3). */
function isThisNode(host: string): boolean {
  return /(^|\.)localhost$/i.test(host);
}

/** An IPv4 address written as IPv6 (RFC 4291, section 2.5.5.2) is the same address. */
function plain(address: string): string {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address) ?? [];
  if (high === undefined || low === undefined) return address.replace(/^::ffff:(?=\d+\.)/i, '');
  return [high, low].flatMap(part => [parseInt(part, 16) >> 8, parseInt(part, 16) & 255]).join('.');
}

/** "This network" (RFC 1122, section 3.2.1.3) and the unspecified address. */
function isUnspecified(address: string): boolean {
  return /^(0\.\d+\.\d+\.\d+|::|(0+:){7}0+)$/.test(plain(address));
}

/** Where no service is: also loopback, link-local, multicast, reserved and the discard prefix (RFC 6890, RFC 6666). */
export function isBlockAddress(address: string): boolean {
  return (
    isUnspecified(address) ||
    /^(127\.|169\.254\.|(22[4-9]|2[345]\d)\.)/.test(plain(address)) ||
    /^(::1|(0+:){7}0*1|fe[89ab][0-9a-f]:.*|ff[0-9a-f]{2}:.*|100::.*)$/i.test(address)
  );
}

/** RFC 1918, RFC 6598, RFC 4193 and what came before it (RFC 3879). */
export function isPrivateAddress(address: string): boolean {
  return (
    /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(
      plain(address),
    ) || /^f([cd][0-9a-f]|e[c-f])[0-9a-f]:/i.test(address)
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

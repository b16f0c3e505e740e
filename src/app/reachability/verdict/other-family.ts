import { familyOf } from '../plan/family';
import type { OtherFamily } from './probe-result';

/** No way to IPv6 is the usual case of a node, and no fault of the network: Windows takes the IPv4 address at once. */
export function hasNoIpv6({ address, cause }: Pick<OtherFamily, 'address' | 'cause'>): boolean {
  return familyOf(address) === 'ipv6' && cause === 'unreachable';
}

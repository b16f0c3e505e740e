export type Family = 'ipv4' | 'ipv6';

/** Of an address as text. */
export function familyOf(address: string): Family {
  return address.includes(':') ? 'ipv6' : 'ipv4';
}

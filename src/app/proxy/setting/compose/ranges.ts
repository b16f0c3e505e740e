/** More patterns than this for one range are not written out. */
const MOST_PATTERNS = 16;

interface Range {
  readonly octets: readonly number[];
  readonly prefix: number;
}

/** An IPv4 range with its prefix length; undefined when it is none. */
function parseRange(text: string): Range | undefined {
  const [, address = '', length = ''] = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,2})$/.exec(text) ?? [];
  const octets = address.split('.').map(Number);
  const prefix = Number(length);
  const isOne = octets.length === 4 && octets.every(octet => octet <= 255) && length !== '' && prefix <= 32;
  return isOne ? { octets, prefix } : undefined;
}

/** Octets that are wholly fixed, and how many values the one after them has. */
function partsOfRange({ prefix }: Range): { readonly whole: number; readonly count: number } {
  const whole = Math.floor((prefix - 1) / 8);
  return { whole, count: 2 ** ((whole + 1) * 8 - prefix) };
}

/**
 * An IPv4 range in patterns of whole octets; undefined when it is none, or would need more than sixteen.
 * `10.0.0.0/8` is `10.*`; `10.1.16.0/20` is `10.1.16.*` to `10.1.31.*`.
 */
export function patternsOf(range: string): readonly string[] | undefined {
  const read = parseRange(range);
  if (read === undefined || read.prefix === 0) return undefined;
  const { whole, count } = partsOfRange(read);
  if (count > MOST_PATTERNS) return undefined;
  const first = Math.floor((read.octets[whole] ?? 0) / count) * count;
  return Array.from({ length: count }, (_, index) =>
    patternOf([...read.octets.slice(0, whole), first + index]),
  );
}

function patternOf(octets: readonly number[]): string {
  return octets.length === 4 ? octets.join('.') : `${octets.join('.')}.*`;
}

/** Why a range is not written in patterns; each has its sentence under `proxy.bypass.error.cidr.<code>`. */
export type RangeTrouble =
  | { readonly code: 'everything' | 'ipv6' | 'none' }
  /** `count` patterns would be needed; `wider` is the one pattern that covers them all, and more. */
  | { readonly code: 'many'; readonly count: number; readonly wider: string };

/** Why a range cannot be said in the patterns of a bypass list. */
export function troubleOf(range: string): RangeTrouble {
  if (range.includes(':')) return { code: 'ipv6' };
  const read = parseRange(range);
  if (read === undefined) return { code: 'none' };
  if (read.prefix === 0) return { code: 'everything' };
  const { whole, count } = partsOfRange(read);
  // Half of all addresses and more: no pattern is wider than that but `*`.
  if (whole === 0) return { code: 'everything' };
  return { code: 'many', count, wider: patternOf(read.octets.slice(0, whole)) };
}

/** A network as people write it: `10.128.0.0/11` for an address within. */
export function networkOf(address: string, prefix: number): string {
  const octets = address.split('.').map((octet, index) => {
    const free = 2 ** Math.min(8, Math.max(0, 8 * (index + 1) - prefix));
    return Math.floor(Number(octet) / free) * free;
  });
  return `${octets.join('.')}/${prefix}`;
}

/** What RFC 1918, 5735 and 6598 keep from the public network, by what all of it begins with. */
const NOT_PUBLIC =
  /^(?:(?:127|169\.254|192\.168)[.*]|(?:10|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.)/;

/**
 * Whether a pattern of addresses (`20.190.*`, `1*`) has public ones in it: a service that nodes need may be among them.
 * Windows compares texts, so that a star stands for digits and dots alike.
 */
export function hasPublicAddresses(pattern: string): boolean {
  const isOfAddresses = /^[\d.]*\*[\d.*]*$/.test(pattern) && /\d/.test(pattern);
  const octets = pattern.split('.');
  const isAnAddress = octets.length <= 4 && octets.every(octet => octet.includes('*') || isOctet(octet));
  return isOfAddresses && isAnAddress && !NOT_PUBLIC.test(pattern);
}

/** Written in the one way that every program takes for the same number. */
export function isOctet(text: string): boolean {
  return /^(?:0|[1-9]\d{0,2})$/.test(text) && Number(text) <= 255;
}

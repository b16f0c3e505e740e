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

/** First octets, then how many bits of them count, of what RFC 1918, 5735 and 6598 keep from the public network. */
const NOT_PUBLIC: readonly (readonly [octets: readonly number[], bits: number])[] = [
  [[10, 0], 8],
  [[127, 0], 8],
  [[169, 254], 16],
  [[172, 16], 12],
  [[192, 168], 16],
  [[100, 64], 10],
];

/** Whether a pattern of addresses (`20.190.*`) has public ones in it: a service that nodes need may be among them. */
export function hasPublicAddresses(pattern: string): boolean {
  const [, text = ''] = /^((?:\d{1,3}\.){1,3})\*$/.exec(pattern) ?? [];
  const octets = text
    .split('.')
    .filter(octet => octet !== '')
    .map(Number);
  if (octets.length === 0 || octets.some(octet => octet > 255)) return false;
  return !NOT_PUBLIC.some(([own, bits]) => {
    if (octets.length * 8 < bits) return false;
    const number = ([high = 0, low = 0]: readonly number[]): number => high * 256 + low;
    return number(octets) >> (16 - bits) === number(own) >> (16 - bits);
  });
}

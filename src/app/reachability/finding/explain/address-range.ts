/** A range of addresses, as firewalls write it. */
export interface CommonRange {
  /** CIDR, for example `20.190.128.0/18`. */
  readonly range: string;
}

/** So many different addresses make a range worth naming. */
const ENOUGH_ADDRESSES = 3;
/** A wider range says nothing: the closed addresses have nothing in common. */
const SHORTEST_PREFIX = 8;

/**
 * The smallest IPv4 range that holds all closed addresses; undefined when an open one lies in it too, or when there are
 * too few. IPv6 is not looked at.
 */
export function commonRange(closed: readonly string[], open: readonly string[]): CommonRange | undefined {
  const inside = [...new Set([...new Set(closed)].map(toNumber))];
  const outside = [...new Set(open)].map(toNumber).filter(address => address !== undefined);
  const [first] = inside;
  if (first === undefined || inside.length < ENOUGH_ADDRESSES) return undefined;
  let prefix = 32;
  for (const address of inside) {
    if (address === undefined) return undefined;
    while (prefix > 0 && network(address, prefix) !== network(first, prefix)) prefix -= 1;
  }
  const isInside = (address: number): boolean => network(address, prefix) === network(first, prefix);
  if (prefix < SHORTEST_PREFIX || outside.length === 0 || outside.some(isInside)) return undefined;
  return { range: `${toText(network(first, prefix))}/${prefix}` };
}

function toNumber(address: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address);
  if (match === null) return undefined;
  const bytes = match.slice(1).map(Number);
  return bytes.some(byte => byte > 255) ? undefined : bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** The first address of the range. Arithmetic, not bits: these numbers have 32 of them, JavaScript's have 31 and a sign. */
function network(address: number, prefix: number): number {
  const size = 2 ** (32 - prefix);
  return Math.floor(address / size) * size;
}

function toText(address: number): string {
  return [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256).join('.');
}

import type { PortRange } from './entry';

export const EVERY_PORT: PortRange = { from: 1, to: 65535 };

/** What both hold. */
export function common(some: readonly PortRange[], others: readonly PortRange[]): readonly PortRange[] {
  return some.flatMap(one =>
    others.flatMap(other => {
      const [from, to] = [Math.max(one.from, other.from), Math.min(one.to, other.to)];
      return from <= to ? [{ from, to }] : [];
    }),
  );
}

/** The ports that are not among these. */
export function complement(ranges: readonly PortRange[]): readonly PortRange[] {
  const free: PortRange[] = [];
  let next = EVERY_PORT.from;
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    if (from > next) free.push({ from: next, to: from - 1 });
    next = Math.max(next, to + 1);
  }
  return next > EVERY_PORT.to ? free : [...free, { from: next, to: EVERY_PORT.to }];
}

export function rangeOf(port: number | PortRange): PortRange {
  return typeof port === 'number' ? { from: port, to: port } : port;
}

/** A range of one port as that port. */
export function portOf({ from, to }: PortRange): number | PortRange {
  return from === to ? from : { from, to };
}

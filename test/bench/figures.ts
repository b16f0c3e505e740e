/** One measured figure. */
export interface Figure {
  readonly what: string;
  /** With its unit. */
  readonly value: string;
  /** How it was measured, or what it must be read with. */
  readonly note: string;
  /** The same for programs; figures without it are for the table only. */
  readonly measured?: Measured;
}

/** A line of `npm run bench -- --json`. */
export interface Measured {
  /** Stable name. */
  readonly figure: string;
  readonly value: number;
  readonly unit: 'ms' | 'B' | 'MB' | 'count';
  /** What did the same work in the same run on the same computer, for example `curl --parallel`. */
  readonly peer?: string;
  readonly peerValue?: number;
}

/** The JSON line of a figure; `load`: of the computer before the start. */
export function jsonLine(measured: Measured, load: number): string {
  const { peerValue, value } = measured;
  return JSON.stringify({
    ...measured,
    peer: measured.peer ?? null,
    peerValue: peerValue ?? null,
    ratio: peerValue === undefined || peerValue === 0 ? null : Number((value / peerValue).toFixed(2)),
    load: Number(load.toFixed(1)),
  });
}

export const inMs = (ms: number): string => `${Math.round(ms)} ms`;
export const inKilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
/** All single values, so that the reader sees how much they scatter. */
export const scatter = (values: readonly number[]): string => values.map(Math.round).join(', ');

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

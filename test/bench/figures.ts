/** One measured figure. */
export interface Figure {
  readonly what: string;
  /** With its unit. */
  readonly value: string;
  /** How it was measured, or what it must be read with. */
  readonly note: string;
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

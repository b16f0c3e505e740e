export interface Range {
  readonly min: number;
  readonly max: number;
}

/** The whole number that was typed; undefined where it is none of the range. */
export function numberIn(text: string, { min, max }: Range): number | undefined {
  const number = /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : NaN;
  return number >= min && number <= max ? number : undefined;
}

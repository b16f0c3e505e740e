/** Gives the sentence of a key with `{0}`, `{1}` … filled in. */
export type Text = (key: string, ...values: readonly (string | number)[]) => string;

/**
 * Fills `{n}`; values are inserted as they are and never scanned again. A missing key shows itself, so that
 * a gap is seen and not blank.
 */
export function makeText(strings: Readonly<Record<string, string>>): Text {
  return (key, ...values) =>
    (strings[key] ?? `[${key}]`).replace(/\{(\d+)\}/g, (whole, index: string) => {
      const value = values[Number(index)];
      return value === undefined ? whole : String(value);
    });
}

import { inert } from './inert';

/**
 * Gives the sentence of a key with `{0}`, `{1}` … filled in. Where the key has forms (`key.one`, `key.other` …), the first
 * number among the values picks one, by the plural rules of the language.
 */
export type Text = (key: string, ...values: readonly (string | number)[]) => string;

type Strings = Readonly<Record<string, string>>;

/** Names the language that the strings are in: BCP 47. */
export const LANGUAGE_KEY = 'common.language';

/**
 * Fills `{n}`; values are inserted {@link inert} and never scanned again. A missing key shows itself, so that
 * a gap is seen and not blank.
 */
export function makeText(strings: Strings): Text {
  const rules = new Intl.PluralRules(languageOf(strings));
  return (key, ...values) =>
    (strings[key] ?? formOf(strings, key, values, rules) ?? `[${key}]`).replace(
      /\{(\d+)\}/g,
      (whole, index: string) => {
        const value = values[Number(index)];
        return value === undefined ? whole : inert(String(value));
      },
    );
}

/** Of the strings themselves: what the shell asked for may not be there. */
export function languageOf(strings: Strings): string {
  const language = strings[LANGUAGE_KEY] ?? 'en';
  return Intl.PluralRules.supportedLocalesOf([language]).length > 0 ? language : 'en';
}

function formOf(
  strings: Strings,
  key: string,
  values: readonly (string | number)[],
  rules: Intl.PluralRules,
): string | undefined {
  const count = values.find(value => typeof value === 'number');
  if (count === undefined) return undefined;
  return strings[`${key}.${rules.select(count)}`] ?? strings[`${key}.other`];
}

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stringsOf } from '../../../../test/jest/strings';
import { LANGUAGE_KEY } from './make-text';

const FOLDER = join(process.cwd(), 'assets/strings');
const ENGLISH = stringsOf('');
const LANGUAGES = readdirSync(FOLDER, { withFileTypes: true }).flatMap(entry =>
  entry.isDirectory() ? [entry.name] : [],
);

/** `{0}`, `{1}` … of a text, each once. */
function placeholders(text: string): readonly string[] {
  return [...new Set(text.match(/\{\d+\}/g) ?? [])].sort();
}

/** The keys without their plural forms: a language has those that its own rules ask for. */
function plain(keys: readonly string[]): readonly string[] {
  return [...new Set(keys.map(key => key.replace(/\.(zero|one|two|few|many|other)$/, '.*')))].sort();
}

describe.each(LANGUAGES)('The strings in %s', language => {
  const strings = stringsOf(language);

  it('are all there, and no others', () => {
    expect(plain(Object.keys(strings))).toEqual(plain(Object.keys(ENGLISH)));
  });

  it('take the same values as the English ones', () => {
    const different = Object.keys(strings).filter(key => {
      const english = ENGLISH[key];
      return (
        english !== undefined && placeholders(english).join() !== placeholders(strings[key] ?? '').join()
      );
    });
    expect(different).toEqual([]);
  });

  it('name their language, and have a form for each number', () => {
    expect(language.startsWith(strings[LANGUAGE_KEY] ?? '?')).toBe(true);
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const missing = Object.keys(ENGLISH)
      .filter(key => key.endsWith('.other') && `${key.slice(0, -6)}.one` in ENGLISH)
      .flatMap(key => forms.map(form => key.slice(0, -5) + form))
      .filter(key => !(key in strings));
    expect(missing).toEqual([]);
  });
});

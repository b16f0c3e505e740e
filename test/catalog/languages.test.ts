import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Edition } from '../../src/app/allowlist/catalog/catalog.ts';
import { translateEdition } from '../../src/app/allowlist/catalog/translate.ts';
import { checkLanguage } from '../../src/catalog/tools/checks/files/languages.ts';
import { readLanguages, textsOf } from '../../src/catalog/tools/languages.ts';
import { readCatalog } from '../../src/catalog/tools/read-catalog.ts';

const editions = readCatalog() as unknown as readonly Edition[];
const english = new Set(
  editions.flatMap(edition => [...(translateEdition(edition, new Map()).english ?? [])]),
);

/** What is not said in our words, by its place: names, and what stands so in a source. */
const STAYS = [
  /^appliesTo\./,
  /^sources\./,
  /^regions\..*\.title$/,
  /^vendors\..*\.title$/,
  /\.origins\..*\.(section|asWritten)\b/,
  /\.notRedirected\.(section|asWritten)\b/,
  // Which host was shown to exist is shown, how is not.
  /\.representatives\..*\.note$/,
];

for (const [language, file] of readLanguages()) {
  const translations = new Map(Object.entries(textsOf(file)));

  describe(`the lists in ${language}`, () => {
    for (const edition of editions) {
      const translated = translateEdition(edition, translations);

      test(`${edition.id}: nothing stays English`, () => {
        assert.deepEqual([...(translated.english ?? [])], []);
        const before = new Map(leaves(edition));
        const same = [...leaves(translated)].filter(
          ([place, text]) =>
            before.get(place) === text &&
            /(^|\s)(a|and|by|for|from|is|of|on|the|to|with)\s/i.test(text) &&
            !STAYS.some(stays => stays.test(place)),
        );
        assert.deepEqual(same, []);
      });

      test(`${edition.id}: only its texts change`, () => {
        const before = new Map(leaves(edition));
        const after = new Map(leaves({ ...translated, english: undefined }));
        assert.deepEqual([...after.keys()], [...before.keys()]);
        for (const [place, text] of before)
          if (after.get(place) !== text) assert.ok(translations.has(text), `${place}: ${text}`);
      });

      test(`${edition.id}: features can still be told apart`, () => {
        const titles = translated.features.map(({ title }) => title);
        assert.equal(new Set(titles).size, titles.length, titles.join(', '));
      });
    }

    test('no translation is left over', () => {
      assert.deepEqual(
        [...translations.keys()].filter(text => !english.has(text)),
        [],
      );
    });

    test('sentences stay sentences', () => {
      const ends = [...translations].filter(([from, to]) => from.endsWith('.') !== to.endsWith('.'));
      assert.deepEqual(ends, []);
      const begins = [...translations.values()].filter(text => !/^[\p{Lu}\d*]/u.test(text));
      assert.deepEqual(begins, []);
    });
  });
}

describe('the check of a language', () => {
  const problems = (from: string, to: string) =>
    checkLanguage({ id: 'de', texts: { notes: { [from]: to } } });

  for (const [from, to] of [
    ['Use aka.ms.', 'Verwenden Sie aka.example.'],
    ['Use *.a.example.', 'Verwenden Sie *.b.example.'],
    ['Use http://, not the rest.', 'Verwenden Sie https://, nicht den Rest.'],
    ['Open port 80.', 'Öffnen Sie Port 8080.'],
    ['It runs Test-NetConnection.', 'Es läuft Test-Verbindung.'],
    ['Opens SMB.', 'Öffnet Freigaben.'],
    ['Signs in to Microsoft Entra ID.', 'Meldet sich bei Microsoft Eintritt ID an.'],
  ] as const)
    test(`names what changed: ${to}`, () => {
      assert.match(problems(from, to)[0] ?? '', /^same-names: .* changes .*: write it as there\.$/);
    });

  test('lets words change', () => {
    assert.deepEqual(problems('Asks a.example on port 80.', 'Fragt a.example auf Port 80.'), []);
  });

  test('names a text that stands twice', () => {
    const texts = { notes: { One: 'Eins' }, risks: { One: 'Eins' } };
    assert.match(checkLanguage({ id: 'de', texts }).join('\n'), /^no-duplicates: "One" stands twice/);
  });
});

/** Every text in it, by its place. */
function* leaves(value: unknown, place = ''): Generator<readonly [string, string]> {
  if (typeof value === 'string') yield [place, value];
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value))
      yield* leaves(inner, place === '' ? key : `${place}.${key}`);
}

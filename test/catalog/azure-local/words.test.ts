import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { checkFile } from '../../../src/catalog/tools/checks/checks.ts';

interface Component {
  id: string;
  names: string[];
}

interface Draft {
  components: [Component, Component, ...Component[]];
  linked: [{ id: string }, ...{ id: string }[]];
  purposes: Record<string, string>;
  risks: Record<string, string>;
  sources: Record<string, { title: string; date?: string }>;
  changes: [{ source: string }, ...{ source: string }[]];
}

const NAME = 'azure-local.json';
const shipped = readFileSync(`src/catalog/${NAME}`, 'utf8');
/** A source without a date. */
const PAGE = { title: 'Page', repository: 'a/b', path: 'c.md', commit: 'a'.repeat(40) };
const check = (words: unknown): readonly string[] => checkFile('azure-local', NAME, words);

const MISTAKES: readonly (readonly [string, (words: Draft) => void, RegExp])[] = [
  [
    'two components with one id',
    words => words.components.push({ ...structuredClone(words.components[0]), names: ['Other'] }),
    /unique-ids: component "deployment" is there twice: join them/,
  ],
  [
    'a linked service with the id of a component',
    words => words.linked.push({ ...structuredClone(words.linked[0]), id: 'deployment' }),
    /unique-ids: component "deployment" is there twice: join them/,
  ],
  [
    'a name of two components',
    words => words.components[1].names.push('Azure Local deployment'),
    /unique-ids: two components have the name "Azure Local deployment": leave it to one/,
  ],
  [
    'a purpose of no host',
    words => (words.purposes['https://aka.ms'] = 'Links.'),
    /host-form: host "https:\/\/aka\.ms" has a scheme/,
  ],
  [
    'a risk of no host',
    words => (words.risks['*.a.example/'] = 'All.'),
    /host-form: host "\*\.a\.example\/" has a slash/,
  ],
  [
    'a change without its source',
    words => (words.changes[0].source = 'hearsay'),
    /known-sources: the source "hearsay" is named, and is not there/,
  ],
  [
    'a source that backs nothing',
    words => (words.sources['more'] = { ...PAGE }),
    /known-sources: source "more" backs nothing/,
  ],
  [
    'a change without a date',
    words => (words.sources['change-2026-07-14'] = { ...PAGE }),
    /dates: the change "change-2026-07-14" has no date/,
  ],
  [
    'a word too many',
    words => Object.assign(words, { colours: [] }),
    /schema: the file has the unknown key "colours"/,
  ],
];

describe('checks of the words for published lists', () => {
  test('what ships is well', () => {
    assert.deepEqual(check(JSON.parse(shipped)), []);
  });

  for (const [mistake, make, message] of MISTAKES)
    test(`finds ${mistake}`, () => {
      const words = JSON.parse(shipped) as Draft;
      make(words);
      const found = check(words);
      assert.ok(
        found.some(each => each.startsWith(`${NAME}: `) && message.test(each)),
        found.join('\n'),
      );
    });
});

import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const APP = join(__dirname, '../..');

/** Tables that have no search, filters, groups and copy of their own, and where those stand instead, or why there are none. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'rule-table.component.html':
    'one a feature: the page filters, sorts and keeps for all; a rule is copied in its details',
  'own-rule-table.component.ts':
    'the page filters and sorts it with the published rules; the export copies it',
  'change-table.component.ts':
    'one a kind of change: changes-panel searches, filters, sorts and copies all three',
  'result-matrix.component.html':
    'a grid: result-filter beside it, Ctrl+C for a cell, the details pane for a row',
  'result-details.component.html': 'at most six steps of one measurement, copied with the result',
  'endpoint-ways.component.ts': 'at most five ways of one measurement, in the order in which they are tried',
};
/** Those whose headings do not sort. */
const UNSORTED = ['result-details.component.html', 'endpoint-ways.component.ts'];

const files = globSync('**/*.component.{html,ts}', { cwd: APP }).map(path => ({
  name: basename(path),
  text: readFileSync(join(APP, path), 'utf8'),
}));
const tables = files.filter(({ text }) => /<table\b|role="grid"/.test(text));

it('finds the tables of the product', () => {
  expect(tables.length).toBeGreaterThan(12);
  const names = tables.map(({ name }) => name);
  expect(Object.keys(ELSEWHERE).filter(name => !names.includes(name))).toEqual([]);
});

it.each(tables.map(({ name, text }) => [name, text] as const))(
  '%s has search, filters and copy, or says where they are',
  (name, text) => {
    if (ELSEWHERE[name] === undefined) expect(text).toContain('<oc-table-tools');
  },
);

it.each(tables.map(({ name, text }) => [name, text] as const))('%s sorts by its headings', (name, text) => {
  if (!UNSORTED.includes(name)) expect(text).toMatch(/oc-heading-row|<oc-sort-heading/);
});

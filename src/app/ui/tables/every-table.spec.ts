import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const APP = join(__dirname, '../..');

/**
 * Tables that are no `oc-line-table`, and so have no search, filters, groups and copy of their own: where those stand
 * instead, or why there are none.
 */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'rule-table.component.html':
    'one a feature: the page filters, sorts and keeps for all; a rule is copied in its details',
  'own-rule-table.component.ts':
    'the page filters and sorts it with the published rules; the export copies it',
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
/** What every line table is. */
const FRAME = 'line-table.component.html';
const tables = files.filter(({ name, text }) => name !== FRAME && /<table\b|role="grid"/.test(text));
const lineTables = files.filter(({ text }) => text.includes('<oc-line-table'));

it('finds the tables of the product', () => {
  expect(lineTables.length).toBeGreaterThan(9);
  const names = tables.map(({ name }) => name);
  expect(Object.keys(ELSEWHERE).filter(name => !names.includes(name))).toEqual([]);
});

it('has search, filters and copy in what every line table is', () => {
  const frame = files.find(({ name }) => name === FRAME)?.text;
  expect(frame).toContain('<oc-table-tools');
  expect(frame).toContain('oc-heading-row');
});

it.each(lineTables.map(({ name, text }) => [name, text] as const))(
  '%s has these tools of its own, or one for several tables',
  (_, text) => {
    expect(!text.includes('[tools]') || /TableToolsComponent|<oc-table-tools/.test(text)).toBe(true);
  },
);

it.each(tables.map(({ name }) => name))('%s says where search, filters and copy are', name => {
  expect(ELSEWHERE[name]).toBeDefined();
});

it.each(tables.map(({ name, text }) => [name, text] as const))('%s sorts by its headings', (name, text) => {
  if (!UNSORTED.includes(name)) expect(text).toMatch(/oc-heading-row|<oc-sort-heading/);
});

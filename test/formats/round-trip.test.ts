import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCatalog } from '../../src/catalog/tools/read-catalog.ts';
import { allLists, AWKWARD_ROWS, doorName, loadFormats, saidRows, textFile } from './format-code.ts';

const code = await loadFormats();

/** Our own files through the reader of what a network team has: all that a file says is covered, and nothing is wider. */
describe('coverage of our own files', () => {
  for (const format of [
    'bicep',
    'arm',
    'terraform',
    'squid',
    'suricata',
    'fortigate',
    'palo-alto',
    'markdown',
  ])
    it(`finds in ${format} what it says, and nothing else, for every list`, () => {
      for (const { name, rows } of [...allLists(code), { name: 'awkward', rows: AWKWARD_ROWS }]) {
        const file = textFile(code, format, rows);
        const have = code.readHave(file.content);
        assert.deepEqual(have.unread, [], name);
        const said = saidRows(rows, file);
        const coverage = code.coverageOf(said, have);
        assert.deepEqual(
          coverage.rows.filter(({ state }) => state !== 'covered').map(({ row }) => doorName(row)),
          [],
          name,
        );
        assert.deepEqual(
          coverage.excess.map(({ entry }) => entry.text),
          [],
          name,
        );
      }
    });

  for (const format of ['json', 'csv'] as const)
    it(`finds in ${format} what it says, and nothing else, for every edition, cloud, region and vendor`, () => {
      let lists = 0;
      for (const edition of readCatalog()) {
        const { id, clouds, regions = [], vendors = [] } = edition as unknown as Edition;
        for (const cloud of clouds)
          for (const region of [
            undefined,
            ...regions.filter(each => each.cloud === cloud).map(each => each.id),
          ])
            for (const vendor of [undefined, ...vendors.map(each => each.id)]) {
              const choice = { cloud, ...(region && { region }), ...(vendor && { vendor }) };
              const { text, rows } = code.listText(edition, choice, format);
              if (rows.length === 0) continue;
              const name = [id, cloud, region, vendor].join(' ');
              const have = code.readHave(text);
              assert.deepEqual(have.unread, [], name);
              const coverage = code.coverageOf(rows, have);
              assert.deepEqual(
                coverage.rows.filter(({ state }) => state !== 'covered').map(({ row }) => doorName(row)),
                [],
                name,
              );
              assert.deepEqual(
                coverage.excess.map(({ entry }) => entry.text),
                [],
                name,
              );
              lists += 1;
            }
      }
      assert.ok(lists > 20, `${lists} lists`);
    });
});

interface Edition {
  readonly id: string;
  readonly clouds: readonly string[];
  readonly regions?: readonly { readonly id: string; readonly cloud: string }[];
  readonly vendors?: readonly { readonly id: string }[];
}

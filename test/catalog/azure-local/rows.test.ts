import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Edition, Rule } from '../../../scripts/catalog-checks/edition.ts';
import { runImport } from '../../../scripts/catalog/import/run-import.ts';
import { FOLDER, importArguments, storedEditions, type StoredList } from './stored-lists.ts';

/** The published lists are not part of the project beyond their facts; where they are at hand, the two are compared. */
const REFERENCE = '../shared/reference/azure-local';

/** A cell of a list, read without the importer: lines and tabs are all there is to it. */
interface Row {
  readonly section: string;
  readonly url: string;
  readonly port: string;
  readonly arcGateway: string;
  readonly requiredFor: string;
}

function rowsOf({ file }: StoredList): readonly Row[] {
  const lines = readFileSync(join(FOLDER, file), 'utf8').split('\n');
  return lines.slice(2).flatMap(line => {
    const [id, component = '', url = '', port = '', arcGateway = '', requiredFor = ''] = line.split('\t');
    return id === undefined || id === ''
      ? []
      : [{ section: `${component}, row ${id}`, url, port, arcGateway, requiredFor }];
  });
}

/** The doors that a row names, by the rules of reading that docs/catalog.md states. */
function doorsOf({ url, port }: Row): readonly string[] {
  const host = url
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '')
    .replace(/^<?your[a-z]+>?\./, '*.')
    .toLowerCase();
  return port.split(',').map(each => `${host}:${each.trim()}`);
}

const doorOf = ({ host, port }: Rule): string => `${host}:${port}`;

for (const stored of storedEditions()) {
  const name = `${stored.edition}.json`;
  const shipped = readFileSync(join('src/catalog/editions', name), 'utf8');
  const edition = JSON.parse(shipped) as Edition;
  const rules = new Map(edition.rules.map(rule => [rule.id, rule]));
  const uses = edition.features.flatMap(feature => feature.uses ?? []);

  const sourceNames = stored.lists.map(list => list.region ?? `oem-${list.vendor ?? ''}`);

  describe(stored.edition, () => {
    for (const list of stored.lists) {
      const source = list.region ?? `oem-${list.vendor ?? ''}`;
      const rows = rowsOf(list);
      const cited = uses.flatMap(use =>
        use.origins
          .filter(origin => origin.source === source)
          .map(origin => ({
            rule: rules.get(use.rule),
            use,
            origin: origin as typeof origin & { section: string },
          })),
      );

      test(`accounts for every row of ${list.file}`, () => {
        assert.ok(rows.length > 1);
        for (const row of rows) {
          // One list has a number twice.
          const found = cited.filter(
            ({ origin }) => origin.section === row.section && origin.asWritten.url === row.url,
          );
          assert.deepEqual(
            found.map(({ rule }) => rule && doorOf(rule)).sort(),
            [...doorsOf(row)].sort(),
            row.section,
          );
          for (const { origin } of found)
            assert.deepEqual(origin.asWritten, {
              url: row.url,
              port: row.port,
              arcGateway: row.arcGateway,
              requiredFor: row.requiredFor,
            });
        }
      });

      test(`lists nothing for ${source} that no row names, and only there`, () => {
        const sections = new Set(rows.map(row => row.section));
        for (const { origin, use } of cited) {
          assert.ok(sections.has(origin.section), origin.section);
          assert.deepEqual(origin.regions, list.region === undefined ? undefined : [list.region]);
          if (list.region !== undefined && use.regions !== undefined)
            assert.ok(use.regions.includes(list.region), use.rule);
        }
      });

      test(
        `has ${list.file} as it was published`,
        { skip: !existsSync(REFERENCE) && 'the lists are not here' },
        () => {
          assert.equal(
            readFileSync(join(FOLDER, list.file), 'utf8'),
            readFileSync(join(REFERENCE, list.file), 'utf8'),
          );
        },
      );
    }

    test('every use has origins of these lists alone', () => {
      const known = new Set(sourceNames);
      for (const use of uses)
        assert.ok(
          use.origins.every(({ source }) => known.has(source)),
          use.rule,
        );
    });

    test('is what the importer makes of them', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'catalog-import-'));
      after(() => rmSync(folder, { recursive: true }));
      for (const list of stored.lists)
        assert.equal((await runImport(importArguments(stored, list, folder))).exitCode, 0, list.file);
      assert.deepEqual(
        JSON.parse(readFileSync(join(folder, name), 'utf8')),
        withoutHandwork(JSON.parse(shipped) as Record<string, unknown>, sourceNames),
      );
    });
  });
}

/** Without the parts that the importer leaves alone, and the sources that only they cite. */
function withoutHandwork(
  edition: Record<string, unknown>,
  lists: readonly string[],
): Record<string, unknown> {
  const parts = Object.entries(edition).filter(([key]) => key !== 'changes' && key !== 'internal');
  const sources = Object.entries(edition['sources'] as Record<string, unknown>);
  return {
    ...Object.fromEntries(parts),
    sources: Object.fromEntries(sources.filter(([name]) => lists.includes(name))),
  };
}

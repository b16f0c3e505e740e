import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Edition, Rule } from '../../../src/catalog/tools/checks/edition.ts';
import { runImport } from '../../../src/catalog/tools/import/run-import.ts';
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

/** Whether and when a row is needed. One row has an 8 where the others have the sign. */
function neededBy({ requiredFor }: Row): readonly [string, string | undefined] {
  switch (requiredFor.toLowerCase().replace(' 8 ', ' & ')) {
    case 'deployment':
      return ['required', 'deployment'];
    case 'post deployment':
      return ['required', 'after'];
    case 'deployment & post deployment':
      return ['required', 'both'];
    default:
      return [requiredFor === 'Download Connector' ? 'optional' : '', undefined];
  }
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
          for (const { use } of found)
            assert.deepEqual(
              [use.requirement, use.when, use.arcGateway],
              [...neededBy(row), /^yes/i.test(row.arcGateway)],
              row.section,
            );
        }
      });

      test(`lists nothing for ${source} that no row names, and only there`, () => {
        const named = new Set(rows.map(row => `${row.section}: ${row.url}`));
        for (const { origin, use } of cited) {
          assert.ok(named.has(`${origin.section}: ${origin.asWritten.url}`), origin.section);
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

    test('needs each rule in just the regions whose lists have it', () => {
      for (const use of uses.filter(each => each.origins.some(origin => origin.regions !== undefined))) {
        const clouds = use.clouds ?? rules.get(use.rule)?.clouds ?? [];
        const needed = (edition.regions ?? [])
          .filter(({ cloud }) => clouds.includes(cloud))
          .map(({ id }) => id)
          .filter(id => use.regions?.includes(id) ?? true);
        const listed = new Set(use.origins.flatMap(origin => origin.regions ?? []));
        assert.deepEqual([...listed].sort(), needed.sort(), use.rule);
      }
    });

    test('is byte for byte what the importer makes of them, whichever comes first', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'catalog-import-'));
      after(() => rmSync(folder, { recursive: true }));
      for (const list of [...stored.lists].reverse())
        assert.equal((await runImport(importArguments(stored, list, folder))).exitCode, 0, list.file);
      // Not assert.equal, whose message would be the whole of both.
      assert.ok(
        readFileSync(join(folder, name), 'utf8') === shipped,
        'it is not: import the stored lists again',
      );
    });
  });
}

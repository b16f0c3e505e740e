import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { type CatalogFileKind, checkFile } from '../../../src/catalog/tools/checks/checks.ts';
import type { HostsFile } from '../../../src/catalog/tools/checks/files/hosts.ts';
import { commonProblems, protocolProblems } from '../../../src/catalog/tools/checks/whole-catalog.ts';
import type { EditionFile } from '../../../src/catalog/tools/compose.ts';
import { readWords } from '../../../src/catalog/tools/import/words.ts';
import { readCatalog } from '../../../src/catalog/tools/read-catalog.ts';

const read = (name: string): unknown => JSON.parse(readFileSync(`src/catalog/${name}.json`, 'utf8'));

/** Takes the first value away that a path leads to; `*` is each key of an object or list in turn. Whether there was one. */
function take(from: unknown, [key = '', ...rest]: readonly string[]): boolean {
  if (typeof from !== 'object' || from === null) return false;
  if (key === '*') return Object.values(from).some(each => take(each, rest));
  if (!Object.hasOwn(from, key)) return false;
  return rest.length > 0 ? take(Reflect.get(from, key), rest) : Reflect.deleteProperty(from, key);
}

const REGIONAL = 'editions/azure-local-2026-07';

/** The facts that docs/catalog.md asks for: a file, where one stands, and what is said when it is gone. */
const FACTS: readonly (readonly [CatalogFileKind, string, string, RegExp])[] = [
  ['edition', 'editions/2022-01', 'sources.*.date', /source "[\w-]+" has no date: .*"undated"/],
  ['list', 'lists/qualys', 'sources.*.date', /source "[\w-]+" has no date/],
  ['internal', 'internal/azure-local', 'sources.*.date', /source "[\w-]+" has no date/],
  ['hosts', 'hosts', 'sources.*.date', /source "[\w-]+" has no date/],
  ['hosts', 'hosts', 'sources.wac-in-portal.undated', /source "wac-in-portal" has no date/],
  ['certificate-authorities', 'certificate-authorities', 'sources.*.date', /source "[\w-]+" has no date/],
  ['public-authorities', 'public-authorities', 'sources.*.date', /date/],
  ['http-evidence', 'http-evidence', 'sources.ncsi.undated', /source "ncsi" has no date/],
  ['later', 'later', 'sources.*.date', /source "[\w-]+" has no date/],
  ['azure-local', 'azure-local', 'sources.*.date', /source "[\w-]+" has no date/],
  ['manifest', 'validator/azure-local-2026-07/eastus', 'source.date', /source "source" has no date/],
  ['edition', REGIONAL, 'bypassInspection.text', /does not say what the product says of TLS inspection: add/],
  ['azure-local', 'azure-local', 'bypassInspection.text', /does not say what the product says/],
  ['edition', REGIONAL, 'internal', /it has no rules inside the network/],
  ['edition', REGIONAL, 'features.*.optIn', /takes a list of its own: say in "optIn"/],
  ['azure-local', 'azure-local', 'linked.*.optIn', /takes a list of its own: say in "optIn"/],
  ['edition', REGIONAL, 'features.*.uses.*.when', /say in "when" at which time it is needed/],
  ['edition', REGIONAL, 'features.*.uses.*.arcGateway', /say in "arcGateway" whether Arc gateway carries it/],
  ['edition', REGIONAL, 'features.*.uses.*.regions', /whose lists do not name it: say in "regions" where/],
  ['edition', REGIONAL, 'features.*.uses.*.origins.*.regions', /say in "regions" of its origins whose list/],
  [
    'edition',
    REGIONAL,
    'features.*.uses.*.origins.*.asWritten.port',
    /say in "asWritten" which one this row/,
  ],
  ['edition', REGIONAL, 'features.*.uses.*.origins.*.asWritten.arcGateway', /what the list has for "arcG/],
  ['edition', REGIONAL, 'features.*.uses.*.origins.*.asWritten.requiredFor', /what the list has for "requ/],
  ['edition', REGIONAL, 'rules.*.placeholder', /has a part that each cluster has its own of: name it in/],
  ['edition', 'editions/2022-01', 'rules.*.placeholder', /has a part that each cluster has its own of/],
  ['list', 'lists/azure-monitor-agent', 'rules.*.placeholder', /has a part that each cluster has its own of/],
  ['later', 'later', 'added.*.placeholder', /say in "placeholder" which part is the cluster's own/],
  ['later', 'later', 'added.*.when', /does not say in which phase it is needed: add "when"/],
  ['list', 'lists/disconnected-appliance', 'rules.*.authority', /say who signs for it in "authority"/],
  [
    'list',
    'lists/azure-portal-2026',
    'rules.*.risk',
    /opens other customers' endpoints too: say so in "risk"/,
  ],
];

describe('a fact that docs/catalog.md asks for is missed when it is absent', () => {
  for (const [kind, name, path, message] of FACTS)
    test(`${name}: ${path}`, () => {
      const json = read(name);
      const file = `src/catalog/${name}.json`;
      assert.deepEqual(checkFile(kind, file, json), []);
      assert.ok(take(json, path.split('.')), 'the file has none');
      const found = checkFile(kind, file, json);
      assert.match(found.join('\n'), message);
      assert.ok(found.every(each => each.startsWith(`${file}: `)));
    });

  test('an edition by region: each linked service and change of azure-local.json up to its date', () => {
    const words = readWords();
    const edition = read(REGIONAL) as Parameters<typeof commonProblems>[0];
    assert.deepEqual(commonProblems(edition, words), []);
    const found = commonProblems(
      {
        ...edition,
        features: edition.features.filter(({ id }) => id !== 'remote-support'),
        changes: edition.changes?.slice(1),
      },
      words,
    ).join('\n');
    assert.match(found, /it lacks the linked service "remote-support" of azure-local\.json: import/);
    assert.match(found, /it does not tell of the change "[\w-]+" of azure-local\.json/);
    assert.deepEqual(commonProblems(read('editions/2022-01') as EditionFile, words), []);
  });

  test('a representative of a host on several protocols: over which it was shown', () => {
    const hosts = read('hosts') as HostsFile;
    const editions = readCatalog();
    assert.deepEqual(protocolProblems(hosts, editions), []);
    assert.ok(take(hosts, ['hosts', '*.delivery.mp.microsoft.com', 'representatives', '*', 'protocol']));
    assert.match(
      protocolProblems(hosts, editions).join('\n'),
      /"\*\.delivery\.mp\.microsoft\.com" stands on several protocols: say in "protocol" over which "fe3\./,
    );
  });
});

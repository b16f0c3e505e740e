import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { composeWhole, readCatalog, readJson, readParts } from '../../../src/catalog/tools/read-catalog.ts';
import type { EditionFile } from '../../../src/catalog/tools/compose.ts';
import { coverageProblems, uselessExceptions } from '../../../src/catalog/tools/validator/coverage.ts';
import type { ManifestFile } from '../../../src/catalog/tools/validator/manifest.ts';
import { manifestsOf } from '../../../src/catalog/tools/validator/read-manifests.ts';

/** Manifests as they were handed over; where they are at hand, each row is held against the list. */
const REFERENCE = '../shared/reference/validator';
const NEWEST = 'azure-local-2026-07';

interface Use {
  readonly rule: string;
  readonly clouds: readonly string[];
  readonly regions?: readonly string[];
  readonly arcGateway?: boolean;
  readonly correction?: { readonly field: string; readonly reason: string; readonly source: string };
  readonly note?: { readonly text: string };
  readonly blocks?: { readonly what: readonly string[]; readonly severity: string };
}

interface Region {
  readonly id: string;
  readonly cloud: string;
  readonly azureName?: string;
}

const edition = readCatalog().find(({ id }) => id === NEWEST);
assert.ok(edition);
const { features, rules } = edition;
const parts = readParts();
const regions = edition['regions'] as readonly Region[];
const hosts = new Map(rules.map(rule => [rule.id, rule]));

/** Uses that hold in a region, without vendors and what must be chosen, each with its rule. */
function usesIn({ id, cloud }: Region) {
  return features
    .filter(feature => feature['vendor'] === undefined && feature['optIn'] === undefined)
    .flatMap(feature => feature.uses as unknown as readonly Use[])
    .filter(use => use.clouds.includes(cloud) && (use.regions?.includes(id) ?? true))
    .flatMap(use => {
      const rule = hosts.get(use.rule);
      return rule === undefined ? [] : [{ use, ...rule }];
    });
}

/** Read without the product's own code: a star stands for one label or more, within a label for its end. */
function opens(pattern: string, host: string): boolean {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return pattern === host;
  return before === ''
    ? host.endsWith(after) && host.length > after.length
    : host.startsWith(before) && host.endsWith(after) && host.split('.').length === after.split('.').length;
}

function excused(endpoint: string, name: string): boolean {
  return parts.validator.exceptions.some(
    each => (each.endpoint ?? endpoint) === endpoint && (each.check ?? name) === name && each.reason !== '',
  );
}

function accountFor(endpoint: string, protocol: string, name: string, region: Region): string | undefined {
  if (excused(endpoint, name)) return undefined;
  const [authority = ''] = endpoint.split(/[/?]/);
  const [host = '', port = protocol === 'https' ? '443' : '80'] = authority.split(':');
  const open = usesIn(region).some(rule => rule.port === Number(port) && opens(rule.host, host));
  return open ? undefined : `${endpoint} in ${region.id}`;
}

describe('what the validator checks', () => {
  const stored = manifestsOf(NEWEST, parts.manifests);

  test('there is a manifest for each region, and the scopes of several', () => {
    assert.deepEqual(
      stored.map(({ region }) => region).sort(),
      [...regions.map(({ id }) => id), 'azurelocal', 'global'].sort(),
    );
  });

  for (const region of regions)
    test(`is open in ${region.id}, or excused with a reason`, () => {
      const own = stored.filter(
        manifest =>
          manifest.region === region.id || (region.cloud === 'public' && manifest.region === 'global'),
      );
      const missing = own
        .flatMap(({ rows }) => rows)
        .flatMap(({ endpoint, protocol, name }) => accountFor(endpoint, protocol, name, region) ?? []);
      assert.deepEqual(missing, []);
    });

  test('is what the check of the catalog finds, too', () => {
    assert.deepEqual(coverageProblems(edition, stored, parts.validator), []);
    assert.deepEqual(uselessExceptions(stored, parts.validator), []);
  });

  test('is missed by the check where it is not open, and so is an exception for nothing', () => {
    const file = readJson(`src/catalog/editions/${NEWEST}.json`) as EditionFile;
    const bare = composeWhole(file, { ...parts, manifests: new Map() });
    const missed = coverageProblems(bare, stored, parts.validator);
    assert.ok(
      missed.some(problem =>
        /^graph\.microsoft\.us \(Azure_Local_Authentication\) .* not covered in usgovvirginia: import the manifest/.test(
          problem,
        ),
      ),
      missed.join('\n'),
    );
    assert.match(
      uselessExceptions(stored, {
        ...parts.validator,
        exceptions: [{ endpoint: 'a.example', reason: 'No.' }],
      })[0] ?? '',
      /the exception for a\.example excuses no row of any manifest: take it out/,
    );
    const elsewhere = { ...(stored[0] as ManifestFile), region: 'atlantis' };
    assert.match(
      coverageProblems(edition, [elsewhere], parts.validator)[0] ?? '',
      /"atlantis" is of no region .*: import the region's list first/,
    );
  });

  test('names US Gov Virginia’s twelve, and the update services, as added by the validator', () => {
    const gov = regions.find(({ id }) => id === 'usgovvirginia');
    assert.ok(gov);
    const added = usesIn(gov).filter(({ use }) => use.correction?.field === 'added');
    for (const host of [
      'analysisservice.watson.azure.us',
      'arm-fdweb.usdodeast.cloudapp.usgovcloudapi.net',
      'clusterconfig-virginia.usgovvirginia.cloudapp.usgovcloudapi.net',
      'fp1phx.prod.microsoftmetrics.us',
      'global.handler.control.monitor.azure.us',
      'graph.microsoft.us',
      'pasff.usgovcloudapi.net',
      'portal.azure.us',
      'usgovarizona-mdm.prod.hot.ingest.monitor.core.usgovcloudapi.net',
      'usgv-gas.guestconfiguration.azure.us',
      'slscr.update.microsoft.com',
      'fe2cr.update.microsoft.com',
      'fe3cr.delivery.mp.microsoft.com',
    ]) {
      const found = added.find(each => each.host === host);
      assert.equal(found?.use.correction?.source, 'validator.usgovvirginia', host);
      assert.equal(found.use.blocks?.severity, 'critical', host);
    }
  });

  test('is listed beside the published host of the same purpose, and both say so', () => {
    const gov = regions.find(({ id }) => id === 'usgovvirginia');
    assert.ok(gov);
    for (const { validator, published } of parts.validator.pairs) {
      const asked = usesIn(gov).filter(({ host }) => host === validator);
      assert.ok(
        asked.some(({ use }) => published.every(host => use.correction?.reason.includes(host))),
        validator,
      );
      for (const host of published) {
        const listed = usesIn(gov).filter(each => each.host === host);
        assert.ok(listed.length > 0, host);
        assert.ok(
          listed.every(({ use }) => use.note?.text.includes(validator)),
          host,
        );
      }
    }
    const east = regions.find(({ id }) => id === 'eastus');
    assert.ok(east);
    assert.ok(usesIn(east).every(({ use }) => use.note === undefined));
  });

  const names = existsSync(REFERENCE) ? readdirSync(REFERENCE).filter(name => name.endsWith('.tsv')) : [];
  for (const name of names)
    test(`has every row of ${name} as it was handed over`, () => {
      const lines = readFileSync(join(REFERENCE, name), 'utf8').split('\n').slice(2);
      const region = name.replace('.tsv', '');
      const places = regions.filter(
        ({ id, cloud }) => id === region || (region === 'global' && cloud === 'public'),
      );
      for (const line of lines.filter(each => each !== '')) {
        const [endpoint = '', protocol = '', severity = '', , operation = '', , , check = ''] =
          line.split('\t');
        if (region === 'azurelocal')
          assert.ok(excused(endpoint, check) || rules.some(({ host }) => host === endpoint), endpoint);
        for (const place of places)
          assert.equal(accountFor(endpoint, protocol, check, place), undefined, endpoint);
        const row = stored
          .find(manifest => manifest.region === region)
          ?.rows.find(each => each.endpoint === endpoint && each.name === check);
        assert.equal(row?.severity, severity.toLowerCase(), line);
        assert.equal(row.operations.join(), operation, line);
      }
    });
});

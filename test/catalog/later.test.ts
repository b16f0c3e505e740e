import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { checkFile } from '../../src/catalog/tools/checks/checks.ts';
import { type LaterFile, withLater } from '../../src/catalog/tools/later.ts';
import { readCatalog } from '../../src/catalog/tools/read-catalog.ts';

const later = JSON.parse(readFileSync('src/catalog/later.json', 'utf8')) as LaterFile;
const byRegion = readCatalog().filter(edition => edition['regions'] !== undefined);

interface Use {
  readonly rule: string;
  readonly clouds: readonly string[];
  readonly when?: string;
  readonly arcGateway?: boolean;
  readonly alternative?: string;
  readonly notRedirected?: { readonly section: string };
  readonly placeholder?: { readonly name: string };
  readonly correction?: { readonly field: string; readonly source: string };
}

function usesOf(edition: (typeof byRegion)[number], host: string) {
  const rules = new Map(edition.rules.map(rule => [rule.id, rule]));
  return edition.features.flatMap(feature =>
    (feature.uses as unknown as readonly Use[])
      .filter(use => rules.get(use.rule)?.host === host)
      .map(use => ({
        ...use,
        feature: feature.id,
        vendor: feature['vendor'],
        list: feature['optIn'] === true,
        port: rules.get(use.rule)?.port,
      })),
  );
}

describe('what later sources say of the lists by region', () => {
  for (const edition of byRegion) {
    test(`${edition.id}: the witness has a use of its own, which Arc gateway does not carry`, () => {
      const [witness] = usesOf(edition, '*.blob.core.windows.net').filter(
        ({ feature }) => feature === 'cloud-witness',
      );
      assert.equal(witness?.placeholder?.name, 'witness-account');
      assert.equal(witness.arcGateway, false);
      assert.equal(witness.correction?.source, 'later.arc-gateway');
      // Files of the deployment are under the whole wildcard, which the gateway carries.
      const [list] = usesOf(edition, '*.blob.core.windows.net').filter(
        ({ feature }) => feature === 'deployment',
      );
      assert.equal(list?.placeholder, undefined);
      assert.equal(list?.arcGateway, true);
    });

    test(`${edition.id}: what the gateway's page names is marked, and not carried`, () => {
      for (const host of [
        'aka.ms',
        'login.microsoftonline.com',
        'gbl.his.arc.azure.com',
        'ocsp.digicert.com',
      ])
        for (const use of usesOf(edition, host).filter(
          ({ clouds, list }) => clouds.includes('public') && !list,
        ))
          assert.match(
            use.notRedirected?.section ?? '',
            /^Azure Local endpoints not redirected, row \d+$/,
            host,
          );
    });

    test(`${edition.id}: a finding of the validation has its phase and its source`, () => {
      const uses = usesOf(edition, 'internetbeacon.msedge.net');
      assert.deepEqual(
        uses.map(({ port, when, correction }) => [port, when, correction?.source]),
        [
          [80, 'deployment', 'later.network-port'],
          [443, 'deployment', 'later.network-port'],
        ],
      );
    });

    test(`${edition.id}: the redirection behind aka.ms is with each vendor's rules`, () => {
      const vendors = edition.features.filter(feature => feature['vendor'] !== undefined);
      const uses = usesOf(edition, 'redirectiontool.trafficmanager.net').filter(
        each => each.vendor !== undefined,
      );
      assert.equal(uses.length, vendors.length);
      for (const use of uses) assert.equal(use.correction?.source, 'later.update-discovery');
    });

    test(`${edition.id}: an alternative says so`, () => {
      const own = usesOf(edition, 'azgn*.servicebus.windows.net').filter(
        ({ feature }) => feature === 'arc-servers',
      );
      assert.ok(own.length > 0);
      for (const use of own)
        assert.match(use.alternative ?? '', /not needed where \*\.servicebus\.windows\.net is allowed/);
    });
  }

  test('an edition without regions is left alone', () => {
    const edition = { id: '2030-01', sources: {}, features: [], rules: [] };
    assert.equal(withLater(edition, later), edition);
  });

  test('a list that says that the gateway carries it does not win over the gateway’s own page', () => {
    const rule = {
      id: 'aka',
      host: 'aka.ms',
      port: 443,
      protocol: 'https',
      clouds: ['public'],
      scheme: false,
    };
    const edition = {
      ...{ id: '2030-01', regions: [], clouds: ['public'], sources: {}, rules: [rule] },
      features: [{ id: 'one', kind: 'rules', links: [], uses: [{ rule: 'aka', arcGateway: true }] }],
    };
    const [use] = withLater(edition, later).features.find(({ id }) => id === 'one')?.uses ?? [];
    assert.equal(use?.['arcGateway'], false);
  });

  test('its check finds what does not fit', () => {
    const broken = {
      ...later,
      sources: { ...later.sources, more: later.sources['arc-gateway'] },
      gateway: { ...later.gateway, source: 'hearsay', rows: [{ row: 1, url: 'x', host: 'a b.example' }] },
    };
    const found = checkFile('later', 'later.json', broken);
    for (const message of [
      /host-form: host "a b\.example"/,
      /source "hearsay" is named/,
      /source "more" backs nothing/,
    ])
      assert.ok(
        found.some(problem => message.test(problem)),
        found.join('\n'),
      );
    assert.deepEqual(checkFile('later', 'later.json', later), []);
  });
});

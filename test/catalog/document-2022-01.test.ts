import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { Edition as CheckedEdition, Rule } from '../../scripts/catalog-checks/edition.ts';
import { type DocumentFacts, extractDocument, type Fact } from './extract-document.ts';

interface Edition extends CheckedEdition {
  readonly published: string;
}

const edition = JSON.parse(readFileSync('src/catalog/editions/2022-01.json', 'utf8')) as Edition;
const document = JSON.parse(readFileSync('test/catalog/document-2022-01.json', 'utf8')) as DocumentFacts;
/** The document itself is not part of the project; where it is at hand, the data is compared with it. */
const SOURCE = '../shared/source/000_58fdfda1dfe0493e.txt';
const ALL = ['public', 'usgov', 'china'];

const rules = new Map(edition.rules.map(rule => [rule.id, rule]));
const uses = edition.features.flatMap(feature =>
  (feature.uses ?? []).map(use => {
    const rule = rules.get(use.rule);
    assert.ok(rule);
    return { feature: feature.id, use, rule };
  }),
);

/** Where an edition says that this URL stands in this section; the places are compared one by one. */
function usesOf(fact: Fact) {
  return uses.filter(
    ({ feature, use }) =>
      feature === fact.feature &&
      use.origins.some(
        origin =>
          origin.source === 'document' &&
          (origin as { section?: string }).section === fact.section &&
          origin.asWritten.url === fact.url &&
          origin.asWritten.port === fact.port,
      ),
  );
}

function isCorrected(rule: Rule, field: string): boolean {
  return rule.correction?.field === field && rule.correction.reason.length > 20;
}

/** The host that a URL of the document names, mistakes included. */
function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

describe('edition 2022-01', () => {
  test(
    'the data holds what the document says',
    { skip: existsSync(SOURCE) ? false : 'the document is not here' },
    () => {
      assert.deepEqual(document, JSON.parse(JSON.stringify(extractDocument(readFileSync(SOURCE, 'utf8')))));
    },
  );

  test('the data is whole: 11 required and 35 recommended rows, and 33 places in the text', () => {
    const inSection = (section: string) => document.facts.filter(fact => fact.section === section).length;
    assert.equal(inSection('Required URLs, Json'), 11);
    assert.equal(inSection('Recommended URLs, Json'), 35);
    assert.equal(inSection('Microsoft Update'), 14);
    assert.equal(inSection('Remote Support'), 9);
    assert.equal(document.facts.length, 83);
    assert.equal(document.links.length, 7);
  });

  for (const [at, fact] of document.facts.entries()) {
    test(`${at}: ${fact.url} in "${fact.section}" is listed, or corrected with a reason`, () => {
      const found = usesOf(fact);
      assert.ok(found.length > 0, 'no feature lists it with this place');
      for (const { use, rule } of found) {
        const clouds = use.clouds ?? rule.clouds;
        const sameHost = [rule.host, rule.placeholder?.host].includes(hostOf(fact.url));
        assert.ok(
          sameHost || isCorrected(rule, 'host') || isCorrected(rule, 'cloud'),
          `${rule.host} without a reason`,
        );
        if (fact.port !== undefined && fact.port !== String(rule.port)) assert.ok(isCorrected(rule, 'port'));
        if (fact.url.includes('://')) assert.equal(rule.protocol, fact.url.split(':')[0]);
        for (const cloud of fact.clouds) assert.ok(clouds.includes(cloud), `not listed for ${cloud}`);
      }
      // What the document does not tie to a cloud applies to all of them.
      if (fact.clouds.length === 0) {
        const covered = new Set(found.flatMap(({ use, rule }) => use.clouds ?? rule.clouds));
        assert.deepEqual([...covered].sort(), [...ALL].sort());
      }
    });
  }

  test('nothing is listed that the document does not name', () => {
    for (const { feature, use, rule } of uses) {
      const facts = document.facts.filter(fact =>
        usesOf(fact).some(each => each.use === use && each.feature === feature),
      );
      assert.ok(facts.length > 0, `${feature} uses ${rule.id}`);
      const stated = facts.every(fact => fact.clouds.length > 0)
        ? new Set(facts.flatMap(fact => fact.clouds))
        : new Set(ALL);
      for (const cloud of use.clouds ?? rule.clouds) assert.ok(stated.has(cloud), `${rule.id} in ${cloud}`);
    }
  });

  test('every place that the edition cites is in the document', () => {
    for (const { feature, use } of uses)
      for (const origin of use.origins.filter(each => each.source === 'document')) {
        const { section } = origin as unknown as { section: string };
        assert.ok(
          document.facts.some(
            fact =>
              fact.feature === feature &&
              fact.section === section &&
              fact.url === origin.asWritten.url &&
              fact.port === origin.asWritten.port,
          ),
          `${feature}: ${origin.asWritten.url} in ${section}`,
        );
      }
  });

  test('exactly the known mistakes of the document are corrected', () => {
    const corrected = edition.rules
      .filter(rule => rule.correction !== undefined)
      .map(rule => `${rule.correction?.field ?? ''} ${rule.host}`);
    assert.deepEqual(corrected.sort(), [
      'cloud *.blob.core.chinacloudapi.cn',
      'cloud *.blob.core.usgovcloudapi.net',
      'host dp.azurestackhci.azure.us',
      'listed windowsupdate.microsoft.com',
      'port *.download.windowsupdate.com',
      'port *.update.microsoft.com',
      'port *.windowsupdate.com',
      'port *.windowsupdate.microsoft.com',
      'port dl.delivery.mp.microsoft.com',
      'port download.windowsupdate.com',
      'port go.microsoft.com',
      'port ntservicepack.microsoft.com',
      'port wustat.windows.com',
    ]);
  });

  test('the features that the document only links have exactly its links', () => {
    const linked = edition.features.filter(feature => feature.kind === 'linked');
    assert.deepEqual(
      linked.flatMap(feature => (feature.links ?? []).map(link => ({ feature: feature.id, url: link.url }))),
      document.links,
    );
  });

  test('required is what the document requires, and no more', () => {
    const required = document.facts
      .filter(fact => fact.section === 'Required URLs, Json')
      .flatMap(fact => usesOf(fact));
    assert.deepEqual(
      new Set(
        uses.filter(({ use }) => (use as unknown as { requirement: string }).requirement === 'required'),
      ),
      new Set(uses.filter(each => required.some(one => one.use === each.use))),
    );
  });
});

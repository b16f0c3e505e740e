import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { checkEdition } from '../../../src/catalog/tools/checks/checks.ts';

type Fields = Record<string, unknown>;

interface Draft extends Fields {
  sources: Record<string, Fields>;
  regions: Fields[];
  vendors: Fields[];
  features: (Fields & { uses: (Fields & { origins: Fields[] })[] })[];
}

const NAME = 'azure-local-2026-07.json';
const shipped = readFileSync(`src/catalog/editions/${NAME}`, 'utf8');
const MCR = 'mcr-microsoft-com-443';

const featureOf = (edition: Draft, rule: string) => {
  const found = edition.features.find(({ uses }) => uses.some(use => use['rule'] === rule));
  assert.ok(found, rule);
  return found;
};
const use = (edition: Draft, rule: string) => {
  const found = featureOf(edition, rule).uses.find(each => each['rule'] === rule);
  assert.ok(found, rule);
  return found;
};

/** Mistakes that only an edition by region and vendor can have, and what must be said of each. */
const MISTAKES: readonly (readonly [string, string, (edition: Draft) => void, RegExp])[] = [
  [
    'uses-apart',
    'two uses that meet in a region',
    e => featureOf(e, MCR).uses.push({ ...structuredClone(use(e, MCR)), regions: ['usgovvirginia'] }),
    /feature "aks-infra" uses rule "mcr-microsoft-com-443" twice in usgovvirginia: join/,
  ],
  [
    'known-places',
    'a region that is not one',
    e => (use(e, MCR)['regions'] = ['mars']),
    /rule "mcr-microsoft-com-443": "mars" is no region of the edition/,
  ],
  [
    'known-places',
    'a region of another cloud than the rule',
    e => (use(e, 'dp-azurestackhci-azure-us-443')['regions'] = ['eastus']),
    /"eastus" is no region of the edition in the rule's clouds/,
  ],
  [
    'known-places',
    'a region without rules',
    e => e.regions.push({ id: 'uksouth', title: 'UK South', cloud: 'public' }),
    /region "uksouth" has no rule: import its list/,
  ],
  [
    'known-places',
    'a vendor without rules',
    e => e.vendors.push({ id: 'acme', title: 'Acme' }),
    /vendor "acme" has no feature/,
  ],
  [
    'known-places',
    'a feature for a vendor that is not one',
    e => Object.assign(featureOf(e, MCR), { vendor: 'acme' }),
    /feature "aks-infra" is for the vendor "acme", whom "vendors" does not have/,
  ],
  [
    'dates',
    'a list that is newer than the edition',
    e => Object.assign(e.sources['eastus'] ?? {}, { date: '2026-08-01' }),
    /"published" is 2026-07-14, and the list "eastus" is of 2026-08-01: write the date/,
  ],
  [
    'dates',
    'a change that came later',
    e => Object.assign(e.sources['change-2026-07-14'] ?? {}, { date: '2026-08-01' }),
    /the change "change-2026-07-14" is of 2026-08-01, after 2026-07-14: leave it/,
  ],
  [
    'known-sources',
    'a word on inspection without its source',
    e => (e['bypassInspection'] = { source: 'hearsay' }),
    /inspection names the source "hearsay", which is not there/,
  ],
];

describe('checks of editions by region and vendor', () => {
  for (const [check, mistake, make, message] of MISTAKES)
    test(`${check} finds ${mistake}`, () => {
      const edition = JSON.parse(shipped) as Draft;
      make(edition);
      const found = checkEdition(NAME, edition);
      assert.ok(
        found.some(each => each.startsWith(`${NAME}: ${check}: `) && message.test(each)),
        found.join('\n'),
      );
    });
});

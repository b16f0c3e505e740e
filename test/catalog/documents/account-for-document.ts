import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type {
  Edition as CheckedEdition,
  Origin as CheckedOrigin,
  Rule,
  Use as CheckedUse,
} from '../../../src/catalog/tools/checks/edition.ts';
import type { DocumentFacts, Fact } from './extract-document.ts';

type Origin = CheckedOrigin & { readonly section: string };
type Use = Omit<CheckedUse, 'origins'> & {
  readonly requirement: string;
  readonly origins: readonly Origin[];
};

export interface Edition extends CheckedEdition {
  readonly clouds: readonly string[];
  readonly changes?: readonly { readonly hosts: readonly string[]; readonly source: string }[];
}

export interface Listed {
  readonly feature: string;
  readonly use: Use;
  readonly rule: Rule;
}

/** An edition beside what its document says; the data beside this file is taken from the document, not from the edition. */
export interface Accounts<Facts extends DocumentFacts> {
  readonly edition: Edition;
  readonly document: Facts;
  readonly listed: readonly Listed[];
  /** Where the edition says that this URL stands in this section of this source; the places are compared one by one. */
  readonly usesOf: (fact: Fact) => readonly Listed[];
}

export function readAccounts<Facts extends DocumentFacts>(id: string): Accounts<Facts> {
  const edition = JSON.parse(readFileSync(`src/catalog/editions/${id}.json`, 'utf8')) as Edition;
  const document = JSON.parse(readFileSync(`test/catalog/documents/document-${id}.json`, 'utf8')) as Facts;
  const rules = new Map(edition.rules.map(rule => [rule.id, rule]));
  const listed = edition.features.flatMap(feature =>
    ((feature.uses ?? []) as readonly Use[]).map(use => {
      const rule = rules.get(use.rule);
      assert.ok(rule, use.rule);
      return { feature: feature.id, use, rule };
    }),
  );
  return {
    edition,
    document,
    listed,
    usesOf: fact =>
      listed.filter(
        ({ feature, use }) => feature === fact.feature && use.origins.some(origin => isPlace(origin, fact)),
      ),
  };
}

/** The tests that hold for every edition: whatever the document names is listed, and nothing else is. */
export function testAccounts<Facts extends DocumentFacts>(accounts: Accounts<Facts>): void {
  const { edition, document, listed, usesOf } = accounts;
  const published = new Set(document.facts.map(sourceOf));

  for (const [at, fact] of document.facts.entries())
    test(`${String(at)}: ${fact.url} in "${fact.section}" is listed, or corrected with a reason`, () => {
      const found = usesOf(fact);
      assert.ok(found.length > 0, 'no feature lists it with this place');
      for (const each of found) isListed(each, fact);
      for (const port of portsOf(fact))
        assert.ok(
          found.some(({ rule }) => String(rule.port) === port || isCorrected(rule, 'port')),
          `port ${port} is not listed`,
        );
      // What the document does not tie to a cloud applies to all of them.
      if (fact.clouds.length === 0) {
        const covered = new Set(found.flatMap(({ use, rule }) => use.clouds ?? rule.clouds));
        assert.deepEqual([...covered].sort(), [...edition.clouds].sort());
      }
    });

  test('nothing is listed that neither the document names nor a correction adds', () => {
    for (const each of listed) {
      const { feature, use, rule } = each;
      const facts = document.facts.filter(fact => usesOf(fact).includes(each));
      if (isCorrected(rule, 'added')) {
        assert.deepEqual(facts, [], `${rule.id}: the document names it`);
        assert.ok(
          use.origins.some(({ source }) => source === rule.correction?.source),
          `${rule.id}: no place in the source that adds it`,
        );
        continue;
      }
      assert.ok(facts.length > 0, `${feature} uses ${rule.id}`);
      const stated = facts.every(fact => fact.clouds.length > 0)
        ? new Set(facts.flatMap(fact => fact.clouds))
        : new Set(edition.clouds);
      for (const cloud of use.clouds ?? rule.clouds) assert.ok(stated.has(cloud), `${rule.id} in ${cloud}`);
    }
  });

  test('every place that the edition cites is in the document', () => {
    for (const { feature, use } of listed)
      for (const origin of use.origins.filter(each => published.has(each.source)))
        assert.ok(
          document.facts.some(fact => fact.feature === feature && isPlace(origin, fact)),
          `${feature}: ${origin.asWritten.url} in ${origin.section}`,
        );
  });

  test('required is what the document requires, and no more', () => {
    const required = document.facts.filter(fact => fact.section.startsWith('Required URLs')).flatMap(usesOf);
    assert.deepEqual(
      listed
        .filter(({ use, rule }) => use.requirement === 'required' && !isCorrected(rule, 'added'))
        .map(nameOf),
      listed.filter(each => required.includes(each)).map(nameOf),
    );
  });
}

/** `field host` of every rule that is listed otherwise than the document says, sorted. */
export function correctionsOf({ rules }: Edition): readonly string[] {
  return rules.flatMap(({ host, correction }) => (correction ? [`${correction.field} ${host}`] : [])).sort();
}

function isListed({ use, rule }: Listed, fact: Fact): void {
  const clouds = use.clouds ?? rule.clouds;
  const sameHost = [rule.host, rule.placeholder?.host].includes(hostOf(fact.url));
  assert.ok(
    sameHost || isCorrected(rule, 'host') || isCorrected(rule, 'cloud'),
    `${rule.host} without a reason`,
  );
  const ports = portsOf(fact);
  if (ports.length > 0 && !ports.includes(String(rule.port)))
    assert.ok(isCorrected(rule, 'port'), `port ${String(rule.port)} without a reason`);
  if (fact.url.includes('://')) assert.equal(rule.protocol, fact.url.split(':')[0]);
  for (const cloud of fact.clouds) assert.ok(clouds.includes(cloud), `not listed for ${cloud}`);
}

function isPlace(origin: Origin, fact: Fact): boolean {
  return (
    origin.source === sourceOf(fact) &&
    origin.section === fact.section &&
    origin.asWritten.url === fact.url &&
    origin.asWritten.port === fact.port
  );
}

function isCorrected({ correction }: Rule, field: string): boolean {
  return correction?.field === field && correction.reason.length > 20;
}

function sourceOf({ source = 'document' }: Fact): string {
  return source;
}

/** The ports that a row names, for example both of `80, 443`. */
function portsOf({ port }: Fact): readonly string[] {
  return port === undefined ? [] : port.split(', ');
}

/** The host that a URL of the document names, mistakes included. */
function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

function nameOf({ feature, rule }: Listed): string {
  return `${feature} ${rule.id}`;
}

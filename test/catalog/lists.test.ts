import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import type { Origin, Rule, Use } from '../../src/catalog/tools/checks/edition.ts';
import { hostsNamed, portsNamed } from '../../src/catalog/tools/checks/hosts/written.ts';

/** What a page says at one place; taken from the page, not from our list. */
interface Fact {
  /** Source of the list; `document` when absent. */
  readonly source?: string;
  readonly section: string;
  readonly clouds: readonly string[];
  readonly url: string;
  readonly port?: string;
  /** The hosts that are meant, where the row does not name them as rules do. */
  readonly hosts?: readonly string[];
  /** The page's own column for bypassing HTTPS inspection. */
  readonly bypass?: true;
  /** Why no rule can be made of it. */
  readonly left?: string;
}

interface Facts {
  /** Where the page of the list is. */
  readonly source: Readonly<Record<string, string>>;
  readonly facts: readonly Fact[];
}

interface List {
  readonly id: string;
  readonly sources: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly feature: { readonly uses: readonly Use[] };
  readonly rules: readonly Rule[];
}

const LISTS = 'src/catalog/lists';
const FACTS = 'test/catalog/lists';

const names = (folder: string): string[] =>
  readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .map(name => basename(name, '.json'))
    .sort();
const read = (folder: string, name: string): unknown =>
  JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));

function isAt(origin: Origin, fact: Fact): boolean {
  return (
    origin.source === (fact.source ?? 'document') &&
    (origin as { section?: string }).section === fact.section &&
    origin.asWritten.url === fact.url &&
    origin.asWritten.port === fact.port
  );
}

function hostsOf({ hosts, url }: Fact): readonly string[] {
  return hosts ?? hostsNamed(url);
}

/** Whether we list another host than the page, with a reason. */
function corrected({ correction }: Rule): boolean {
  return correction?.field === 'host' && correction.reason.length > 20;
}

/** Ports of a fact that gives none: the page says that everything goes over 443. */
function portsOf({ port }: Fact): readonly number[] {
  return port === undefined ? [443] : portsNamed(port);
}

test('every list has its facts, and every file of facts its list', () => {
  assert.deepEqual(names(LISTS), names(FACTS));
});

for (const name of names(LISTS))
  describe(`list ${name}`, () => {
    const list = read(LISTS, name) as List;
    const { source, facts } = read(FACTS, name) as Facts;
    const rules = new Map(list.rules.map(rule => [rule.id, rule]));
    const uses = list.feature.uses.map(use => {
      const rule = rules.get(use.rule);
      assert.ok(rule, use.rule);
      return { use, rule, clouds: use.clouds ?? rule.clouds };
    });
    const at = (fact: Fact) => uses.filter(({ use }) => use.origins.some(origin => isAt(origin, fact)));

    test('the facts are from the page that the list cites', () => {
      for (const [key, value] of Object.entries(source)) assert.equal(list.sources['document']?.[key], value);
    });

    for (const fact of facts)
      test(`${fact.url} in "${fact.section}" for ${fact.clouds.join(', ')} is listed`, () => {
        const found = at(fact);
        if (fact.left !== undefined) {
          assert.deepEqual(found, [], 'it is listed, so it is not left out');
          return;
        }
        const everywhere = found.filter(({ clouds }) => fact.clouds.every(cloud => clouds.includes(cloud)));
        assert.deepEqual(
          everywhere.map(({ rule }) => `${corrected(rule) ? '' : rule.host}:${rule.port}`).sort(),
          everywhere.some(({ rule }) => corrected(rule))
            ? portsOf(fact).map(port => `:${port}`)
            : hostsOf(fact)
                .flatMap(host => portsOf(fact).map(port => `${host}:${port}`))
                .sort(),
        );
        for (const { rule } of found) {
          if (fact.bypass) assert.ok(rule.bypassInspection, `${rule.id} does not say to bypass inspection`);
        }
      });

    test('nothing is listed that the page does not say, and for no other cloud', () => {
      for (const { use, rule, clouds } of uses) {
        const found = facts.filter(fact => use.origins.some(origin => isAt(origin, fact)));
        for (const origin of use.origins)
          assert.ok(
            found.some(fact => isAt(origin, fact)),
            `${rule.id}: ${origin.asWritten.url} is not a fact`,
          );
        const stated = new Set(found.flatMap(fact => fact.clouds));
        assert.deepEqual([...clouds].sort(), [...stated].sort(), rule.id);
        if (rule.bypassInspection)
          assert.ok(
            found.some(fact => fact.bypass),
            `${rule.id}: bypass`,
          );
      }
    });
  });

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  compose,
  ComposeError,
  type EditionFile,
  type HostsFile,
  type ListFile,
} from '../../src/catalog/tools/compose.ts';

const A = { id: 'a', host: '*.a.example', port: 443, protocol: 'https', clouds: ['public'], scheme: false };
const USE = { rule: 'a', requirement: 'required', purpose: 'own', origins: [{ source: 'document' }] };

const EDITION: EditionFile = {
  id: '2030-01',
  sources: { document: { title: 'edition' } },
  features: [
    { id: 'one', title: 'One', kind: 'rules', links: [{ url: 'x' }], uses: [USE] },
    { id: 'two', title: 'Two', list: 'arc', links: [{ url: 'own' }] },
  ],
  rules: [{ ...A, correction: { field: 'host', source: 'document' } }],
};

const LIST: ListFile = {
  id: 'arc',
  sources: { document: { title: 'list' } },
  feature: {
    kind: 'rules',
    links: [{ url: 'x' }],
    uses: [{ rule: 'a', requirement: 'optional', origins: [{ source: 'document' }] }],
  },
  rules: [{ ...A, clouds: ['china'], scheme: true }],
};

const HOSTS: HostsFile = {
  sources: { seen: { title: 'seen' }, unused: { title: 'unused' } },
  hosts: {
    '*.a.example': { purpose: 'general', representatives: [{ host: 'x.a.example', source: 'seen' }] },
  },
};

const INSPECTION = { source: 'document', text: 'None at all.' };

const composed = (edition = EDITION, list = LIST, hosts = HOSTS) =>
  compose(edition, new Map([['arc', list]]), hosts);

function inspectionIn({ features }: ReturnType<typeof compose>): readonly unknown[][] {
  return features.flatMap(({ id, uses }) => uses.map(use => [id, use.rule, use['bypassInspection']]));
}

describe('putting an edition together', () => {
  test('takes a listed feature under the title of the edition, with the links of both', () => {
    const [, two] = composed().features;
    assert.equal(two?.['title'], 'Two');
    assert.deepEqual(two.links, [{ url: 'own' }, { url: 'x' }]);
  });

  test('has one rule for a door of two parts, for the clouds of both, with what is known of the host', () => {
    const { rules } = composed();
    assert.equal(rules.length, 1);
    assert.deepEqual(rules[0]?.clouds, ['public', 'china']);
    assert.deepEqual(rules[0]['representatives'], [{ host: 'x.a.example', source: 'hosts.seen' }]);
  });

  test("takes of a host's representatives those of the rule's protocol", () => {
    const representatives = [
      { host: 'x.a.example', protocol: A.protocol, source: 'seen' },
      { host: 'y.a.example', protocol: 'udp', source: 'seen' },
    ];
    const hosts = { ...HOSTS, hosts: { '*.a.example': { purpose: 'general', representatives } } };
    const [rule] = composed(EDITION, LIST, hosts).rules;
    assert.deepEqual(rule?.['representatives'], [{ host: 'x.a.example', source: 'hosts.seen' }]);
  });

  test('keeps with each use what only its own part says', () => {
    const [one, two] = composed().features.map(feature => feature.uses[0]);
    assert.deepEqual([one?.['clouds'], two?.['clouds']], [['public'], ['china']]);
    assert.deepEqual([one?.['scheme'], two?.['scheme']], [false, true]);
    assert.deepEqual(one?.['correction'], { field: 'host', source: 'document' });
    assert.equal(two?.['correction'], undefined);
    assert.deepEqual([one.purpose, two?.purpose], ['own', 'general']);
  });

  test('narrows by a placeholder only where the part says so: another feature may need the whole wildcard', () => {
    const placeholder = { name: 'witness-account', host: '[account].a.example' };
    const { features } = composed({ ...EDITION, rules: [{ ...A, placeholder }] });
    assert.deepEqual(
      features.map(feature => feature.uses[0]?.['placeholder']),
      [placeholder, undefined],
    );
  });

  test('keeps the sources of the parts apart, and leaves out what backs nothing', () => {
    assert.deepEqual(Object.keys(composed().sources), ['document', 'arc.document', 'hosts.seen']);
    assert.deepEqual(composed().features[1]?.uses[0]?.['origins'], [{ source: 'arc.document' }]);
  });

  test('takes internal rules that editions share, with their sources', () => {
    const shared = {
      id: 'inside',
      sources: { page: { title: 'page' } },
      internalRules: [{ id: 'smb', origins: [{ source: 'page' }] }],
    };
    const edition = compose(
      { ...EDITION, internal: 'inside' },
      new Map([['arc', LIST]]),
      HOSTS,
      new Map([['inside', shared]]),
    );
    assert.deepEqual(edition['internalRules'], [{ id: 'smb', origins: [{ source: 'inside.page' }] }]);
    assert.deepEqual(edition.sources['inside.page'], { title: 'page' });
    assert.throws(
      () => composed({ ...EDITION, internal: 'inside' }),
      /internal rules "inside", which are not/,
    );
  });

  test('has of the whole product what it says of inspection, with each use of its own rules over TLS', () => {
    const http = { ...A, id: 'b', host: 'b.example', port: 80, protocol: 'http' };
    const [one, two] = EDITION.features;
    const edition = composed({
      ...EDITION,
      bypassInspection: INSPECTION,
      features: [{ ...one, uses: [USE, { ...USE, rule: 'b' }] }, two ?? {}],
      rules: [...EDITION.rules, http],
    });
    assert.deepEqual(inspectionIn(edition), [
      ['one', 'a', INSPECTION],
      ['one', 'b', undefined],
      ['two', 'a', undefined],
    ]);
    assert.equal(edition['bypassInspection'], undefined);
  });

  test('leaves with its list what that says of inspection', () => {
    const rules = LIST.rules.map(rule => ({ ...rule, bypassInspection: INSPECTION }));
    const edition = composed(EDITION, { ...LIST, rules });
    assert.deepEqual(inspectionIn(edition), [
      ['one', 'a', undefined],
      ['two', 'a', { ...INSPECTION, source: 'arc.document' }],
    ]);
    assert.ok(edition.rules.every(rule => rule['bypassInspection'] === undefined));
  });

  test('says of a host in every list what is known of its inspection, with the source', () => {
    const [host, facts] = Object.entries(HOSTS.hosts)[0] ?? assert.fail();
    const inspection = { source: 'unused' };
    const known = { ...HOSTS, hosts: { [host]: { ...facts, bypassInspection: inspection } } };
    const edition = composed(EDITION, LIST, known);
    assert.deepEqual(
      inspectionIn(edition).map(each => each[2]),
      [{ source: 'hosts.unused' }, { source: 'hosts.unused' }],
    );
    assert.deepEqual(edition.sources['hosts.unused'], { title: 'unused' });
  });

  test('refuses one id for two doors, a list that is not there, and a rule without a purpose', () => {
    const other = { ...LIST, rules: [{ ...A, port: 80, protocol: 'http' }] };
    assert.throws(() => composed(EDITION, other), /rule "a" is https:\/\/\*\.a\.example:443 .*another id/);
    assert.throws(() => compose(EDITION, new Map(), HOSTS), /takes the list "arc", which is not there/);
    assert.throws(() => composed(EDITION, LIST, { sources: {}, hosts: {} }), /rule "a" has no purpose/);
    assert.throws(() => composed(EDITION, other), ComposeError);
  });
});

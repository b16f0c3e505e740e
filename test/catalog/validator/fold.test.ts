import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EditionFile } from '../../../src/catalog/tools/compose.ts';
import { withManifests } from '../../../src/catalog/tools/validator/fold.ts';
import type { ManifestFile, ManifestRow } from '../../../src/catalog/tools/validator/manifest.ts';
import { manifestsOf } from '../../../src/catalog/tools/validator/read-manifests.ts';
import type { ValidatorWords } from '../../../src/catalog/tools/validator/words.ts';

const WORDS: ValidatorWords = {
  services: { Sign: 'signing' },
  checks: { Special: 'other' },
  blocks: { Support: ['support'] },
  other: { id: 'validator', title: 'Checked', connects: 'wininet', summary: 'Rest.', purpose: 'Checked.' },
  reason: 'it is checked',
  pairReason: '{validator} in place of {published}',
  pairNote: '{validator} is asked for',
  pairs: [{ cloud: 'usgov', validator: 'graph.example.us', published: ['graph.example.com'] }],
  exceptions: [{ endpoint: 'excused.example', reason: 'It is.' }],
};

const rule = (host: string, clouds = ['public', 'usgov'], change: object = {}) => ({
  ...{ id: host.replaceAll('.', '-').replace('*', 'any'), host, port: 443, protocol: 'https', clouds },
  scheme: false,
  ...change,
});
const use = (host: string, change: object = {}) => ({
  ...{ rule: rule(host).id, requirement: 'required', purpose: 'Why.', arcGateway: false },
  origins: [
    { source: 'east', section: 'One', regions: ['east'], asWritten: { url: host } },
    { source: 'west', section: 'One', regions: ['west'], asWritten: { url: host } },
  ],
  ...change,
});

function edition(
  uses: readonly ReturnType<typeof use>[],
  rules: readonly ReturnType<typeof rule>[],
): EditionFile {
  return {
    id: 'azure-local-2030-01',
    regions: [
      { id: 'east', title: 'East', cloud: 'public' },
      { id: 'west', title: 'West', cloud: 'public' },
      { id: 'gov', title: 'Gov', cloud: 'usgov' },
    ],
    sources: {},
    features: [{ id: 'signing', title: 'Signing', kind: 'rules', links: [], uses }],
    rules,
  };
}

const row = (endpoint: string, change: Partial<ManifestRow> = {}): ManifestRow => ({
  ...{ endpoint, protocol: 'https', severity: 'critical', mandatory: true, operations: ['Deployment'] },
  ...{ arcGateway: false, service: 'Sign', name: 'Check', title: 'Title' },
  ...change,
});
const manifest = (region: string, ...rows: readonly ManifestRow[]): ManifestFile => ({
  ...{ region, version: '1.0', source: { title: region, url: 'https://a.example' }, rows },
});

function folded(file: EditionFile, ...manifests: readonly ManifestFile[]) {
  const whole = withManifests(file, manifests, WORDS, { purpose: () => 'Words.', risk: () => undefined });
  const uses: readonly Readonly<Record<string, unknown>>[] = whole.features.flatMap(feature =>
    (feature.uses ?? []).map(each => ({ feature: feature.id, ...each })),
  );
  return { whole, uses };
}

describe('what manifests say of an edition', () => {
  test('is one use where regions agree, several where they do not', () => {
    const file = edition([use('login.example', { clouds: ['public'] })], [rule('login.example')]);
    const same = folded(
      file,
      manifest('east', row('login.example')),
      manifest('west', row('login.example/x')),
    );
    assert.equal(same.uses.length, 1);
    assert.deepEqual(
      (same.uses[0]?.['blocks'] as { origins: { source: string }[] }).origins.map(({ source }) => source),
      ['validator.east', 'validator.west'],
    );
    const apart = folded(
      file,
      manifest('east', row('login.example')),
      manifest('west', row('other.example')),
    );
    assert.deepEqual(
      apart.uses.map(each => [
        each['rule'],
        each['regions'],
        (each['blocks'] as { what: string[] } | undefined)?.what,
      ]),
      [
        ['login-example', ['east'], ['deployment']],
        ['login-example', ['west'], undefined],
        ['other-example-443', ['west'], ['deployment']],
      ],
    );
    assert.deepEqual(
      (apart.uses[0]?.['origins'] as { source: string }[]).map(({ source }) => source),
      ['east'],
    );
  });

  test('joins rows of one host, each operation as hard as the hardest says', () => {
    const { uses } = folded(
      edition([use('a.example')], [rule('a.example')]),
      manifest(
        'gov',
        row('a.example', { severity: 'warning', operations: ['Deployment', 'PreUpdate'] }),
        row('a.example/ping', { severity: 'critical', operations: ['Workload'] }),
        row('a.example', { severity: 'informational', operations: [], service: 'Support' }),
      ),
    );
    const blocks = uses.find(each => each['blocks'] !== undefined)?.['blocks'] as Record<string, unknown>;
    assert.deepEqual(blocks['what'], ['deployment', 'update', 'support', 'workload']);
    assert.equal(blocks['severity'], 'critical');
    assert.deepEqual(blocks['less'], { deployment: 'warning', update: 'warning', support: 'informational' });
  });

  test('goes to the host itself, to the wildcard over it only where the list has no such host', () => {
    const { uses } = folded(
      edition(
        [use('*.x.example'), use('a.x.example')],
        [rule('*.x.example'), rule('a.x.example', ['public'])],
      ),
      manifest('east', row('a.x.example'), row('b.x.example', { operations: ['Update'] })),
      manifest('gov', row('a.x.example', { operations: ['Workload'] }), row('x.example')),
    );
    const said = uses.map(each => [
      each['rule'],
      each['regions'] ?? 'all',
      (each['blocks'] as { what: string[] } | undefined)?.what ?? 'nothing',
    ]);
    assert.deepEqual(said, [
      ['any-x-example', ['east'], ['update']],
      ['any-x-example', ['west'], 'nothing'],
      ['any-x-example', ['gov'], ['workload']],
      ['a-x-example', ['east'], ['deployment']],
      ['a-x-example', ['west'], 'nothing'],
      // A wildcard does not cover its apex.
      ['x-example-443', ['gov'], ['deployment']],
    ]);
  });

  test('adds what only the validator has: as hard as it says, in its region, with the reason', () => {
    const { uses, whole } = folded(
      edition([use('a.example')], [rule('a.example'), rule('old.example', ['public'])]),
      manifest(
        'gov',
        row('old.example', { severity: 'warning', arcGateway: true }),
        row('graph.example.us'),
        row('port.example:8084', { service: 'Unheard of' }),
        row('web.example', { protocol: 'http', name: 'Special', severity: 'informational' }),
        row('excused.example'),
        row('name.example', { protocol: '' }),
      ),
    );
    const added = uses.filter(each => each['correction'] !== undefined);
    assert.deepEqual(
      added.map(each => [
        ...[each['rule'], each['feature'], each['requirement'], each['arcGateway'], each['regions']],
        (each['correction'] as { reason: string }).reason,
      ]),
      [
        ['old-example', 'signing', 'recommended', true, ['gov'], 'it is checked'],
        [
          ...['graph-example-us-443', 'signing', 'required', false, ['gov']],
          'graph.example.us in place of graph.example.com',
        ],
        ['port-example-8084', 'validator', 'required', false, ['gov'], 'it is checked'],
        ['web-example-80', 'validator', 'optional', false, ['gov'], 'it is checked'],
      ],
    );
    assert.deepEqual(whole.rules.find(({ id }) => id === 'old-example')?.clouds, ['public', 'usgov']);
    assert.ok(Object.hasOwn(whole.sources, 'validator.gov'));
  });

  test('does not let a use into a cloud that its rule gets for another', () => {
    const file = edition([use('old.example')], [rule('old.example', ['public'])]);
    const { uses } = folded(file, manifest('gov', row('old.example')));
    assert.deepEqual(
      uses.map(each => each['clouds']),
      [['public'], ['usgov']],
    );
  });

  test('says of the published host for which the validator has another, in that cloud alone', () => {
    const file = edition([use('graph.example.com')], [rule('graph.example.com')]);
    const { uses } = folded(file, manifest('gov', row('graph.example.us')));
    assert.deepEqual(
      uses.map(each => [each['rule'], each['regions'], (each['note'] as { text: string } | undefined)?.text]),
      [
        ['graph-example-com', ['east', 'west'], undefined],
        ['graph-example-com', ['gov'], 'graph.example.us is asked for'],
        ['graph-example-us-443', ['gov'], undefined],
      ],
    );
  });

  test('takes what holds for all public regions where a region has no manifest of its own', () => {
    const file = edition([], []);
    const { uses } = folded(
      file,
      manifest('global', row('all.example')),
      manifest('east', row('own.example')),
    );
    assert.deepEqual(
      uses.map(each => [each['rule'], each['regions']]),
      [
        ['own-example-443', ['east']],
        ['all-example-443', ['west']],
      ],
    );
  });

  test('leaves an edition without regions alone', () => {
    const file: EditionFile = { id: '2030-01', sources: {}, features: [], rules: [] };
    assert.equal(
      withManifests(file, [manifest('east', row('a.example'))], WORDS, {
        purpose: () => undefined,
        risk: () => undefined,
      }),
      file,
    );
  });

  test('holds from the edition that the manifest came with until a newer one comes', () => {
    const [one, two] = [manifest('east', row('one.example')), manifest('east', row('two.example'))];
    const all = new Map([
      ['azure-local-2030-06', [two]],
      ['azure-local-2030-01', [one, manifest('gov', row('a.example'))]],
    ]);
    const at = (id: string) => manifestsOf(id, all).map(({ region, rows }) => [region, rows[0]?.endpoint]);
    assert.deepEqual(at('azure-local-2029-12'), []);
    assert.deepEqual(at('azure-local-2030-05'), [
      ['east', 'one.example'],
      ['gov', 'a.example'],
    ]);
    assert.deepEqual(at('azure-local-2030-06'), [
      ['east', 'two.example'],
      ['gov', 'a.example'],
    ]);
    assert.deepEqual(at('2031-01'), []);
  });
});

import { edition, feature, rule, use } from '../../../../test/jest/small-edition';
import type { Edition, RuleUse } from '../catalog/catalog';
import { choiceFor } from '../choice/choice';
import { diffEditions, type DoorDiff } from './edition-diff';

const login = rule('login.example');
const old = rule('old.example', { state: { kind: 'superseded', text: 'Newer below.', source: 'document' } });
const fresh = rule('fresh.example');
const http = rule('update.example', { port: 80, protocol: 'http' });
const https = rule('update.example');
const star = rule('*.star.example');
const starred = rule('a.star.example');

const list = (published: string, uses: readonly RuleUse[], change: Partial<Edition> = {}) =>
  edition([login, old, fresh, http, https, star, starred], [feature('base', uses)], { published, ...change });
const hosts = (diffs: readonly DoorDiff[]) => diffs.map(({ rows }) => `${rows[0].host}:${rows[0].port}`);
const choice = choiceFor('public');

describe('diffEditions', () => {
  const from = list('2030-01-01', [use(login), use(old), use(http), use(starred)]);
  const to = list(
    '2031-01-01',
    [use(login, { requirement: 'optional', when: 'both' }), use(fresh), use(https), use(star)],
    {
      changes: [{ hosts: ['fresh.example'], text: 'The service moved.', source: 'document' }],
    },
  );
  const diff = diffEditions(from, to, choice);

  it('tells by door what came, what went and what changed', () => {
    expect(hosts(diff.added)).toEqual(['fresh.example:443', 'update.example:443', '*.star.example:443']);
    expect(hosts(diff.removed)).toEqual(['old.example:443', 'update.example:80', 'a.star.example:443']);
    expect(diff.changed.map(({ to: [row], changes }) => [row.host, changes])).toEqual([
      [
        'login.example',
        [
          { field: 'requirement', from: ['required'], to: ['optional'] },
          { field: 'when', from: [], to: ['both'] },
        ],
      ],
    ]);
  });

  it('gives the reasons that the editions know', () => {
    expect(diff.added[0]?.reasons).toEqual([
      { kind: 'change', text: 'The service moved.', source: 'document' },
    ]);
    expect(diff.removed[0]?.reasons).toEqual([{ kind: 'state', text: 'Newer below.', source: 'document' }]);
    expect(diff.removed[2]?.reasons).toEqual([{ kind: 'covered', host: '*.star.example' }]);
    expect(diff.removed[1]?.reasons).toEqual([]);
  });

  it('gives only the reasons of what came after the older edition', () => {
    const told = (date: string) =>
      diffEditions(from, { ...to, sources: { document: { title: 'change', date } } }, choice).added[0]
        ?.reasons;
    expect(told(from.published)).toEqual([]);
    expect(told('2030-01-02')).toEqual(diff.added[0]?.reasons);
  });

  it('takes the reasons of the newer edition also when looking back', () => {
    const back = diffEditions(to, from, choice);
    expect(hosts(back.removed)).toEqual(hosts(diff.added));
    expect(back.removed[0]?.reasons).toEqual(diff.added[0]?.reasons);
  });

  it('finds no difference between an edition and itself', () => {
    expect(diffEditions(to, to, choice)).toMatchObject({ added: [], removed: [], changed: [] });
  });

  it('names a correction as the reason', () => {
    const correction = { field: 'host', reason: 'it is misspelt', source: 'document' } as const;
    const [first] = diffEditions(
      list('2030-01-01', []),
      list('2031-01-01', [use(fresh, { correction })]),
      choice,
    ).added;
    expect(first?.reasons).toMatchObject([{ kind: 'correction', row: { host: 'fresh.example' } }]);
  });

  it('leaves out what we added to a list', () => {
    const correction = { field: 'added', reason: 'it is needed', source: 'document' } as const;
    const diff = diffEditions(
      list('2030-01-01', [use(fresh, { correction })]),
      list('2031-01-01', [use(fresh)]),
      choice,
    );
    expect(hosts(diff.added)).toEqual(['fresh.example:443']);
  });

  it('looks only at the chosen cloud and region', () => {
    const western = list('2031-01-01', [use(login), use(fresh, { regions: ['westeurope'] })]);
    const base = list('2030-01-01', [use(login)]);
    expect(hosts(diffEditions(base, western, choice).added)).toEqual(['fresh.example:443']);
    expect(diffEditions(base, western, choiceFor('public', { region: 'eastus' })).added).toEqual([]);
    expect(diffEditions(base, western, choiceFor('usgov')).added).toEqual([]);
  });

  it('leaves out what a cluster does not start with', () => {
    const linked = edition([login], [feature('linked', [use(login)], { optIn: true })]);
    const without = edition([login], []);
    expect(diffEditions(linked, without, choice).removed).toEqual([]);
  });

  it('compares a door that two features want as one', () => {
    const twice = edition(
      [login],
      [feature('a', [use(login, { requirement: 'optional' })]), feature('b', [use(login)])],
    );
    const once = edition([login], [feature('a', [use(login)])]);
    expect(diffEditions(once, twice, choice).changed[0]?.changes).toEqual([
      { field: 'features', from: ['a'], to: ['a', 'b'] },
    ]);
  });
});

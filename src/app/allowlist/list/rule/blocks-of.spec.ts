import { shippedEditions } from '../../../../../test/jest/edition';
import { edition, feature, place, rule, use } from '../../../../../test/jest/small-edition';
import type { Blocks, Feature, RuleUse } from '../../catalog/catalog';
import { choiceFor } from '../../choice/choice';
import { makeAllowlist, rowsOf } from '../allowlist';
import { blocksOf, blocksOfAll } from './blocks-of';

const login = rule('login.example');
const ORIGINS = [place('login.example', '443', { source: 'validator', section: 'Sign-in' })];

function rowOf(change: Partial<RuleUse>, blocks?: Blocks, more: Partial<Feature> = {}) {
  const of = feature('arc', [use(login, change)], { blocks, ...more });
  const [row] = rowsOf(makeAllowlist(edition([login], [of]), choiceFor('public')));
  if (row === undefined) throw new Error('no row');
  return row;
}

describe('what a row blocks', () => {
  it('is what the manifest says, with what the validator does not check for', () => {
    const manifest = { what: ['deployment'], severity: 'warning', origins: ORIGINS } as const;
    const blocks: Blocks = { what: ['registration', 'update'], severity: 'critical' };
    expect(blocksOf(rowOf({ blocks: manifest }, blocks))).toEqual({
      ...{ what: ['registration', 'deployment'], severity: 'warning', from: 'manifest' },
    });
  });

  it('is what the feature needs its rules for where no manifest names it, less hard where it needs them less', () => {
    const blocks: Blocks = { what: ['update'], severity: 'critical' };
    expect(blocksOf(rowOf({}, blocks))).toEqual({ what: ['update'], severity: 'critical', from: 'feature' });
    const two = rowOf({ requirement: 'recommended' }, blocks);
    const beside = { ...two, feature: { ...two.feature, uses: [use(login), ...two.feature.uses] } };
    expect(blocksOf(beside)).toEqual({ what: ['update'], severity: 'warning', from: 'feature' });
    // A feature of optional rules alone: whoever wants it needs them.
    expect(blocksOf(rowOf({ requirement: 'optional' }, blocks))).toMatchObject({ severity: 'critical' });
  });

  it('says apart what is blocked less hard', () => {
    const less = { deployment: 'informational' } as const;
    const manifest = {
      what: ['deployment', 'workload'],
      severity: 'critical',
      less,
      origins: ORIGINS,
    } as const;
    expect(blocksOf(rowOf({ blocks: manifest }))).toMatchObject({ less: { deployment: 'informational' } });
  });

  it('is as hard as any of several rows of one door say', () => {
    const one = rowOf({ blocks: { what: ['deployment'], severity: 'critical', origins: ORIGINS } });
    const two = rowOf({}, { what: ['update'], severity: 'warning' });
    expect(blocksOfAll([one, two])).toEqual({
      ...{ what: ['deployment', 'update'], severity: 'critical', less: { update: 'warning' } },
      from: 'manifest',
    });
  });

  it('joins what the manifests of several regions say', () => {
    const uses = [
      use(login, {
        regions: ['eastus'],
        blocks: { what: ['workload'], severity: 'warning', origins: ORIGINS },
      }),
      use(login, {
        regions: ['westeurope'],
        blocks: { what: ['deployment'], severity: 'critical', origins: ORIGINS },
      }),
    ];
    const small = edition([login], [feature('arc', uses)]);
    const [both] = rowsOf(makeAllowlist(small, choiceFor('public')));
    expect(both?.use.blocks).toMatchObject({ what: ['deployment', 'workload'], severity: 'critical' });
    const [east] = rowsOf(makeAllowlist(small, choiceFor('public', { region: 'eastus' })));
    expect(east?.use.blocks).toMatchObject({ what: ['workload'], severity: 'warning' });
  });

  it('is known of every row of every edition', () => {
    for (const each of shippedEditions())
      for (const cloud of each.clouds)
        for (const vendor of [undefined, ...(each.vendors ?? []).map(({ id }) => id)])
          for (const row of rowsOf(makeAllowlist(each, choiceFor(cloud, { vendor }))))
            expect([row.id, blocksOf(row).what]).not.toEqual([row.id, []]);
  });
});

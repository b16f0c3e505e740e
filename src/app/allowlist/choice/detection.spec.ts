import { edition } from '../../../../test/jest/small-edition';
import type { Node } from '../../cluster/cluster';
import type { EditionSummary } from '../catalog/catalog';
import { commonBuild, detectEdition, detectRegion, newerEdition } from './detection';

const node = (build?: number, state: Node['state'] = 'up'): Node => ({
  ...{ name: 'node', fqdn: 'node', state },
  ...(build === undefined ? {} : { build }),
});

const list = (id: string, published: string, change: Partial<EditionSummary> = {}): EditionSummary => ({
  ...edition([], []),
  ...{ id, published, ...change },
});

const EDITIONS = [
  list('old', '2022-01-27', { builds: [17784, 20348], appliesTo: ['21H2', '20H2'] }),
  list('revised', '2022-04-28', { appliesTo: ['21H2', '20H2'] }),
  list('new', '2024-06-25', { builds: [20349, 25398], appliesTo: ['22H2', '23H2'] }),
  list('newest', '2026-07-14', { builds: [25398, 26100], appliesTo: ['23H2', '24H2'] }),
];

describe('detectEdition', () => {
  it.each<[string, readonly Node[], string | undefined]>([
    ['one build for all', [node(20348), node(20348)], 'old'],
    ['the newest of several for a build', [node(25398)], 'newest'],
    [
      'nodes that are not up are not asked',
      [node(20349), node(26100, 'down'), node(undefined, 'paused')],
      'new',
    ],
    ['mixed builds', [node(20348), node(20349)], undefined],
    ['a node that is up and does not say', [node(20348), node()], undefined],
    ['no node that is up', [node(20348, 'down'), node(20348, 'unknown')], undefined],
    ['no nodes', [], undefined],
    ['a build that no edition names', [node(99999)], undefined],
  ])('%s', (_, nodes, id) => {
    expect(detectEdition(EDITIONS, nodes)?.id).toBe(id);
  });

  it('tells the common build also when no edition names it', () => {
    expect(commonBuild([node(99999), node(99999), node(20348, 'down')])).toBe(99999);
  });
});

describe('detectRegion', () => {
  const regions = [
    { id: 'eastus', title: 'East US', cloud: 'public' },
    { id: 'indiacentral', title: 'India Central', azureName: 'centralindia', cloud: 'public' },
  ] as const;

  it.each([
    ['eastus', 'eastus'],
    ['East US', 'eastus'],
    ['EASTUS', 'eastus'],
    ['centralindia', 'indiacentral'],
    ['Central India', 'indiacentral'],
    ['India Central', 'indiacentral'],
    ['eastus2', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s is %s', (registered, id) => {
    expect(detectRegion(regions, registered)?.id).toBe(id);
  });
});

describe('newerEdition', () => {
  it.each([
    ['old', 'revised'],
    ['revised', undefined],
    ['new', 'newest'],
    ['newest', undefined],
  ])('for %s is %s', (id, newer) => {
    const than = EDITIONS.find(each => each.id === id);
    expect(than && newerEdition(EDITIONS, than)?.id).toBe(newer);
  });
});

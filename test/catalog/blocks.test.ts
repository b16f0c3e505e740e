import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { blocksProblems } from '../../src/catalog/tools/checks/files/blocks.ts';
import { withBlocks } from '../../src/catalog/tools/what-blocks.ts';

const USE = { rule: 'a' };
const edition = (...features: readonly object[]) => ({
  ...{ id: '2030-01', sources: {}, rules: [] },
  features: features.map(feature => ({ id: 'one', uses: [USE], ...feature })),
});
const FACTS = {
  features: { one: { what: ['update'], severity: 'critical' } },
  vendors: { what: ['update'], severity: 'warning' },
};

describe('what features block', () => {
  test('goes with the feature of that id, and with every vendor', () => {
    const { features } = withBlocks(edition({}, { id: 'vendor-x', vendor: 'x' }, { id: 'other' }), FACTS);
    assert.deepEqual(
      features.map(feature => feature['blocks']),
      [FACTS.features.one, FACTS.vendors, undefined],
    );
  });

  test('is missed where neither the feature nor a manifest says it of each rule', () => {
    const said = { rule: 'a', blocks: { what: ['update'] } };
    assert.deepEqual(
      blocksProblems(
        edition(
          { id: 'none' },
          { uses: [] },
          { id: 'manifest', uses: [said] },
          { id: 'half', uses: [said, USE] },
        ),
      ).map(problem => problem.split(' ')[1]),
      ['"none"', '"half"'],
    );
  });
});

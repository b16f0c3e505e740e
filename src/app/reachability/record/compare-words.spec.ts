import { endedAt } from '../../../../test/jest/observations';
import { runOf, type See } from '../../../../test/jest/runs';
import { englishStrings } from '../../../../test/jest/strings';
import { makeText } from '../../ui/words/make-text';
import { compareRuns } from './compare';
import { comparisonText } from './compare-words';

const dropped = endedAt({ phase: 'connect', outcome: 'timeout' });
const unproven: See = (_, { host }) =>
  host === 'a.example' ? { certificates: [], unmeasured: ['certificates'] } : {};
const A = 'a.example:443';
const B = 'b.example:443';

const compared = (
  [first, before]: readonly [readonly string[], See],
  [second, after]: readonly [readonly string[], See],
): string =>
  comparisonText(
    compareRuns(runOf(['node1'], first, before), runOf(['node1'], second, after)),
    false,
    makeText(englishStrings()),
  );

describe('The comparison of two runs in words', () => {
  it('says that nothing differs, and of how much', () => {
    expect(compared([[A, B], () => ({})], [[A, B], () => ({})])).toBe(
      'No difference: all results that both runs have came to the same (2, 0 of them failing).',
    );
  });

  it('says what only one run has, and what still fails', () => {
    expect(compared([[A, B], () => dropped], [[A], () => dropped])).toBe(
      'No difference: all results that both runs have came to the same (1, 1 of them failing). Left out, because only one of the runs has them: 1.',
    );
  });

  it('counts what is no more proven than before, and what broke', () => {
    expect(compared([[A, B], () => ({})], [[A, B], unproven])).toBe(
      '0 broken, 0 failing for another reason, 0 still failing, 0 fixed, 0 not comparable because not tested. Answered in both, and proven to be the service in only one of them: 1.',
    );
    expect(compared([[A], () => ({})], [[A], () => dropped])).toMatch(/^1 broken, 0 failing/);
  });

  it('says where nothing can be compared', () => {
    expect(compared([[A], () => ({})], [[B], () => ({})])).toMatch(
      /^The two runs have no result of the same endpoint and node.* only one of the runs has them: 2\.$/,
    );
  });
});

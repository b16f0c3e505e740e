import { edition, feature, internalRule, rule, use } from '../../../../test/jest/small-edition';
import { choiceFor } from '../choice/choice';
import { makeAllowlist, rowsOf } from './allowlist';
import { onlyRules } from './only-rules';

it('leaves the rows of some rules, in every feature that uses them', () => {
  const [one, two] = [rule('one.example'), rule('two.example')];
  const list = edition(
    [one, two],
    [feature('a', [use(one), use(two)]), feature('b', [use(two)]), feature('c', [use(one)])],
    { internalRules: [internalRule({})] },
  );
  const only = onlyRules(makeAllowlist(list, choiceFor('public')), new Set([two.id, 'unknown']));
  expect(rowsOf(only).map(({ id }) => id)).toEqual([`a/${two.id}`, `b/${two.id}`]);
  expect(only.internal).toEqual([]);
});

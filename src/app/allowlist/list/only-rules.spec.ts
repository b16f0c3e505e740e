import { edition, feature, internalRule, rule, use } from '../../../../test/jest/small-edition';
import { choiceFor } from '../choice/choice';
import { makeAllowlist, rowsOf } from './allowlist';
import { onlyRows, onlyTried, type TriedEndpoint, withoutRow } from './only-rules';

const [one, two, wild] = [rule('one.example'), rule('two.example'), rule('*.wild.example')];
const list = makeAllowlist(
  edition(
    [one, two, wild],
    [
      feature('a', [use(one), use(two), use(wild)]),
      feature('b', [use(two), use(wild)]),
      feature('c', [use(one)]),
    ],
    { internalRules: [internalRule({})] },
  ),
  choiceFor('public'),
);
const tried = (host: string, rules: readonly string[], standsFor: readonly string[] = []): TriedEndpoint => ({
  ...{ host, port: 443, protocol: 'https', rules, standsFor },
});
const doors = (of: typeof list): readonly string[] => rowsOf(of).map(row => `${row.feature.id} ${row.host}`);

it('leaves some rows, and those alone', () => {
  const only = onlyRows(list, new Set([`a/${two.id}`, 'unknown']));
  expect(rowsOf(only).map(({ id }) => id)).toEqual([`a/${two.id}`]);
  expect(only.internal).toEqual([]);
});

describe('what tried endpoints need', () => {
  it('is of the features that were checked, or of all where they are not known', () => {
    const endpoints = [tried('two.example', [two.id])];
    expect(doors(onlyTried(list, endpoints, ['a', 'c']))).toEqual(['a two.example']);
    expect(doors(onlyTried(list, endpoints, []))).toEqual(['a two.example', 'b two.example']);
  });

  it('is a wildcard only where an endpoint was tried as its example', () => {
    expect(doors(onlyTried(list, [tried('x.wild.example', [wild.id], ['*.wild.example'])], ['a']))).toEqual([
      'a *.wild.example',
    ]);
    expect(doors(onlyTried(list, [tried('mine.wild.example', [wild.id])], ['a', 'b']))).toEqual([
      'a mine.wild.example',
      'b mine.wild.example',
    ]);
  });

  it('is nothing by another rule, port or protocol', () => {
    expect(doors(onlyTried(list, [tried('one.example', [two.id])], []))).toEqual([]);
    expect(doors(onlyTried(list, [{ ...tried('one.example', [one.id]), port: 80 }], []))).toEqual([]);
    expect(doors(onlyTried(list, [{ ...tried('one.example', [one.id]), protocol: 'tcp' }], []))).toEqual([]);
  });

  it('is not there where the list has it no more, which is told', () => {
    const endpoints = [tried('one.example', [one.id]), tried('gone.example', ['gone'])];
    expect(withoutRow(endpoints, onlyTried(list, endpoints, []))).toEqual([endpoints[1]]);
  });
});

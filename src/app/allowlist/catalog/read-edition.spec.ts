import { shippedEditionJson } from '../../../../test/jest/edition';
import { readEdition } from './read-edition';

type Change = (edition: Record<string, unknown>) => void;

function changed(change: Change): unknown {
  const edition = shippedEditionJson() as Record<string, unknown>;
  change(edition);
  return edition;
}

const first = (list: unknown) => (list as Record<string, unknown>[])[0] ?? {};

describe('readEdition', () => {
  it('takes the shipped edition', () => {
    expect(readEdition(shippedEditionJson())?.id).toBe('2022-01');
  });

  it.each<[string, Change]>([
    ['no rules', edition => delete edition['rules']],
    ['a port as text', edition => (first(edition['rules'])['port'] = '443')],
    ['an unknown protocol', edition => (first(edition['rules'])['protocol'] = 'ftp')],
    ['an unknown kind', edition => (first(edition['features'])['kind'] = 'maybe')],
    [
      'a link that is not of the web',
      edition => (first(edition['features'])['links'] = [{ title: 'x', url: 'javascript:alert(1)' }]),
    ],
    ['no clouds', edition => delete edition['clouds']],
    ['a region without a cloud', edition => (edition['regions'] = [{ id: 'eastus', title: 'East US' }])],
    ['a vendor without a title', edition => (edition['vendors'] = [{ id: 'dell' }])],
    ['an internal rule without ends', edition => (edition['internalRules'] = [{ id: 'x', ports: [] }])],
    ['a change without hosts', edition => (edition['changes'] = [{ text: 'x' }])],
    [
      'a placeholder without a host',
      edition => (first(edition['rules'])['placeholder'] = { name: 'region' }),
    ],
    ['a use without origins', edition => (first(edition['features'])['uses'] = [{ rule: 'x' }])],
  ])('refuses %s', (_, change) => {
    expect(readEdition(changed(change))).toBeUndefined();
  });

  it.each([null, [], 'text', 7, {}])('refuses %j', json => {
    expect(readEdition(json)).toBeUndefined();
  });
});

import { englishStrings } from '../../../../../test/jest/strings';
import { DIRECT } from '../../../../../test/jest/proxy-page-harness';
import { makeText } from '../../../ui/words/text';
import type { Drift } from '../../change/drift';
import { driftLines } from './drift-text';

describe('driftLines', () => {
  it('says once what is so on many nodes, and guesses nobody who wrote it', () => {
    const of = (name: string, more: Partial<Drift>): Drift => ({
      node: { name, fqdn: name, state: 'up' },
      setting: DIRECT,
      differences: [],
      ...more,
    });
    const drift = [
      of('a', { why: 'not-reached' }),
      of('b', { differences: ['server'] }),
      of('c', { why: 'not-reached' }),
    ];
    expect(driftLines(makeText(englishStrings()), drift)).toEqual([
      { names: 'a, c', what: expect.stringMatching(/^Not reached by the last change/) as string },
      { names: 'b', what: 'The server is another one.' },
    ]);
  });
});

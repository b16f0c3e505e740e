import { edition } from '../../../../test/jest/small-edition';
import { englishStrings } from '../../../../test/jest/strings';
import { makeText } from '../../ui/words/make-text';
import { sourceText } from './source-text';

const t = makeText(englishStrings());

describe('sourceText', () => {
  const whole = {
    ...edition([], []),
    published: '2022-01-15',
    sources: {
      dated: { title: 'List', url: 'https://a.example', date: '2021-12-01' },
      undated: { title: 'Page', url: 'https://a.example', undated: 'It came without its date.' },
    },
  };

  it('gives a document with its date and section', () => {
    expect(sourceText({ source: 'dated', section: 'Row 1' }, whole, t)).toBe('List (2021-12-01): Row 1');
  });

  it('gives no date where none is known, not that of the edition', () => {
    expect(sourceText({ source: 'undated', section: 'Row 1' }, whole, t)).toBe('Page: Row 1');
  });

  it('gives nothing for a document that the edition does not know', () => {
    expect(sourceText({ source: 'x', section: 'Row 1' }, whole, t)).toBeUndefined();
  });
});

import { languageOf, makeText } from './make-text';

describe('A text', () => {
  it('fills in values once, as they are', () => {
    const t = makeText({ key: '{0} and {1}, {0}; {2}' });
    expect(t('key', '{1}', 2)).toBe('{1} and 2, {1}; {2}');
  });

  it('shows a key that has no sentence', () => {
    expect(makeText({})('no.such', 1)).toBe('[no.such]');
  });

  it.each([
    ['en', ['0 rules', '1 rule', '2 rules']],
    ['de', ['0 rules', '1 rule', '2 rules']],
    // French counts nothing as one.
    ['fr', ['0 rule', '1 rule', '2 rules']],
  ])('takes the form that fits the number in %s', (language, expected) => {
    const t = makeText({
      'common.language': language,
      'rules.one': '{0} rule',
      'rules.other': '{0} rules',
    });
    expect([0, 1, 2].map(count => t('rules', count))).toEqual(expected);
  });

  it('takes the other form where a language has no more', () => {
    const t = makeText({ 'common.language': 'cs', 'rules.one': '{0} x', 'rules.other': '{0} xs' });
    expect(t('rules', 3)).toBe('3 xs');
  });

  it('is in English when its language is not known', () => {
    expect([languageOf({}), languageOf({ 'common.language': 'de' })]).toEqual(['en', 'de']);
    expect(languageOf({ 'common.language': 'xx' })).toBe('en');
  });
});

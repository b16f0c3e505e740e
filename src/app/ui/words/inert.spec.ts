import fc from 'fast-check';
import { inert } from './inert';

const UNSEEN = [
  '\u202E',
  '\u202A',
  '\u2066',
  '\u2069',
  '\u200E',
  '\u061C',
  '\u200B',
  '\uFEFF',
  '\u0000',
  '\u001B',
  '\u0085',
  '\u2028',
  '\u{E0041}',
];

describe('a text from elsewhere', () => {
  it('says what in it is not seen', () => {
    expect(inert('proxy\u202E08:moc.live')).toBe('proxy[U+202E]08:moc.live');
    expect(inert('a\u{E0041}b\u0000')).toBe('a[U+E0041]b[U+0000]');
  });

  it('keeps line breaks, joiners, and letters of any script', () => {
    const text =
      'one\r\n\ttwo \u05E9\u05DC\u05D5\u05DD \u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645 👩\u200D💻 ü ß …';
    expect(inert(text)).toBe(text);
  });

  it('holds none of them afterwards, keeps all the rest in its order, and is the same when made inert again', () => {
    const texts = fc
      .array(fc.oneof(fc.constantFrom(...UNSEEN), fc.string({ unit: 'binary' })))
      .map(all => all.join(''));
    fc.assert(
      fc.property(texts, text => {
        const shown = inert(text);
        expect(shown).not.toMatch(/(?![\t\n\r\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(inert(shown)).toBe(shown);
        expect(
          shown.replace(/\[U\+([0-9A-F]{4,6})\]/g, (whole, code: string) =>
            String.fromCodePoint(parseInt(code, 16)),
          ),
        ).toBe(
          text.replace(/\[U\+([0-9A-F]{4,6})\]/g, (whole, code: string) =>
            String.fromCodePoint(parseInt(code, 16)),
          ),
        );
      }),
    );
  });
});

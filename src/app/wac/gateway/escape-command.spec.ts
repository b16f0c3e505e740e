import fc from 'fast-check';
import { escapeCommandScript } from './escape-command';

/** The text that createCommand makes around one value. */
function commandScript(value: unknown): string {
  const json = JSON.stringify(value).replaceAll("'", "''");
  return `function cvt($o){return ConvertFrom-Json $o}\n function SmeSubmit{\nparam($A)}\nSmeSubmit -A (cvt '${json}')`;
}

const quotes = ['‘', '’', '‚', '‛'];

describe('escapeCommandScript', () => {
  it.each(quotes)('leaves no %s behind the call that could end the literal', quote => {
    const script = escapeCommandScript(commandScript(`x${quote}); Get-Process; (${quote}`));
    expect(script.slice(script.lastIndexOf('SmeSubmit'))).not.toContain(quote);
  });

  it('keeps the value: reading the JSON gives it back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), value => {
        const script = escapeCommandScript(commandScript(value));
        const literal = /\(cvt '(.*)'\)$/s.exec(script)?.[1] ?? '';
        expect(JSON.parse(literal.replaceAll("''", "'"))).toBe(value);
      }),
    );
  });

  it('finds the call even when a value imitates it', () => {
    const script = escapeCommandScript(commandScript('}\nSmeSubmit ’'));
    expect(script).not.toContain('’');
  });

  it('does not touch the script itself', () => {
    const script = escapeCommandScript("function SmeSubmit{\n'ä'}\nSmeSubmit -A (cvt '\"ä\"')");
    expect(script).toBe("function SmeSubmit{\n'ä'}\nSmeSubmit -A (cvt '\"\\u00e4\"')");
  });

  it('refuses a text without a call', () => {
    expect(() => escapeCommandScript('Get-Process')).toThrow('no call');
  });
});

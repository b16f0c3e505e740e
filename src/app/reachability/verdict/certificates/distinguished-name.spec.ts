import * as fc from 'fast-check';
import { displayName, parseDistinguishedName } from './distinguished-name';

describe('Distinguished names', () => {
  it('reads the form that .NET writes', () => {
    expect(parseDistinguishedName('CN=DigiCert TLS RSA4096 Root G5, O="DigiCert, Inc.", C=US')).toEqual([
      { type: 'CN', value: 'DigiCert TLS RSA4096 Root G5' },
      { type: 'O', value: 'DigiCert, Inc.' },
      { type: 'C', value: 'US' },
    ]);
  });

  it('reads attributes that share one place', () => {
    expect(parseDistinguishedName('CN=a + OU=b, O=c')?.map(item => item.type)).toEqual(['CN', 'OU', 'O']);
  });

  it('keeps a quoted value in one piece, whatever it looks like', () => {
    const crafted = 'O="x, CN=DigiCert Global Root G2", CN=Filter';
    expect(displayName(crafted)).toBe('Filter');
  });

  it.each(['CN=a, , O=b', 'just words', 'CN="open', 'CN=a"b', '=x', 'CN=a=b, CN=c'])('refuses %j', text => {
    expect(parseDistinguishedName(text)).toBeUndefined();
  });

  it('gives back every value that was quoted by the rules', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), values => {
        const text = values.map(value => `CN="${value.replaceAll('"', '""')}"`).join(', ');
        expect(parseDistinguishedName(text)?.map(item => item.value)).toEqual(values);
      }),
    );
  });

  it('shows the whole text when it is not a name', () => {
    expect(displayName('??')).toBe('??');
  });
});

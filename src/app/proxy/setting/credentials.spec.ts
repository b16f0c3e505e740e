import * as fc from 'fast-check';
import { hideCredentials, hideInAddress, hideInWords, isHidden } from './credentials';

describe('credentials in a proxy', () => {
  it.each([
    ['', ''],
    ['proxy:8080', 'proxy:8080'],
    ['http=a:1;https=http://b:2', 'http=a:1;https=http://b:2'],
    ['http://user:word@proxy:8080', 'http://***@proxy:8080'],
    ['user:word@proxy:8080', '***@proxy:8080'],
    ['user@proxy:8080', '***@proxy:8080'],
    ['http://user:wo/rd#?@x@proxy:8080/', 'http://***@proxy:8080/'],
    ['HTTP=http://user:word@a:1;https=b:2', 'HTTP=http://***@a:1;https=b:2'],
    ['http=a:1;https=http://user:wo;rd@b:2', 'http=a:1;https=http://***@b:2'],
    ['http=a:1 socks=user:word@b:2', 'http=a:1 socks=***@b:2'],
    ['http://user:wo;http=rd@b:2', 'http://***@b:2'],
    ['http://***@proxy:8080', 'http://***@proxy:8080'],
  ])('%s is told as %s', (server, told) => {
    expect(hideCredentials(server)).toBe(told);
  });

  it.each([
    ['http://wpad/a@b.pac', 'http://wpad/a@b.pac'],
    ['http://[fd00::1]:80?x=a@b', 'http://[fd00::1]:80?x=a@b'],
    ['http://user:word@wpad/a.pac', 'http://***@wpad/a.pac'],
    ['http://user:wo/rd@wpad/a.pac', 'http://***@wpad/a.pac'],
    ['file://user:word@share/a.pac', '***@share/a.pac'],
  ])('of the address %s is told %s', (address, told) => {
    expect(hideInAddress(address)).toBe(told);
  });

  it.each([
    ['cannot read proxy.url', 'cannot read proxy.url'],
    ['parse "http://user:wo rd@p": invalid character " " in "rd"', 'parse "***'],
    ['no proxy user:word@p:1', 'no proxy ***'],
    ['ask admin@contoso.com', 'ask admin@contoso.com'],
  ])('of the words %s is told %s', (words, told) => {
    expect(hideInWords(words)).toBe(told);
  });

  const word = fc.string({ maxLength: 6 }).map(text => `S3cret${text.replace(/[;\s]/g, '')}S3cret`);
  const server = fc.tuple(
    fc.constantFrom('', 'http://', 'https=', 'http=http://', 'socks=', 'ftp://', 'x://'),
    fc.constantFrom('user:', ':', ''),
    word,
    fc.constantFrom('@proxy:8080', '@p', '@[fd00::1]:1/'),
  );
  it('are never told, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.array(server, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(';', ' '),
        (all, between) => {
          const text = all.map(parts => parts.join('')).join(between);
          const told = [hideCredentials(text), hideInWords(`it says http://${text}`)];
          expect(told.join('\n')).not.toContain('S3cret');
          // By a slash before it, an address and a user's name look the same.
          if (!text.includes('/S3cret')) expect(hideInAddress(text)).not.toContain('S3cret');
          expect(isHidden(hideCredentials(text))).toBe(true);
          expect(hideCredentials(hideCredentials(text))).toBe(hideCredentials(text));
        },
      ),
    );
  });
});

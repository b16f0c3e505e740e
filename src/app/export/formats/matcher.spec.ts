import { allows } from './matcher';

const https = (host: string, port = 443) => ({ host, port, protocol: 'https' as const });

describe('what an allowlist lets through', () => {
  it.each([
    ['login.example.com', 'login.example.com', true],
    ['login.example.com', 'LOGIN.example.COM', true],
    ['login.example.com', 'a.login.example.com', false],
    ['login.example.com', 'login.example.com.evil.example', false],
    ['*.blob.example.com', 'a.blob.example.com', true],
    ['*.blob.example.com', 'a.b.blob.example.com', true],
    ['*.blob.example.com', 'blob.example.com', false],
    ['*.blob.example.com', 'evilblob.example.com', false],
    ['azgn*.bus.example.com', 'azgn1.bus.example.com', true],
    ['azgn*.bus.example.com', 'azgn.bus.example.com', true],
    ['azgn*.bus.example.com', 'a.azgn1.bus.example.com', false],
    ['azgn*.bus.example.com', 'azgn1.b.bus.example.com', false],
  ])('%s and %s: %s', (host, asked, expected) => {
    expect(allows([https(host)], https(asked))).toBe(expected);
  });

  it('knows ports and protocols', () => {
    expect(allows([https('a.example')], https('a.example', 8443))).toBe(false);
    expect(allows([https('a.example')], { ...https('a.example'), protocol: 'http' })).toBe(false);
    expect(allows([], https('a.example'))).toBe(false);
  });
});

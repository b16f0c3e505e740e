import * as fc from 'fast-check';
import { readProxyScript, readSent } from './proxy-script-report';

const AT = 'http://wpad.contoso.com/proxy.pac';
const report = (head: string, text = ''): string => `P\t${head}\n${JSON.stringify(text)}`;

describe('A proxy configuration script', () => {
  it('is shown with the proxies that stand in it', () => {
    const text = `function FindProxyForURL(url, host) {
      // our proxy server is p, see https://wiki.contoso.com:8443/proxy
      if (isPlainHostName(host)) return "DIRECT";
      return "PROXY p.contoso.com:8080; HTTPS q.contoso.com:443; SOCKS5 [2001:db8::1]:1080; PROXY p.contoso.com:8080";
    }`;
    expect(readProxyScript(AT, report(`0\t200\t${text.length}\t1\t`, text))).toEqual({
      ...{ address: AT, state: 'read', detail: '', text },
      named: ['p.contoso.com:8080', 'q.contoso.com:443', '[2001:db8::1]:1080'],
    });
  });

  it.each([
    ['0\t200\t9\t0\t', 'no-script', ''],
    ['0\t404\t9\t1\t', 'status', '404'],
    ['6\t000\t0\t0\tCould not resolve host: wpad', 'failed', 'Could not resolve host: wpad'],
    ['7\t000\t0\t0\t', 'failed', 'curl 7'],
    ['63\t200\t0\t0\tMaximum file size exceeded', 'failed', 'Maximum file size exceeded'],
  ])('is none after %j: %s', (head, state, detail) => {
    expect(readProxyScript(AT, report(head, 'text'))).toMatchObject({ state, detail, named: [] });
  });

  it('is not made up of what is no report', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.string()), value => {
        expect(['unasked', 'failed', 'status', 'no-script', 'read']).toContain(
          readProxyScript(AT, value).state,
        );
        readSent(value);
      }),
    );
    expect(readProxyScript(AT, undefined).state).toBe('unasked');
  });

  it('sends endpoints where Windows says so, and is not resolved where all answers are direct', () => {
    expect(readSent('G\ta\tp:1\nG\tb\t\nG\tc\tp:1\nX\td\tp:1\nG\te')).toEqual([
      { proxy: 'p:1', endpoints: ['a', 'c'] },
      { proxy: '', endpoints: ['b'] },
    ]);
    expect(readSent('G\ta\t\nG\tb\t')).toBeUndefined();
    expect(readSent('')).toBeUndefined();
  });
});

import * as fc from 'fast-check';
import { parseProxyServer } from './proxy-server';

describe('parseProxyServer', () => {
  it.each([
    ['webproxy1.com:9090', 'webproxy1.com:9090'],
    ['  proxy:1  ', 'proxy:1'],
    ['10.0.0.1:65535', '10.0.0.1:65535'],
    ['[fe80::1]:8080', '[fe80::1]:8080'],
    ['3com.example:80', '3com.example:80'],
  ])('takes %s', (typed, server) => {
    expect(parseProxyServer(typed)).toEqual({ ok: true, server, schemeRemoved: false });
  });

  it('leaves out http:// and says so', () => {
    expect(parseProxyServer('HTTP://proxy.contoso.com:8080')).toEqual({
      ok: true,
      server: 'proxy.contoso.com:8080',
      schemeRemoved: true,
    });
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['“proxy:8080”', 'quotes'],
    ['x’); Get-Process; (‘', 'quotes'],
    ["'proxy:8080'", 'quotes'],
    ['proxy: 8080', 'space'],
    ['proxy:80\n80', 'space'],
    ['proxy\u0000:80', 'space'],
    ['http=a:80;https=b:80', 'several'],
    ['a:80,b:80', 'several'],
    ['https://proxy:8080', 'scheme'],
    ['socks5://proxy:1080', 'scheme'],
    ['user:secret@proxy:8080', 'credentials'],
    ['http://user@proxy:8080', 'credentials'],
    ['http://proxy:8080/', 'path'],
    ['proxy:8080/proxy.pac', 'path'],
    ['prøxy.contoso.com:8080', 'not-ascii'],
    ['\u212Aproxy:8080', 'not-ascii'],
    ['proxy.contoso.com', 'port-missing'],
    ['http://proxy', 'port-missing'],
    ['[fe80::1]', 'port-missing'],
    ['proxy:', 'port-invalid'],
    ['proxy:0', 'port-invalid'],
    ['proxy:080', 'port-invalid'],
    ['proxy:65536', 'port-invalid'],
    ['proxy:http', 'port-invalid'],
    ['fe80::1:8080', 'brackets-missing'],
    [':8080', 'host-invalid'],
    ['-proxy:8080', 'host-invalid'],
    ['pro_xy:8080', 'host-invalid'],
    ['proxy..contoso:8080', 'host-invalid'],
    ['$(1):8080', 'host-invalid'],
    ['1.2.3:8080', 'host-invalid'],
    ['256.1.1.1:8080', 'host-invalid'],
    ['01.1.1.1:8080', 'host-invalid'],
    ['[1.2.3.4]:8080', 'host-invalid'],
    ['[fe80::1%eth0]:8080', 'host-invalid'],
    [`${'a'.repeat(64)}:8080`, 'host-invalid'],
  ])('refuses %j as %s', (typed, problem) => {
    expect(parseProxyServer(typed)).toEqual({ ok: false, problem });
  });

  it('lets nothing through that PowerShell or WinINet could read as more than one server', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: 'grapheme' }).map(text => `${text}:8080`),
        ),
        typed => {
          const read = parseProxyServer(typed);
          if (read.ok) expect(read.server).toMatch(/^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]):[1-9]\d{0,4}$/);
        },
      ),
    );
  });

  it('takes every name with every port, and what it gives it takes again', () => {
    fc.assert(
      fc.property(fc.domain(), fc.integer({ min: 1, max: 65535 }), (host, port) => {
        const read = parseProxyServer(`${host}:${String(port)}`);
        expect(read).toEqual({ ok: true, server: `${host}:${String(port)}`, schemeRemoved: false });
      }),
    );
  });
});

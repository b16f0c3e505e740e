import * as fc from 'fast-check';
import { readClientRoutes } from './client-routes';

const target = (host: string) => ({ host, port: 443, protocol: 'https' });
const u32 = (value: number): string =>
  [0, 8, 16, 24].map(shift => ((value >>> shift) & 255).toString(16).padStart(2, '0')).join('');
const text = (value: string): string =>
  u32(value.length) +
  Array.from(value, letter => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('');
const winHttp = (server: string, bypass: string): string =>
  `winhttp=Binary|${u32(0x18)}${u32(0)}${u32(3)}${text(server)}${text(bypass)}`;

describe('The ways of the clients of a node', () => {
  it('is, for WinHTTP, its own proxy and its own bypass list', () => {
    const routes = readClientRoutes({
      values: [winHttp('proxy.contoso.com:8080', 'localhost;*.contoso.local')],
    });
    expect(routes.winhttp?.(target('a.com'))).toBe('proxy.contoso.com:8080');
    expect(routes.winhttp?.(target('x.contoso.local'))).toBe('');
    const gateway = readClientRoutes({
      values: [winHttp('http=http://fw:8080;https=http://localhost:40343', '')],
    });
    expect(gateway.winhttp?.(target('a.com'))).toBe('localhost:40343');
  });

  it.each(['winhttp=absent', `winhttp=Binary|${u32(0x18)}${u32(0)}${u32(1)}${u32(0)}${u32(0)}`])(
    'is direct for WinHTTP without a proxy: %s',
    value => {
      expect(readClientRoutes({ values: [value] }).winhttp?.(target('a.com'))).toBe('');
    },
  );

  it('is not there for WinHTTP of which the node tells nothing', () => {
    expect(readClientRoutes({ values: [] })).toEqual({});
  });

  it.each([
    'winhttp=Binary|18',
    `winhttp=Binary|${u32(24)}${u32(0)}${u32(3)}${u32(99)}`,
    'winhttp=String|x',
    // A proxy in a form that nobody can follow.
    ...['https://u:word@p:1', 'p:99999', '2001:db8::1', 'socks=s:1080'].map(server => winHttp(server, '')),
    // A script, detection, both, and detection before a fixed proxy.
    ...[5, 9, 13, 11].map(
      flags => `winhttp=Binary|${u32(0x18)}${u32(0)}${u32(flags)}${text('p:1')}${text('')}`,
    ),
  ])('is not known for WinHTTP where the value cannot be understood: %s', value => {
    const { winhttp } = readClientRoutes({ values: value });
    expect(winhttp).toBeDefined();
    expect(winhttp?.(target('a.com'))).toBeUndefined();
  });

  /** Syntax of `WINHTTP_PROXY_INFO`: semicolons or white space, `<local>` for names without a dot (Windows API, winhttp.h). */
  it.each<[string, string, boolean]>([
    ['localhost;*.contoso.local', 'x.contoso.local', true],
    ['localhost *.contoso.local\tb.com', 'b.com', true],
    [' *.Contoso.local ; B.com;', 'b.COM', true],
    ['<local>', 'server', true],
    ['<local>', 'server.contoso.local', false],
    ['<-loopback>', 'server', false],
    ['192.168.*;10.0.0.1', '192.168.7.1', true],
    ['192.168.0.0/16', '192.168.7.1', false],
    ['*.contoso.local', 'contoso.local', false],
    ['b.com', 'x.b.com', false],
    ['.b.com', 'x.b.com', false],
    ['b.com:443', 'b.com', true],
    ['b.com:8443', 'b.com', false],
    ['*', 'anything.example', true],
    ['', 'anything.example', false],
  ])('of WinHTTP go past its proxy by its list %j: %s, %s', (bypass, host, past) => {
    const { winhttp } = readClientRoutes({ values: [winHttp('proxy.contoso.com:8080', bypass)] });
    expect(winhttp?.(target(host))).toBe(past ? '' : 'proxy.contoso.com:8080');
  });

  /** Go's `http/httpproxy` and its tests (golang/net, 094d4385). */
  it.each<[string, string, boolean]>([
    ['b.com', 'b.com', true],
    ['b.com', 'x.b.com', true],
    ['b.com', 'notb.com', false],
    ['.b.com', 'x.b.com', true],
    ['.b.com', 'b.com', false],
    ['*.b.com', 'x.b.com', true],
    ['*.b.com', 'b.com', false],
    ['a.com, B.com ,', 'b.COM', true],
    ['a.com;b.com', 'b.com', false],
    ['a.com b.com', 'b.com', false],
    ['b.com:443', 'x.b.com', true],
    ['b.com:80', 'b.com', false],
    ['.b.com:443', 'x.b.com', true],
    ['*', 'anything.example', true],
    ['192.168.0.0/16,10.0.0.1', 'b.com', false],
    ['192.168.0.0/16, 10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.0/9', '10.128.0.1', false],
    ['10.0.0.0/33', '10.0.0.1', false],
    ['10.0.0.1', '10.0.0.1', true],
    ['10.0.0.1:80', '10.0.0.1', false],
    ['10.0.0.1:443', '10.0.0.1', true],
    ['2001:db8::/32', '[2001:DB8:0:0::1]', true],
    ['2001:db8::1', '2001:db8:0::1', true],
    ['[2001:db8::1]:80', '[2001:db8::1]', false],
    ['[2001:db8::1]:443', '[2001:db8::1]', true],
    ['[2001:db8::1]:', '[2001:db8::1]', true],
    ['[2001:db8::1]', '[2001:db8::1]', false],
    ['[10.0.0.1]:443', '10.0.0.1', true],
    ['::ffff:10.0.0.1', '10.0.0.1', true],
    ['010.0.0.1', '10.0.0.1', false],
    ['b.com:', 'x.b.com', true],
    ['b.com:0443', 'b.com', false],
    ['10.0.0.0/8', '2001:db8::1', false],
    ['10.0.0.0/8', '10.1.2.3.example', false],
    ['', 'localhost', true],
    ['', '127.0.0.9', true],
    ['', '[::1]', true],
    ['<local>', 'server', false],
    ['', 'b.com', false],
    [':443,.', 'b.com', false],
  ])(
    'of the Arc agent go past the proxy of the environment by NO_PROXY %j: %s, %s',
    (exceptions, host, past) => {
      const values = [
        'env.HTTPS_PROXY=String|http://p.contoso.com:8080',
        `env.NO_PROXY=String|${exceptions}`,
      ];
      const { agent } = readClientRoutes({ values, arcAgent: { proxyUrl: '', proxyBypass: '' } });
      expect(agent?.(target(host))).toBe(past ? '' : 'p.contoso.com:8080');
    },
  );

  it.each([
    ['http', 80, 'plain.contoso.com:3128'],
    ['https', 443, 'p.contoso.com:8080'],
  ])('of the Arc agent take the variable of their own scheme: %s', (protocol, port, expected) => {
    const values = [
      'env.HTTP_PROXY=String|http://plain.contoso.com:3128',
      'env.HTTPS_PROXY=String|http://p.contoso.com:8080',
    ];
    const routes = (lines: readonly string[]) =>
      readClientRoutes({ values: lines, arcAgent: { proxyUrl: '', proxyBypass: '' } });
    expect(routes(values).agent?.({ host: 'a.com', port, protocol })).toBe(expected);
    const other = values.filter(line => line.startsWith('env.HTTPS_PROXY') === (protocol === 'http'));
    expect(routes(other).agent?.({ host: 'a.com', port, protocol })).toBe('');
  });

  const environment = [
    'env.HTTPS_PROXY=String|http://proxy.contoso.com:8080',
    'env.NO_PROXY=String|localhost,.contoso.local,b.com',
  ];
  it.each([
    ['its own address', 'http://own:3128', 'a.com', 'own:3128'],
    ['its own address, whatever NO_PROXY says', 'http://own:3128', 'b.com', 'own:3128'],
    ['Arc gateway', 'http://localhost:40343', 'a.com', 'localhost:40343'],
    ['the variable', '', 'a.com', 'proxy.contoso.com:8080'],
    ['no proxy for an exception', '', 'b.com', ''],
    ['its own address without a scheme', 'own:3128', 'a.com', 'own:3128'],
    ['its own address by number', 'http://[2001:db8::1]:3128/', 'a.com', '[2001:db8::1]:3128'],
    ['its own address, with the port of its scheme', 'http://own', 'a.com', 'own:80'],
    ['not told by an address with a user', 'http://user:word@own:3128', 'a.com', undefined],
    ['not told by an address to which it speaks TLS', 'https://own:3128', 'a.com', undefined],
  ])('is, for the Arc agent, %s', (_, proxyUrl, host, expected) => {
    const routes = readClientRoutes({ values: environment, arcAgent: { proxyUrl, proxyBypass: '' } });
    expect(routes.agent?.(target(host))).toBe(expected);
  });

  /** By the table of the agent's document; its words are services, and what it does not tell is not guessed. */
  it.each<[string, string, string | undefined]>([
    ['Arc', 'gbl.his.arc.azure.com', ''],
    ['Arc', 'agentserviceapi.guestconfiguration.azure.com', ''],
    ['Arc', 'management.azure.com', 'own:3128'],
    ['Arc', 'nothis.arc.azure.com.example', 'own:3128'],
    ['ARM,Arc', 'management.azure.com', ''],
    ['[ARM Arc]', 'management.azure.com', ''],
    ['aad', 'login.microsoftonline.com', ''],
    ['aad', 'x.login.microsoftonline.com', 'own:3128'],
    ['ArcData', 'telemetry.westeurope.arcdataservices.com', ''],
    // Which words it stands for depends on the agent's version.
    ['Arc', 'telemetry.westeurope.arcdataservices.com', undefined],
    ['Arc', 'gbl.his.arc.azure.us', undefined],
    ['AMPLS', 'management.azure.com', undefined],
    ['AMPLS,ARM', 'management.azure.com', ''],
    ['', 'a.com', 'own:3128'],
    ['Arc', 'nobody.example', 'own:3128'],
  ])('of the Arc agent go past its own proxy by %j: %s, %s', (proxyBypass, host, expected) => {
    const { agent } = readClientRoutes({
      values: [],
      arcAgent: { proxyUrl: 'http://own:3128', proxyBypass },
    });
    expect(agent?.(target(host))).toBe(expected);
  });

  it.each<[string, string | undefined]>([
    ['http://p.contoso.com:8080', 'p.contoso.com:8080'],
    ['p.contoso.com:8080', 'p.contoso.com:8080'],
    ['p.contoso.com', 'p.contoso.com:80'],
    ['HTTP://[::1]:8080', '[::1]:8080'],
    ['https://p.contoso.com:8443', undefined],
    ['socks5://p.contoso.com:1080', undefined],
    ['http://user:word@p.contoso.com:8080', undefined],
    [' http://p.contoso.com:8080', undefined],
    ['p.contoso.com:99999', undefined],
    ['http://p:1;http://q:2', undefined],
  ])('of the Arc agent go by the variable %j through %s', (variable, expected) => {
    const values = [`env.HTTPS_PROXY=String|${variable}`];
    const { agent } = readClientRoutes({ values, arcAgent: { proxyUrl: '', proxyBypass: '' } });
    expect(agent?.(target('a.com'))).toBe(expected);
  });

  /** Whether the words are for the variable's proxy too is documented nowhere: they matter only where they could. */
  it.each<[string, readonly string[], string, string | undefined]>([
    ['ARM', environment, 'management.azure.com', undefined],
    ['ARM', environment, 'a.com', 'proxy.contoso.com:8080'],
    ['ARM', environment, 'b.com', ''],
    ['ARM', [], 'management.azure.com', ''],
  ])(
    'of the Arc agent with %j and no address of its own, by %j: %s, %s',
    (proxyBypass, values, host, expected) => {
      const { agent } = readClientRoutes({ values, arcAgent: { proxyUrl: '', proxyBypass } });
      expect(agent?.(target(host))).toBe(expected);
    },
  );

  it.each([null, undefined])('is not there without an Arc agent: %j', arcAgent => {
    expect(readClientRoutes({ values: environment, arcAgent })).toEqual({});
  });

  it.each([
    { proxyUrl: 1 },
    { unread: 'blocked' },
    { proxyUrl: 'Warning: no service', proxyBypass: '' },
    { proxyUrl: '', proxyBypass: '', connectionType: 'unknown property' },
  ])('is not known for the Arc agent: %j', arcAgent => {
    const { agent } = readClientRoutes({ values: environment, arcAgent });
    expect(agent).toBeDefined();
    expect(agent?.(target('a.com'))).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (values, arcAgent) => {
        const routes = readClientRoutes({ values, arcAgent });
        routes.agent?.(target('a'));
        routes.winhttp?.(target('a'));
      }),
    );
  });
});

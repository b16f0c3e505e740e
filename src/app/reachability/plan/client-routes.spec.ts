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

  it.each([
    undefined,
    'winhttp=Binary|18',
    `winhttp=Binary|${u32(24)}${u32(0)}${u32(3)}${u32(99)}`,
    'winhttp=String|x',
  ])('is not known for WinHTTP where the value cannot be understood: %s', value => {
    expect(readClientRoutes({ values: value }).winhttp).toBeUndefined();
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
    ['no proxy below an exception', '', 'x.contoso.local', ''],
    ['the proxy beside an exception', '', 'notb.com', 'proxy.contoso.com:8080'],
  ])('is, for the Arc agent, %s', (_, proxyUrl, host, expected) => {
    const routes = readClientRoutes({ values: environment, arcAgent: { proxyUrl, proxyBypass: '' } });
    expect(routes.agent?.(target(host))).toBe(expected);
  });

  it.each([null, undefined, { proxyUrl: 1 }, { proxyUrl: 'http://p:1', proxyBypass: 'ARM' }])(
    'is not known for the Arc agent: %j',
    arcAgent => {
      expect(readClientRoutes({ values: environment, arcAgent }).agent).toBeUndefined();
    },
  );

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

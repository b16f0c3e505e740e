import * as fc from 'fast-check';
import { arcGatewaySigns, keepsArcGateway } from './arc-gateway';
import { readConnection, readWinHttp, writeConnection } from './blobs';
import { readLayers, sameProxyKey, serverFor } from './layers';
import { ABSENT, changedIds, parseRawValues, rawLines, type RawValues, VALUE_IDS } from './raw-values';

const NONE = Object.fromEntries(VALUE_IDS.map(id => [id, ABSENT])) as RawValues;
const ascii = fc.string({
  unit: fc.constantFrom('a', 'b', '.', ':', ';', '=', '/', '*', '<', '>', '0', '9', '-'),
});

describe('connection blobs', () => {
  it('reads the worked example of the layout', () => {
    const text = Array.from('webproxy1.com:9090', c => c.charCodeAt(0).toString(16)).join('');
    const value = `Binary|46000000050000000300000012000000${text}0000000000000000${'00'.repeat(32)}`;
    expect(readConnection(value)).toEqual({ flags: 3, server: 'webproxy1.com:9090', bypass: '', pacUrl: '' });
    expect(writeConnection({ flags: 3, server: 'webproxy1.com:9090', bypass: '', pacUrl: '' }, value)).toBe(
      value.replace('4600000005', '4600000006'),
    );
  });

  it('reads what it wrote, and keeps what stands behind', () => {
    fc.assert(
      fc.property(ascii, ascii, ascii, (server, bypass, pacUrl) => {
        const options = { flags: 15, server, bypass, pacUrl };
        const value = writeConnection(options, `Binary|3c00000009000000010000000000000000000000000000000102`);
        expect(readConnection(value)).toEqual(options);
        expect(value).toMatch(/^Binary\|3c0000000a000000.*0102$/);
      }),
    );
  });

  it('says of any other bytes that they are none, and never throws', () => {
    expect(readConnection('String|http://p')).toBeUndefined();
    expect(readConnection('Binary|46000000010000000300000012000000')).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), text => {
        readConnection(`Binary|${text}`);
        readWinHttp(text);
      }),
    );
  });

  it.each(['18000000', '28000000'])(
    'reads WinHTTP’s proxy of version %s, whatever stands behind it',
    version => {
      const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex');
      const length = (text: string): string => `${text.length.toString(16).padStart(2, '0')}000000`;
      const [server, bypass] = ['http=a:1;https=b:2', '<local>;*.contoso.com'];
      const value = `Binary|${version}0000000003000000${length(server)}${hex(server)}${length(bypass)}${hex(bypass)}`;
      const read = { flags: 3, server, bypass, pacUrl: '' };
      expect(readWinHttp(value)).toEqual(read);
      expect(readWinHttp(`${value}0102030405060708`)).toEqual(read);
      expect(readWinHttp(value.slice(0, -2))).toBeUndefined();
    },
  );

  it('reads WinHTTP’s direct access', () => {
    expect(readWinHttp('Binary|1800000000000000010000000000000000000000')).toMatchObject({
      flags: 1,
      server: '',
    });
  });
});

describe('layers', () => {
  it('tells every layer of its own, and which of WinINet’s two counts', () => {
    const values = {
      ...NONE,
      policy: 'String|0',
      'machine.default': writeConnection(
        { flags: 7, server: 'm:1', bypass: 'a', pacUrl: 'http://w/p' },
        ABSENT,
      ),
      'env.HTTPS_PROXY': 'String|http://e:1',
      'env.NO_PROXY': 'String|.svc',
    };
    const layers = readLayers(values, undefined);
    expect(layers.machine).toMatchObject({ server: 'm:1', pacUrl: 'http://w/p', inForce: false });
    expect(layers.account).toMatchObject({ server: '', inForce: true });
    expect(layers.environment).toMatchObject({ server: 'https=http://e:1', bypass: '.svc' });
    expect(readLayers({ ...values, policy: 'DWord|0' }, undefined).machine.inForce).toBe(true);
  });

  it('says nothing of a variable whose text could not be read without loss', () => {
    const values = { ...NONE, 'env.HTTPS_PROXY': 'Other|REG_EXPAND_SZ x' };
    expect(readLayers(values, undefined).environment).toMatchObject({ readable: false, server: '' });
  });

  it('takes the same proxy for the same', () => {
    expect(sameProxyKey('HTTP://Proxy:8080/')).toBe(sameProxyKey('proxy:8080'));
    expect(sameProxyKey('http=http://a:1;https=b:2')).toBe('http=a:1;https=b:2');
    expect(sameProxyKey('https=http://B:2/ http=a:1')).toBe(sameProxyKey('http=a:1;https=b:2'));
    expect(sameProxyKey('http=b:2;https=a:1')).not.toBe(sameProxyKey('http=a:1;https=b:2'));
    expect(sameProxyKey('a:1')).not.toBe(sameProxyKey('a:2'));
    expect(serverFor('https', 'http=a:1;https=b:2')).toBe('b:2');
  });

  it('knows a node that goes out through Arc gateway, by each of its signs', () => {
    const server = 'http=http://fw:8080;https=http://localhost:40343';
    const wininet = writeConnection({ flags: 3, server, bypass: '', pacUrl: '' }, ABSENT);
    const signs = (values: Partial<RawValues>, connectionType = '') => {
      const agent = { proxyUrl: '', proxyBypass: '', connectionType };
      return arcGatewaySigns(readLayers({ ...NONE, ...values }, agent), agent);
    };
    expect(signs({ 'machine.default': wininet })).toEqual(['machine']);
    expect(signs({ 'env.HTTPS_PROXY': 'String|http://localhost:40343' })).toEqual(['environment']);
    expect(signs({}, 'gateway')).toEqual(['agent']);
    expect(signs({ 'env.HTTPS_PROXY': 'String|http://proxy:40343' })).toEqual([]);
    expect(signs({ 'user.default': wininet })).toEqual(['account']);
  });

  it.each([
    ['http=http://fw:8080;https=http://localhost:40343', true],
    ['HTTPS=LOCALHOST:40343', true],
    ['localhost.:40343', true],
    ['https=https://LocalHost:40343/', true],
    ['127.0.0.1:40343', true],
    ['127.0.1.1:40343', true],
    ['127.1:40343', true],
    ['http://0x7f000001:40343', true],
    ['2130706433:40343', true],
    ['http://[::1]:40343', true],
    ['[0:0:0:0:0:0:0:1]:40343', true],
    ['::1:40343', true],
    ['[::ffff:127.0.0.1]:40343', true],
    ['localhost:040343', true],
    ['http=http://localhost:40343;https=http://fw:8080', false],
    ['http=http://localhost:40343', false],
    ['localhost:4034', false],
    ['localhost:403430', false],
    ['localhost', false],
    ['localhost.contoso.com:40343', false],
    ['notlocalhost:40343', false],
    ['128.0.0.1:40343', false],
    ['fw:40343', false],
    ['', false],
  ])('knows whether %s sends HTTPS through Arc gateway: %s', (server, is) => {
    expect(keepsArcGateway(server)).toBe(is);
  });

  it('tells of an agent that could not be asked that it is there, and nothing else', () => {
    const agent = { unread: 'blocked' };
    expect(readLayers(NONE, agent).agent).toMatchObject({ readable: false, server: '' });
    expect(arcGatewaySigns(readLayers(NONE, agent), agent)).toEqual([]);
  });
});

describe('raw values', () => {
  it('come over the wire and back, and are refused when one is missing', () => {
    const values = { ...NONE, policy: 'String|a=b|c' };
    expect(parseRawValues(rawLines(values))).toEqual(values);
    expect(parseRawValues(rawLines(values).slice(1))).toBeUndefined();
    expect(parseRawValues('x')).toBeUndefined();
    expect(changedIds(values, NONE)).toEqual(['policy']);
  });
});

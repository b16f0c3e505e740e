import type { LayerName } from '../layers/layers';
import { bypassWarnings, networksLeftOut, proposalsFor, serverWarnings } from './advice';
import { hasPublicAddresses, patternsOf, troubleOf } from './ranges';
import { parseTypedBypass, toNoProxy } from './typed-bypass';
import { parseTypedServer, serverToFetch } from './typed-server';
import { simulate } from './simulate';
import { wouldGoDirect } from './would-go-direct';

describe('parseTypedServer', () => {
  it.each([
    ['http://192.168.1.250:8080', 20348, '192.168.1.250:8080', 'removed'],
    ['192.168.1.250:8080', 20348, '192.168.1.250:8080', undefined],
    ['http://192.168.1.250:8080', 25398, 'http://192.168.1.250:8080', undefined],
    ['192.168.1.250:8080', 25398, 'http://192.168.1.250:8080', 'added'],
    ['p:1', undefined, 'p:1', undefined],
  ])('reads %s on build %s as %s', (typed, build, server, scheme) => {
    const read = parseTypedServer(typed, build);
    expect(read).toMatchObject({ ok: true, server });
    expect(read.ok && read.scheme).toBe(scheme);
  });

  it('writes schemes as the nodes’ script takes them', () => {
    expect(parseTypedServer('HTTP=HTTP://a:1; HTTPS= b:2;', 25398)).toEqual({
      ok: true,
      server: 'http=http://a:1;https=b:2',
    });
  });

  it('takes one server for each protocol, and no two for one', () => {
    expect(parseTypedServer('http=http://fw:8080; https=http://localhost:40343', 25398)).toMatchObject({
      ok: true,
      server: 'http=http://fw:8080;https=http://localhost:40343',
    });
    for (const typed of ['http=a:1;http=b:1', 'http=a:1;b:1', 'http=a:1,https=b:1', 'socks=a:1', 'http='])
      expect(parseTypedServer(typed, 25398).ok).toBe(false);
  });
});

describe('serverToFetch', () => {
  it.each([
    ['http://p:1', 'p:1'],
    ['p:1', 'p:1'],
    ['http=a:1;https=HTTP://b:2', 'b:2'],
    ['http=http://fw:8080;https=http://localhost:40343', 'fw:8080'],
    ['http=a:1', 'a:1'],
    ['https=http://localhost:40343', ''],
  ])('of %s is %s', (server, own) => {
    expect(serverToFetch(server)).toBe(own);
  });
});

describe('parseTypedBypass', () => {
  it('converts a list with commas with a word', () => {
    const typed = 'localhost,127.0.0.1,*.svc,node1,192.168.0.*';
    const entries = typed.split(',');
    expect(parseTypedBypass(typed)).toEqual({
      entries,
      errors: [],
      conversions: [{ from: typed, to: entries, reason: 'comma' }],
    });
  });

  it('puts brackets around an IPv6 address with a word, and takes them away for the environment', () => {
    expect(parseTypedBypass('fd00::1;localhost')).toEqual({
      entries: ['[fd00::1]', 'localhost'],
      errors: [],
      conversions: [{ from: 'fd00::1', to: ['[fd00::1]'], reason: 'ipv6' }],
    });
    expect(toNoProxy(['[fd00::1]', 'localhost']).text).toBe('fd00::1,localhost');
  });

  it('takes no sign between two addresses for a host', () => {
    expect(parseTypedBypass('10.0.0.1 - 10.0.0.9').errors).toEqual([{ entry: '-', problem: 'no-address' }]);
  });

  it.each(['10.0', '192.168.1.1-192.168.1.9', '10.0.0.256', '1', '-', '_', '-.-'])(
    'refuses %s, which nothing would match',
    typed => {
      expect(parseTypedBypass(typed)).toMatchObject({ entries: [], errors: [{ problem: 'no-address' }] });
    },
  );

  it('converts blanks, leading dots and ranges, each with its reason', () => {
    expect(parseTypedBypass('localhost;.contoso.com;.svc')).toMatchObject({
      entries: ['localhost', '*.contoso.com', '*.svc'],
      conversions: [{ reason: 'leading-dot' }, { reason: 'leading-dot' }],
    });
    expect(parseTypedBypass('a b').conversions).toMatchObject([{ reason: 'blank' }]);
    expect(parseTypedBypass('10.0.0.0/8\n192.168.4.0/23')).toMatchObject({
      entries: ['10.*', '192.168.4.*', '192.168.5.*'],
      conversions: [{ reason: 'cidr' }, { reason: 'cidr' }],
    });
  });

  it('leaves alone what is in the notation, and refuses what no pattern can say', () => {
    expect(parseTypedBypass(' localhost ; *.contoso.com;\n10.0.0.*')).toEqual({
      entries: ['localhost', '*.contoso.com', '10.0.0.*'],
      errors: [],
      conversions: [],
    });
    expect(parseTypedBypass('10.1.0.0/17').errors).toMatchObject([{ problem: 'cidr' }]);
    expect(parseTypedBypass('<local>').errors).toMatchObject([{ problem: 'local' }]);
    expect(parseTypedBypass('a;;b').errors).toMatchObject([{ problem: 'empty' }]);
  });

  it.each([
    ['10.0.0.0/8', ['10.*']],
    ['172.16.0.0/12', Array.from({ length: 16 }, (_, n) => `172.${16 + n}.*`)],
    ['10.1.16.0/20', Array.from({ length: 16 }, (_, n) => `10.1.${16 + n}.*`)],
    ['10.0.0.9/32', ['10.0.0.9']],
    ['10.0.0.13/30', ['10.0.0.12', '10.0.0.13', '10.0.0.14', '10.0.0.15']],
    ['0.0.0.0/0', undefined],
    ['300.0.0.0/8', undefined],
  ])('writes %s in patterns', (range, patterns) => {
    expect(patternsOf(range)).toEqual(patterns);
  });
});

describe('ranges', () => {
  it.each([
    ['0.0.0.0/0', { code: 'everything' }],
    ['128.0.0.0/1', { code: 'everything' }],
    ['10.1.0.0/17', { code: 'many', count: 128, wider: '10.1.*' }],
    ['10.128.0.0/9', { code: 'many', count: 128, wider: '10.*' }],
    ['192.168.7.0/26', { code: 'many', count: 64, wider: '192.168.7.*' }],
    ['fd00::/8', { code: 'ipv6' }],
    ['10.0.0.0/33', { code: 'none' }],
    ['256.0.0.0/8', { code: 'none' }],
    ['10.0.0.0/', { code: 'none' }],
  ])('says of %s why no patterns are made of it', (range, trouble) => {
    expect(patternsOf(range)).toBeUndefined();
    expect(troubleOf(range)).toEqual(trouble);
  });

  it.each([
    ['10.*', false],
    ['10.200.3.*', false],
    ['172.16.*', false],
    ['172.31.4.*', false],
    ['172.*', true],
    ['172.32.*', true],
    ['192.168.*', false],
    ['192.*', true],
    ['100.64.*', false],
    ['100.*', true],
    ['20.190.*', true],
    ['*.contoso.com', false],
    ['10.0.0.1', false],
    // Windows compares texts: a star stands for dots and digits alike.
    ['1*', true],
    ['10*', true],
    ['20.1*', true],
    ['20.190.*.7', true],
    ['*.190.1.1', true],
    ['172.1*', true],
    ['192.168*', false],
    ['10.*.*.*', false],
    ['10.1*', false],
    ['300.*', false],
    ['1.2.3.4.*', false],
  ])('knows whether %s has public addresses in it', (pattern, isPublic) => {
    expect(hasPublicAddresses(pattern)).toBe(isPublic);
  });
});

describe('toNoProxy', () => {
  it('writes dots and ranges, and names what it cannot say', () => {
    expect(toNoProxy(['localhost', '*.contoso.com', '10.*', '192.168.1.*', 'web*'])).toEqual({
      text: 'localhost,.contoso.com,10.0.0.0/8,192.168.1.0/24',
      left: ['web*'],
    });
    expect(toNoProxy(['300.*', '010.*', '10.0.256.*', '0.*'])).toEqual({
      text: '0.0.0.0/8',
      left: ['300.*', '010.*', '10.0.256.*'],
    });
  });
});

describe('wouldGoDirect', () => {
  it.each([
    ['machine', 'a.contoso.com', 'localhost;*.contoso.com', '*.contoso.com'],
    ['machine', 'contoso.com', '*.contoso.com', undefined],
    ['machine', 'NODE1', '<local>', '<local>'],
    ['machine', 'node1', 'localhost,node1', undefined],
    ['winhttp', '10.1.2.3', '10.*', '10.*'],
    ['machine', 'axcontoso', 'a.contoso', undefined],
    ['environment', 'a.contoso.com', '.contoso.com', '.contoso.com'],
    ['environment', 'contoso.com', '.contoso.com', undefined],
    ['environment', 'a.contoso.com', 'contoso.com', 'contoso.com'],
    ['environment', '10.1.2.3', '10.0.0.0/8', '10.0.0.0/8'],
    ['environment', '11.1.2.3', '10.0.0.0/8', undefined],
    ['environment', '11.1.2.3', '10.0.0.0/33', undefined],
    ['environment', 'fd00::1', 'fd00::/8', 'fd00::/8'],
    ['environment', '[fd12:0:0::7]', 'fd12::/64', 'fd12::/64'],
    ['environment', 'fe00::1', 'fd00::/8', undefined],
    ['environment', '10.1.2.3', '::/0', undefined],
    ['machine', 'http://name@host.com:80/x', 'host.com', 'host.com'],
    ['environment', 'x', '*', '*'],
    ['machine', 'https://A.contoso.com:443/path', '*.contoso.com', '*.contoso.com'],
    ['machine', 'a.contoso.com.', '*.contoso.com', '*.contoso.com'],
    ['machine', 'fd00::1', '[fd00::1]', '[fd00::1]'],
    ['machine', 'fd00::1', '<local>', undefined],
    ['environment', '[fd00::1]:443', 'fd00::1', 'fd00::1'],
    ['machine', 'node2', 'node1', undefined],
    ['environment', 'a.com', 'a.com:80', undefined],
    ['environment', 'a.com:443', 'a.com:80', undefined],
    ['environment', 'http://a.com/x', 'a.com:80', 'a.com:80'],
    ['environment', 'a.com:080', 'a.com:80', 'a.com:80'],
    ['environment', 'https://a.com', 'a.com:80,.com:443', '.com:443'],
    ['environment', 'b.a.com:8443', '*.a.com:8443', '*.a.com:8443'],
    ['agent', 'a.com:8443', 'a.com', 'a.com'],
    ['environment', '10.0.0.1:80', '10.0.0.1:443', undefined],
    ['environment', '[fd00::1]:8443', '[fd00::1]:8443', '[fd00::1]:8443'],
    ['environment', 'fd00::1', '[fd00::1]:8443', undefined],
    ['environment', 'fd00::1', '[fd00::1]', undefined],
    // Not documented for Windows' lists, and refused in the form.
    ['machine', 'a.com:80', 'a.com:80', undefined],
  ] as const)('%s: %s by %s', (layer, host, bypass, entry) => {
    expect(wouldGoDirect(layer, host, bypass)).toEqual(
      entry === undefined ? { direct: false } : { direct: true, entry },
    );
  });
});

describe('a node itself', () => {
  const of = (layer: LayerName, host: string, bypass = '') => wouldGoDirect(layer, host, bypass).direct;

  it.each(['localhost', 'LocalHost', '127.0.0.1', '::1', '[::1]:80'])(
    '%s is never asked for through the environment, nor through WinINet unless its list takes that away',
    host => {
      expect(wouldGoDirect('environment', host, '')).toEqual({ direct: true });
      for (const layer of ['machine', 'account'] as const) {
        expect(wouldGoDirect(layer, host, 'a;b')).toEqual({ direct: true });
        expect(wouldGoDirect(layer, host, 'a;<-LOOPBACK>')).toEqual({ direct: false });
      }
      expect(wouldGoDirect('winhttp', host, '')).toEqual({ direct: undefined });
      expect(of('winhttp', host, '<-loopback>')).toBe(false);
    },
  );

  it('is by its entry where one names it', () => {
    for (const layer of ['machine', 'winhttp', 'environment'] as const)
      expect(wouldGoDirect(layer, 'localhost', 'localhost')).toEqual({ direct: true, entry: 'localhost' });
  });

  it('ends for WinINet where sources end, and says nothing where they differ', () => {
    expect(['loopback', '127.0.0.2', 'a.localhost'].map(host => of('machine', host))).toEqual([
      true,
      false,
      false,
    ]);
    expect(['127.0.0.2', 'loopback'].map(host => of('environment', host))).toEqual([true, false]);
    for (const host of ['169.254.169.254', '[fe80::1]', 'febf::1'])
      expect(of('machine', host)).toBeUndefined();
    expect(['169.255.0.1', 'fec0::1', '10.0.0.1', 'a.com'].map(host => of('machine', host))).not.toContain(
      undefined,
    );
  });
});

describe('simulate', () => {
  const all = { winHttp: true, environment: true };
  const words = (host: string, server: string | undefined, entries: readonly string[] = [], extras = all) =>
    simulate(host, { server, entries, extras }).map(({ word, what }) => `${word} ${what}`.trim());

  it('tells each layer that the change sets, with the entry in its own notation', () => {
    expect(words('10.1.2.3', 'p:1', ['10.*'])).toEqual(['direct 10.*', 'direct 10.*', 'direct 10.0.0.0/8']);
    expect(words('a.com', 'p:1', [], { ...all, winHttp: false, environment: false })).toEqual([
      'proxy',
      'unset',
      'unset',
    ]);
    expect(words(' ', 'p:1')).toEqual([]);
  });

  it.each([
    ['a.com', 'http=p:1', 'no-server HTTPS'],
    ['https://a.com', 'http=p:1', 'no-server HTTPS'],
    ['http://a.com', 'http=p:1', 'proxy'],
    ['a.com:80', 'http=p:1', 'proxy'],
    ['http://a.com:8080/x', 'https=p:1', 'no-server HTTP'],
    ['a.com', 'https=p:1', 'proxy'],
    ['a.com', 'http=p:1;https=q:1', 'proxy'],
    // Each node keeps its own, or none is typed yet.
    ['a.com', undefined, 'proxy'],
  ])('sends %s by %s: %s', (host, server, word) => {
    expect(words(host, server)).toEqual([word, word, word]);
  });

  it('knows an IPv6 address however it is written', () => {
    expect(words('FD00:0::1', 'p:1', ['[fd00::1]'])).toEqual([
      'direct [fd00::1]',
      'direct [fd00::1]',
      'direct fd00::1',
    ]);
  });
});

describe('advice', () => {
  it('warns of what Azure Local does not support', () => {
    const codes = (server: string, bypass: string[]) =>
      [...serverWarnings(server), ...bypassWarnings(bypass, [], [])].map(({ code }) => code);
    expect(codes('proxy.contoso.local:8080', ['localhost'])).toEqual(['dot-local']);
    for (const own of [
      'http://127.0.0.1:8080',
      '[0:0:0:0:0:0:0:1]:80',
      '[::ffff:127.0.0.1]:80',
      '0.0.0.0:80',
      'LocalHost:80',
    ])
      expect(codes(own, ['localhost'])).toEqual(['loopback']);
    expect(codes('http=http://fw:8080;https=http://localhost:40343', ['localhost'])).toEqual([]);
    expect(codes('http=a:1', ['localhost'])).toEqual(['no-https']);
    expect(codes('https=a:1', ['localhost'])).toEqual(['no-http']);
    expect(codes('p:1', ['*'])).toEqual(['everything-direct', 'no-local']);
    expect(codes('p:1', ['localhost', '20.*', '10.*'])).toEqual(['public-range']);
    expect(bypassWarnings(['localhost', 'NODE1'], ['node1', 'node2'], [])).toEqual([
      { code: 'no-nodes', value: 'node2' },
    ]);
  });

  it.each([
    ['*.azure.com', ['management.azure.com', '*.his.arc.azure.com']],
    ['*.windows.net', ['login.windows.net', '*.servicebus.windows.net']],
    ['*.microsoft.com', []],
    ['*azure*', ['management.azure.com', '*.his.arc.azure.com']],
    ['management.azure.com', ['management.azure.com']],
    ['MANAGEMENT.AZURE.COM', ['management.azure.com']],
    ['*.com', ['management.azure.com', '*.his.arc.azure.com', 'login.microsoftonline.com']],
    // A name of one's own under a wildcard: a private endpoint.
    ['mine.servicebus.windows.net', []],
    ['*.contoso.com', []],
    ['azure.com', []],
    ['10.*', []],
  ])('names what %s of the chosen list would send past the proxy', (entry, hosts) => {
    const listed = [
      'management.azure.com',
      '*.his.arc.azure.com',
      'login.microsoftonline.com',
      'login.windows.net',
      '*.servicebus.windows.net',
    ];
    const found = bypassWarnings(['localhost', entry], [], listed);
    expect(found).toEqual(hosts.length === 0 ? [] : [{ code: 'listed-direct', value: entry, hosts }]);
  });

  it('proposes what the page wants of this cluster', () => {
    const nodes = [{ name: 'node1', fqdn: 'node1.contoso.com', state: 'up' as const }];
    expect(proposalsFor({ name: 'hci.contoso.com', nodes, origin: 'cluster' }, ['10.0.0.1'])).toEqual([
      'localhost',
      '127.0.0.1',
      'node1',
      'hci',
      '10.0.0.1',
      '*.contoso.com',
    ]);
    const addresses = [
      { address: '10.0.0.9', prefix: 24 },
      { address: '172.16.4.9', prefix: 23 },
      { address: '10.128.0.1', prefix: 11 },
    ];
    const proposed = proposalsFor({ name: 'hci', nodes, origin: 'cluster', addresses }, []);
    expect(proposed.slice(4, -1)).toEqual([
      '10.0.0.9',
      '172.16.4.9',
      '10.128.0.1',
      '10.0.0.*',
      '172.16.4.*',
      '172.16.5.*',
    ]);
    expect(toNoProxy(proposed).text).toContain('10.0.0.0/24,172.16.4.0/24,172.16.5.0/24');
    expect(networksLeftOut({ name: 'hci', nodes, origin: 'cluster', addresses })).toEqual([
      { range: '10.128.0.0/11', count: 32, wider: '10.*' },
    ]);
    expect(networksLeftOut({ name: 'hci', nodes, origin: 'cluster' })).toEqual([]);
  });
});

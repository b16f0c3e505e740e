import { machineWide, NOTHING } from '../../../../test/jest/proxy-model/model-node';
import { asideFromWinInet, differingLayers, gatewaySignsOf, layersOf } from './compare-layers';
import { writeConnection } from './layers/blobs';
import { ABSENT, rawLines, type RawValues } from './layers/raw-values';
import { parseProxySetting, type ProxySetting } from './proxy-setting';

/** WinHTTP's value with a proxy: version, unknown, flags, then both texts behind their lengths. */
function winHttp(server: string, bypass: string): string {
  const text = (value: string): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(value.length);
    return Buffer.concat([length, Buffer.from(value, 'latin1')]);
  };
  const head = Buffer.from('180000000000000003000000', 'hex');
  return `Binary|${Buffer.concat([head, text(server), text(bypass)]).toString('hex')}`;
}

function settingOf(values: Partial<RawValues>, fields: object = {}): ProxySetting {
  const all: RawValues = { ...NOTHING, ...values };
  const setting = parseProxySetting({
    machineWide: all.policy === 'DWord|0',
    server: '',
    readable: true,
    values: rawLines(all),
    ...fields,
  });
  if (setting === undefined) throw new Error('no setting');
  return setting;
}

function wide(server: string, bypass: string): Partial<RawValues> {
  const blob = writeConnection({ flags: 3, server, bypass, pacUrl: '' }, ABSENT);
  return { policy: 'DWord|0', 'machine.default': blob, 'machine.legacy': blob };
}

describe('differingLayers', () => {
  it('marks each layer that is not as on most nodes', () => {
    const same = settingOf(machineWide('p:1'));
    const own = settingOf({ ...machineWide('HTTP://P:1/'), 'env.HTTPS_PROXY': 'String|http://p:1' });
    const agent = { arcAgent: { proxyUrl: 'http://p:1', proxyBypass: '', connectionType: 'proxy' } };
    expect(differingLayers([same, same, own]).map(found => [...found.keys()])).toEqual([
      [],
      [],
      ['environment'],
    ]);
    expect(differingLayers([same, same, settingOf(machineWide('p:1'), agent)])[2]).toEqual(
      new Map([['agent', 'setting']]),
    );
  });

  it('marks both of WinINet’s where the policy is another, and all where there is no majority', () => {
    const same = settingOf(machineWide('p:1'));
    const off = settingOf({ ...machineWide('p:1'), policy: 'absent' });
    expect(differingLayers([same, same, off])[2]).toEqual(
      new Map([
        ['machine', 'force'],
        ['account', 'force'],
      ]),
    );
    expect(differingLayers([same, settingOf(machineWide('q:1'))])).toEqual([
      new Map([['machine', 'setting']]),
      new Map([['machine', 'setting']]),
    ]);
  });

  it('tells which part of a layer is another: what it says, its list, or whether it counts', () => {
    const of = (...settings: readonly ProxySetting[]) =>
      differingLayers(settings).map(found => [...found].map(each => each.join(' ')));
    const [p, q] = [settingOf(wide('p:1', 'a')), settingOf(wide('q:1', 'a'))];
    const [list, off] = [settingOf(wide('p:1', 'a;b')), settingOf({ ...wide('p:1', 'a'), policy: 'absent' })];
    expect(of(p, p, q)).toEqual([[], [], ['machine setting']]);
    expect(of(p, p, list)).toEqual([[], [], ['machine bypass']]);
    // Nothing is in the machine's layer of these nodes, or of the account's, but for what counts.
    const bare = settingOf({ policy: 'DWord|0' });
    expect(of(settingOf({}), settingOf({}), bare)).toEqual([[], [], ['machine force', 'account force']]);
    expect(of(p, off)).toEqual([
      ['machine force', 'account force'],
      ['machine force', 'account force'],
    ]);
    expect(of(p, list, q)).toEqual([['machine setting'], ['machine bypass'], ['machine setting']]);
  });

  it('does not compare what cannot be read, and not the order or case of hosts', () => {
    const unread = settingOf({ ...NOTHING, policy: 'DWord|0', 'machine.default': 'Binary|0102' });
    const [a, b] = [settingOf(wide('p:1', 'A;b')), settingOf(wide('p:1', 'b; a'))];
    expect(differingLayers([a, b, unread]).map(found => [...found.keys()])).toEqual([[], [], []]);
    // Blanks divide WinINet's list as well.
    const blanks = settingOf({ ...wide('p:1', 'a  b'), winhttp: winHttp('p:1', 'b;a') });
    expect(differingLayers([a, b, blanks])[2]).toEqual(new Map([['winhttp', 'setting']]));
    expect(asideFromWinInet(blanks, 'winhttp')).toBeUndefined();
  });

  it('does not compare an agent that could not be asked with one that could, nor with none', () => {
    const has = (arcAgent: unknown) => settingOf(machineWide('p:1'), { arcAgent });
    const unread = has({ unread: 'blocked' });
    for (const other of [has(null), has({ proxyUrl: 'http://p:1' })]) {
      expect(differingLayers([other, other, unread]).map(found => [...found.keys()])).toEqual([[], [], []]);
      expect(asideFromWinInet(unread, 'agent')).toBeUndefined();
    }
  });

  it('takes a setting without its layers for WinINet’s alone', () => {
    const bare: ProxySetting = {
      ...settingOf(machineWide('p:1')),
      server: 'p:1',
      bypass: ['a', 'b'],
      node: undefined,
    };
    expect(layersOf(bare)).toMatchObject({ machine: { server: 'p:1', bypass: 'a;b' } });
    expect(differingLayers([bare, settingOf(machineWide('p:1'))])[0]).toEqual(new Map());
  });
});

describe('gatewaySignsOf', () => {
  it('knows Arc gateway also where a node told no more than WinINet’s setting and the agent’s', () => {
    const server = 'http=http://fw:8080;https=http://localhost:40343';
    const bare = (fields: object) => gatewaySignsOf(settingOf({}, { values: [], ...fields }));
    expect(bare({ machineWide: true, server })).toEqual(['machine']);
    expect(bare({ machineWide: false, server })).toEqual(['account']);
    expect(bare({ leftoverServer: server })).toEqual(['machine']);
    expect(bare({ arcAgent: { proxyUrl: '', connectionType: 'gateway' } })).toEqual(['agent']);
    expect(bare({ server: 'fw:8080' })).toEqual([]);
  });

  it('knows it by the node’s own name and addresses, too', () => {
    const by = (host: string) =>
      gatewaySignsOf(
        settingOf(wide(`http=http://fw:8080;https=http://${host}:40343`, ''), {
          computerName: 'NODE1',
          addresses: ['10.0.0.11'],
        }),
      );
    for (const own of ['node1', 'Node1.contoso.local', 'NODE1.', '10.0.0.11'])
      expect(by(own)).toEqual(['machine']);
    for (const other of ['node2', 'node10', 'fw.node1', '10.0.0.1', '10.0.0.110'])
      expect(by(other)).toEqual([]);
  });
});

describe('asideFromWinInet', () => {
  const env = (server: string, bypass: string): Partial<RawValues> => ({
    'env.HTTP_PROXY': `String|${server}`,
    'env.HTTPS_PROXY': `String|${server}`,
    'env.NO_PROXY': `String|${bypass}`,
  });

  it.each([
    ['none at all', {}, undefined, undefined],
    ['WinINet alone', wide('p:1', ''), 'server', 'server'],
    [
      'the same everywhere, each in its notation',
      {
        ...wide('p:1', 'localhost;*.contoso.com;10.*'),
        winhttp: winHttp('http://p:1', 'localhost;10.*;*.contoso.com'),
        ...env('http://p:1', 'localhost,.contoso.com,10.0.0.0/8'),
      },
      undefined,
      undefined,
    ],
    [
      'more in the environment, as it is wanted, and less in WinHTTP',
      {
        ...wide('p:1', 'localhost;a'),
        winhttp: winHttp('p:1', 'localhost'),
        ...env('http://p:1', 'localhost,a,.svc'),
      },
      'bypass',
      undefined,
    ],
    [
      'less in the environment',
      {
        ...wide('p:1', 'localhost;a'),
        winhttp: winHttp('p:1', 'localhost;a'),
        ...env('http://p:1', 'localhost'),
      },
      undefined,
      'bypass',
    ],
    ['others only', { winhttp: winHttp('p:1', ''), ...env('http://p:1', '') }, 'server', 'server'],
    ['SOCKS in WinINet alone', wide('socks=s:1', ''), 'server', 'server'],
    [
      'one for all, named for each',
      { ...wide('p:1', ''), winhttp: winHttp('http=p:1;https=p:1', '') },
      undefined,
      'server',
    ],
    [
      'one for each protocol',
      {
        ...wide('http=fw:1;https=localhost:40343', ''),
        winhttp: winHttp('http=fw:1;https=localhost:40343', ''),
        'env.HTTP_PROXY': 'String|http://fw:1',
        'env.HTTPS_PROXY': 'String|http://localhost:40343',
      },
      undefined,
      undefined,
    ],
  ] as const)('%s', (_, values, inWinHttp, inEnvironment) => {
    const setting = settingOf(values);
    expect(asideFromWinInet(setting, 'winhttp')).toBe(inWinHttp);
    expect(asideFromWinInet(setting, 'environment')).toBe(inEnvironment);
    expect(asideFromWinInet(setting, 'machine')).toBeUndefined();
  });

  it('holds the agent to WinINet only where it has a proxy of its own', () => {
    const agent = (proxyUrl: string) =>
      settingOf(wide('p:1', 'a'), { arcAgent: { proxyUrl, proxyBypass: 'Arc', connectionType: '' } });
    expect(asideFromWinInet(agent(''), 'agent')).toBeUndefined();
    expect(asideFromWinInet(agent('http://p:1/'), 'agent')).toBeUndefined();
    expect(asideFromWinInet(agent('http://q:1'), 'agent')).toBe('server');
  });
});

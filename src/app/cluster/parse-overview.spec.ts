import * as fc from 'fast-check';
import { cloudOfRegion, parseOverview } from './parse-overview';

const overview = (change: Record<string, unknown> = {}) => ({
  name: 'hci-cluster',
  nodes: [
    { name: 'node10', fqdn: 'node10.contoso.local', state: 'paused' },
    { name: 'node2', fqdn: 'node2.contoso.local', state: 'up', build: '20348' },
  ],
  registration: { status: 'Registered', connection: 'Connected', region: 'eastus' },
  witness: { kind: 'cloud', account: 'contosowitness', endpoint: 'core.windows.net' },
  warnings: [],
  ...change,
});

describe('parseOverview', () => {
  it('takes the addresses of the cluster with their networks, and nothing that is none', () => {
    const of = (addresses: unknown) => parseOverview(overview({ addresses }), 'c')?.cluster.addresses;
    expect(of({ address: '10.0.16.5', mask: '255.255.240.0' })).toEqual([
      { address: '10.0.16.5', prefix: 20 },
    ]);
    for (const [address, mask] of [
      ['10.0.0.256', '255.255.255.0'],
      ['10.0.0.5', '255.0.255.0'],
      ['10.0.0.5', ''],
      ['', ''],
      ['fe80::1', '64'],
    ])
      expect(of([{ address, mask }])).toBeUndefined();
  });

  it('reads nodes in natural order, region, cloud and witness account', () => {
    expect(parseOverview(overview(), 'hci-cluster.contoso.local')).toEqual({
      cluster: {
        name: 'hci-cluster',
        nodes: [
          { name: 'node2', fqdn: 'node2.contoso.local', state: 'up', build: 20348 },
          { name: 'node10', fqdn: 'node10.contoso.local', state: 'paused' },
        ],
        origin: 'cluster',
        cloud: 'public',
        region: 'eastus',
        witnessAccount: 'contosowitness',
      },
      warnings: [],
    });
  });

  it.each([
    ['CONTOSO\\admin', 'CONTOSO\\admin'],
    ['\\', undefined],
    ['admin', undefined],
    ['CONTOSO\\ad\nmin', undefined],
    [7, undefined],
  ])('knows the account %j as %j', (account, expected) => {
    expect(parseOverview(overview({ account }), 'c')?.cluster.account).toBe(expected);
  });

  it('leaves cloud, region and witness open when the cluster does not tell', () => {
    const read = parseOverview(overview({ registration: null, witness: null }), 'c');
    expect(read?.cluster).not.toHaveProperty('cloud');
    expect(read?.cluster).not.toHaveProperty('region');
    expect(read?.cluster).not.toHaveProperty('witnessAccount');
  });

  it('takes an account only from a cloud witness, and only a possible one', () => {
    const account = (witness: unknown) => parseOverview(overview({ witness }), 'c')?.cluster.witnessAccount;
    expect(account({ kind: 'share', account: 'abc123', endpoint: '' })).toBeUndefined();
    expect(account({ kind: 'cloud', account: 'evil.example/x', endpoint: '' })).toBeUndefined();
    expect(account({ kind: 'cloud', account: 'Abc123', endpoint: '' })).toBe('abc123');
  });

  it('drops nodes whose name could not be one, repeats, and unknown state words', () => {
    const nodes = [
      { name: 'node1', fqdn: 'node1/../x', state: 'exploded', build: '20348; x' },
      { name: 'NODE1', fqdn: 'NODE1', state: 'up' },
      { name: '<img>', fqdn: 'a', state: 'up' },
      null,
      'node3',
    ];
    expect(parseOverview(overview({ nodes }), 'c')?.cluster.nodes).toEqual([
      { name: 'node1', fqdn: 'node1', state: 'unknown' },
    ]);
  });

  it('takes a list of one that arrived as the thing itself', () => {
    const nodes = { name: 'node1', fqdn: 'node1.contoso.local', state: 'up' };
    expect(parseOverview(overview({ nodes, warnings: 'witness-unreadable' }), 'c')).toMatchObject({
      cluster: { nodes: [nodes] },
      warnings: ['witness-unreadable'],
    });
  });

  it('is no overview when it is something else', () => {
    for (const other of [undefined, null, 'text', 7, [], {}, { nodes: [] }])
      expect(parseOverview(other, 'c')).toBeUndefined();
  });

  it('never throws and never lets a name through that is more than a name', () => {
    const wild = fc.record({
      name: fc.anything(),
      nodes: fc.oneof(
        fc.anything(),
        fc.array(fc.record({ name: fc.anything(), fqdn: fc.string(), state: fc.anything() })),
      ),
      registration: fc.oneof(fc.anything(), fc.record({ region: fc.anything() })),
      witness: fc.anything(),
      warnings: fc.anything(),
    });
    fc.assert(
      fc.property(wild, value => {
        for (const node of parseOverview(value, 'c')?.cluster.nodes ?? [])
          expect(`${node.name}${node.fqdn}`).toMatch(/^[A-Za-z0-9_.-]+$/);
      }),
    );
  });
});

describe('cloudOfRegion', () => {
  it.each([
    ['usgovvirginia', 'usgov'],
    ['US Gov Arizona', 'usgov'],
    ['usdodcentral', 'usgov'],
    ['chinaeast2', 'china'],
    ['China North 3', 'china'],
    ['eastus', 'public'],
    ['westeurope', 'public'],
    ['', undefined],
    [' - ', undefined],
  ])('%s -> %s', (region, cloud) => {
    expect(cloudOfRegion(region)).toBe(cloud);
  });
});

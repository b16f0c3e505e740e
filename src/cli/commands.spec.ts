import { edition, feature, rule, use } from '../../test/jest/small-edition';
import { englishStrings } from '../../test/jest/strings';
import type { AllowlistOptions, DiffOptions } from './allowlist-contract';
import { allowlistCommand, diffCommand } from './commands';

const login = rule('login.example');
const east = rule('east.example');
const vendor = rule('dell.example');
const features = [
  feature('base', [use(login, { arcGateway: true }), use(east, { regions: ['eastus'] })]),
  feature('dell', [use(vendor)], { vendor: 'dell' }),
];
const plain = edition([login], [feature('base', [use(login)])], {
  ...{ id: '2022-01', regions: undefined, vendors: undefined },
});
const byRegion = edition([login, east, vendor], features, { id: '2030-01' });
const EDITIONS = [plain, byRegion];
const strings = englishStrings();

const list = (change: Partial<AllowlistOptions>) =>
  allowlistCommand(
    {
      ...{ edition: '2030-01', cloud: 'public', format: 'json', features: [], answers: {} },
      ...{ arcGateway: false, published: false, internal: false },
      ...change,
    },
    EDITIONS,
    strings,
  );
const diff = (change: DiffOptions) =>
  diffCommand({ from: '2022-01', to: '2030-01', format: 'json', ...change }, EDITIONS, strings);
const hosts = (change: Partial<AllowlistOptions>) => {
  const outcome = list(change);
  if (!outcome.ok) throw new Error(outcome.message);
  return (JSON.parse(String(outcome.text)) as { URL: string }[]).map(({ URL }) => URL);
};

describe('the allowlist command', () => {
  it('lists one region, or all of the cloud together and says so', () => {
    expect(hosts({ region: 'westeurope' })).toEqual(['login.example']);
    expect(list({ region: 'westeurope' })).toMatchObject({ notes: [] });
    expect(hosts({})).toEqual(['login.example', 'east.example']);
    expect(list({})).toMatchObject({
      notes: ['No --region was given: edition 2030-01 is listed for all of eastus, westeurope together.'],
    });
  });

  it('takes an edition by the month too, by which the page calls it, where that is one', () => {
    const local = { ...byRegion, id: 'azure-local-2031-02' };
    const listed = (edition: string, all: readonly unknown[]) =>
      allowlistCommand(
        {
          ...{ edition, cloud: 'public', format: 'json', features: [], answers: {} },
          ...{ arcGateway: false, published: false, internal: false },
        },
        all,
        strings,
      );
    expect(listed('2031-02', [plain, local]).ok).toBe(true);
    expect(listed('2031-02', [plain, local, { ...local, id: 'other-2031-02' }])).toMatchObject({
      ok: false,
      message: '--edition "2031-02" is not known: give one of 2022-01, azure-local-2031-02, other-2031-02.',
    });
  });

  it('says which region it takes where a cloud has only one', () => {
    expect(list({ cloud: 'usgov' })).toMatchObject({
      notes: [
        'No --region was given: edition 2030-01 has only usgovvirginia in cloud usgov, and that is listed.',
      ],
    });
  });

  it('lists a feature that must be chosen only when it is', () => {
    const linked = edition([login], [feature('linked', [use(login)], { optIn: true })], { id: '2022-01' });
    const options = {
      ...{ cloud: 'public', region: 'eastus', format: 'json', answers: {} },
      ...{ arcGateway: false, published: false, internal: false },
    };
    const text = (features: readonly string[]) =>
      allowlistCommand({ ...options, features }, [linked], strings);
    expect(text([])).toMatchObject({ ok: true, text: '[]\n' });
    expect(text(['linked'])).toMatchObject({ text: expect.stringContaining('login.example') as string });
  });

  it('lists what a vendor needs, and leaves out what Arc gateway carries', () => {
    expect(hosts({ vendor: 'dell' })).toEqual(['login.example', 'east.example', 'dell.example']);
    expect(hosts({ arcGateway: true })).toEqual(['east.example']);
  });

  it('lists only what blocks one thing', () => {
    const small = edition(
      [login, east],
      [
        feature('base', [use(login)], { blocks: { what: ['deployment'], severity: 'critical' } }),
        feature('more', [use(east)], { blocks: { what: ['workload'], severity: 'warning' } }),
      ],
      { id: '2022-01' },
    );
    const options = {
      ...{ cloud: 'public', region: 'eastus', format: 'json', features: [], answers: {} },
      ...{ arcGateway: false, published: false, internal: false },
    };
    const outcome = allowlistCommand({ ...options, blocks: 'deployment' }, [small], strings);
    expect(outcome).toMatchObject({ text: expect.stringContaining('login.example') as string });
    expect(outcome).not.toMatchObject({ text: expect.stringContaining('east.example') as string });
    expect(allowlistCommand({ ...options, blocks: 'lunch' }, [small], strings)).toEqual({
      ok: false,
      message:
        '--blocks "lunch" is not known: give one of registration, deployment, update, witness, support, extensions, workload.',
    });
    expect(
      allowlistCommand({ ...options, internal: true, blocks: 'update' }, [small], strings),
    ).toMatchObject({ ok: false, message: expect.stringContaining('cannot be given together') as string });
  });

  it('says that a cloud without a list is not one without needs', () => {
    const outcome = list({ cloud: 'china' });
    expect(outcome).toMatchObject({ ok: true, text: '[]\n' });
    expect(outcome).toHaveProperty(
      'notes.0',
      expect.stringContaining('does not mean that nothing else is needed'),
    );
  });

  it.each<[Partial<AllowlistOptions>, string]>([
    [{ region: 'mars' }, '--region "mars" is not known: give one of eastus, westeurope.'],
    [
      { region: 'usgovvirginia' },
      '--region "usgovvirginia" belongs to cloud usgov: for public give one of eastus, westeurope.',
    ],
    [
      { edition: '2022-01', region: 'eastus' },
      '--region "eastus" cannot be chosen: edition 2022-01 has one list for all regions. Give --edition 2030-01, which has a list of eastus.',
    ],
    [
      { edition: '2022-01', region: 'mars' },
      '--region "mars" cannot be chosen: edition 2022-01 has one list for all regions.',
    ],
    [
      { cloud: 'china', region: 'eastus' },
      '--region "eastus" cannot be chosen: edition 2030-01 has lists by region only for cloud public, usgov.',
    ],
    [{ vendor: 'acme' }, '--vendor "acme" is not known: give one of dell, hpe.'],
    [
      { edition: undefined, vendor: 'dell' },
      '--vendor "dell" cannot be chosen: edition 2022-01 has no lists of hardware vendors.',
    ],
    [{ features: ['dell'] }, '--feature "dell" is not known: give one of base.'],
  ])('refuses %j', (change, message) => {
    expect(list(change)).toEqual({ ok: false, message });
  });

  it('refuses a damaged list', () => {
    expect(
      diffCommand({ from: '2022-01', to: '2022-01', format: 'json' }, [plain, { id: 'x' }], strings),
    ).toEqual({ ok: false, message: 'A list that ships with this tool cannot be read.' });
  });
});

describe('the diff command', () => {
  it('takes an edition without regions for every region, and says so', () => {
    const outcome = diff({ region: 'eastus' });
    expect(outcome).toMatchObject({
      ok: true,
      notes: ['Edition 2022-01 has one list for all regions; it is taken for eastus too.'],
    });
    expect(JSON.parse(outcome.ok ? String(outcome.text) : '')).toMatchObject({
      ...{ from: '2022-01', to: '2030-01', cloud: 'public', region: 'eastus' },
      added: [{ host: 'east.example' }],
      removed: [],
      changed: [{ host: 'login.example', changes: [{ field: 'arcGateway', from: [], to: ['yes'] }] }],
    });
  });

  it('says that regions were joined', () => {
    expect(diff({})).toMatchObject({ notes: [expect.stringContaining('No --region was given')] });
  });

  it('refuses a region that neither edition has', () => {
    expect(diff({ region: 'mars' })).toMatchObject({ ok: false });
    expect(diff({ to: '2022-01', region: 'eastus' })).toMatchObject({
      ok: false,
      message: '--region "eastus" cannot be chosen: edition 2022-01 has one list for all regions.',
    });
  });
});

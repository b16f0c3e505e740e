import { edition, feature, internalRule, place, rule, use } from '../../../../test/jest/small-edition';
import { type Allowlist, makeAllowlist, rowsOf } from '../list/allowlist';
import { type Choice, choiceFor, chosenRegions, regionsOf } from './choice';

const doors = (allowlist: Allowlist) => rowsOf(allowlist).map(row => `${row.host}:${row.port}`);
const login = rule('login.example');
const east = rule('east.example');
const west = rule('west.example');
const gov = rule('gov.example', { clouds: ['usgov'] });

describe('regions', () => {
  const list = edition(
    [login, east, west, gov],
    [
      feature('base', [
        use(login, {
          regions: ['eastus'],
          requirement: 'optional',
          when: 'deployment',
          arcGateway: true,
          origins: [place('login.example', '443', { source: 'eastus' })],
        }),
        use(login, {
          regions: ['westeurope', 'usgovvirginia'],
          when: 'after',
          arcGateway: false,
          origins: [
            place('login.example', '443', { source: 'westeurope', regions: ['westeurope'] }),
            place('https://login.example/', '443', { source: 'gov', regions: ['usgovvirginia'] }),
          ],
        }),
        use(east, { regions: ['eastus'] }),
        use(west, { regions: ['westeurope'] }),
        use(gov),
      ]),
    ],
  );
  const listed = (change: Partial<Choice> = {}) => makeAllowlist(list, choiceFor('public', change));

  it('lists all regions of the cloud together, one row a rule and feature', () => {
    expect(doors(listed())).toEqual(['login.example:443', 'east.example:443', 'west.example:443']);
    expect(rowsOf(listed()).map(row => row.regions)).toEqual([undefined, ['eastus'], ['westeurope']]);
  });

  it('lists only what the chosen region needs', () => {
    expect(doors(listed({ region: 'westeurope' }))).toEqual(['login.example:443', 'west.example:443']);
    expect(doors(makeAllowlist(list, choiceFor('usgov', { region: 'usgovvirginia' })))).toEqual([
      'login.example:443',
      'gov.example:443',
    ]);
  });

  it('says of a row what the chosen region says', () => {
    const [eastern] = rowsOf(listed({ region: 'eastus' }));
    expect(eastern).toMatchObject({ requirement: 'optional', when: 'deployment', arcGateway: true });
    expect(eastern?.use.origins.map(({ source }) => source)).toEqual(['eastus']);
    const [western] = rowsOf(listed({ region: 'westeurope' }));
    expect(western).toMatchObject({ requirement: 'required', when: 'after', arcGateway: false });
    expect(western?.use.origins.map(({ source }) => source)).toEqual(['westeurope']);
  });

  it('reads regions that differ with care', () => {
    expect(rowsOf(listed())[0]).toMatchObject({ requirement: 'required', when: 'both', arcGateway: false });
  });

  it('takes a region of another cloud, or one that is not there, as not chosen', () => {
    for (const region of ['usgovvirginia', 'mars'])
      expect(doors(listed({ region }))).toEqual(doors(listed()));
  });

  it('knows the regions of each cloud', () => {
    expect(regionsOf(list, 'usgov').map(({ id }) => id)).toEqual(['usgovvirginia']);
    expect(regionsOf(list, 'china')).toEqual([]);
    expect(chosenRegions(list, choiceFor('public'))).toEqual(['eastus', 'westeurope']);
  });
});

describe('vendors', () => {
  const list = edition(
    [login, east],
    [feature('base', [use(login)]), feature('dell', [use(east)], { vendor: 'dell' })],
  );

  it('lists the features of the chosen vendor only', () => {
    const ids = (vendor?: string) =>
      makeAllowlist(list, choiceFor('public', { vendor })).groups.map(group => group.feature.id);
    expect(ids()).toEqual(['base']);
    expect(ids('hpe')).toEqual(['base']);
    expect(ids('dell')).toEqual(['base', 'dell']);
  });
});

describe('Arc gateway', () => {
  const list = edition(
    [login, east],
    [feature('base', [use(login, { arcGateway: true }), use(east, { arcGateway: false })])],
  );

  it('leaves out what it carries', () => {
    expect(doors(makeAllowlist(list, choiceFor('public')))).toHaveLength(2);
    expect(doors(makeAllowlist(list, choiceFor('public', { arcGateway: true })))).toEqual([
      'east.example:443',
    ]);
  });
});

describe('as published', () => {
  const dp = rule('dp.right.example');
  const update = rule('update.example', { port: 80, protocol: 'http' });
  const placeholder = { name: 'key-vault', host: '[name].vault.example' } as const;
  const vault = rule('*.vault.example', { clouds: ['usgov'], placeholder });
  const because = { reason: 'it is so', source: 'document' };
  const list = edition(
    [dp, update, vault, login],
    [
      feature('base', [
        use(dp, {
          correction: { field: 'host', ...because },
          origins: [
            place('elsewhere.example', '444', { source: 'other' }),
            place('https://DP.wrong.example/', '443'),
          ],
        }),
        use(update, {
          correction: { field: 'port', ...because },
          origins: [place('http://update.example', '443')],
        }),
        use(vault, {
          placeholder,
          correction: { field: 'cloud', ...because },
          origins: [place('[name].vault.public.example')],
        }),
        use(login, { correction: { field: 'added', ...because } }),
      ]),
    ],
  );
  const listed = (change: Partial<Choice>) => makeAllowlist(list, choiceFor('usgov', change));

  it('lists what works unless asked otherwise, and says what was corrected', () => {
    expect(doors(listed({}))).toEqual([
      'dp.right.example:443',
      'update.example:80',
      '*.vault.example:443',
      'login.example:443',
    ]);
    expect(rowsOf(listed({})).map(row => row.correction?.field)).toEqual(['host', 'port', 'cloud', 'added']);
  });

  it('lists hosts and ports as the document has them, without what we added', () => {
    const published = listed({ published: true, answers: { 'key-vault': 'contoso' } });
    expect(doors(published)).toEqual([
      'dp.wrong.example:443',
      'update.example:443',
      'contoso.vault.public.example:443',
    ]);
    expect(rowsOf(published).map(row => row.corrected)).toEqual([
      { host: 'dp.right.example', port: 443 },
      { host: 'update.example', port: 80 },
      { host: 'contoso.vault.example', port: 443 },
    ]);
    expect(rowsOf(published).every(row => row.correction === undefined)).toBe(true);
  });

  it('never lists a placeholder literally', () => {
    expect(doors(listed({ published: true }))).toContain('*.vault.public.example:443');
  });
});

describe('what a row says', () => {
  const old = rule('old.example', {
    state: { kind: 'superseded', by: 'login', text: 'Newer agents use another.', source: 'document' },
  });
  const retired = { kind: 'retired', text: 'Gone.', source: 'document' } as const;
  const list = edition(
    [old, login],
    [
      feature('base', [use(old, { connects: 'agent', bypassInspection: { source: 'document' } })], {
        state: retired,
      }),
      feature('portal', [use(login)], { connects: 'browser', state: retired }),
    ],
    { internalRules: [internalRule()] },
  );
  const allowlist = makeAllowlist(list, choiceFor('public'));

  it('takes from the rule and the use what they say, else from the feature', () => {
    expect(rowsOf(allowlist)).toMatchObject([
      { connects: 'agent', state: { kind: 'superseded' }, bypassInspection: true },
      { connects: 'browser', state: { kind: 'retired' }, bypassInspection: false },
    ]);
  });

  it('brings the rules inside the network along', () => {
    expect(allowlist.internal).toEqual([internalRule()]);
  });
});

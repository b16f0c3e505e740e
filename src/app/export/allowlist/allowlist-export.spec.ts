import fc from 'fast-check';
import { shippedEdition } from '../../../../test/jest/edition';
import { edition as small, feature, internalRule, rule, use } from '../../../../test/jest/small-edition';
import { parseCsv } from '../../../../test/jest/parse-csv';
import { englishStrings } from '../../../../test/jest/strings';
import { type Allowlist, makeAllowlist, rowsOf } from '../../allowlist/list/allowlist';
import { REQUIREMENTS } from '../../allowlist/catalog/catalog';
import { choiceFor } from '../../allowlist/choice/choice';
import { filterAllowlist, withFeatures } from '../../allowlist/list/filter';
import { CLOUDS } from '../../cluster/cluster';
import { makeText } from '../../ui/words/make-text';
import { allowlistFile, allowlistText, internalFile, internalText } from './allowlist-file';
import { ALLOWLIST_FORMATS } from './allowlist-format';
import type { JsonEntry } from './allowlist-json';
import { allowlistNotes } from './allowlist-notes';

// Hundreds of generated cases: slow on a busy machine, never stuck.
jest.setTimeout(30_000);

const edition = shippedEdition();
const PLACEHOLDER = { name: 'key-vault', host: '[name].vault.example' } as const;
const t = makeText(englishStrings());
const json = (allowlist: Allowlist) => JSON.parse(allowlistText(allowlist, 'json', t)) as JsonEntry[];
const csv = (allowlist: Allowlist) => parseCsv(allowlistText(allowlist, 'csv', t));
const entryOf = (allowlist: Allowlist, url: string) => json(allowlist).find(entry => entry.URL === url);

/** Any selection that a user can make. */
const allowlists = fc
  .record({
    cloud: fc.constantFrom(...CLOUDS),
    witnessAccount: fc.option(fc.stringMatching(/^[a-z0-9]{3,24}$/), { nil: undefined }),
    features: fc.option(fc.subarray(edition.features.map(feature => feature.id)), { nil: undefined }),
    requirement: fc.constantFrom(...REQUIREMENTS, 'all' as const),
    text: fc.constantFrom('', 'microsoft', 'storage', '443'),
  })
  .map(({ cloud, witnessAccount, features, requirement, text }) =>
    filterAllowlist(
      withFeatures(
        makeAllowlist(edition, choiceFor(cloud, { answers: { 'witness-account': witnessAccount } })),
        features && new Set(features),
      ),
      {
        text,
        requirement,
      },
    ),
  );

describe('allowlist as JSON', () => {
  const usgov = makeAllowlist(
    edition,
    choiceFor('usgov', { answers: { 'witness-account': 'contosowitness' } }),
  );

  it('has the shape of the document: three texts an entry', () => {
    for (const entry of json(usgov)) {
      expect(Object.keys(entry)).toEqual(['URL', 'Port', 'Notes']);
      expect(Object.values(entry).every(value => typeof value === 'string')).toBe(true);
    }
  });

  it('writes a scheme where the document does, port 80 for http, and no trailing slash', () => {
    const urls = json(usgov).map(entry => `${entry.URL} ${entry.Port}`);
    expect(urls).toContain('https://graph.windows.net 443');
    expect(urls).toContain('http://*.windowsupdate.com 80');
    expect(urls).toContain('*.servicebus.windows.net 443');
    expect(urls).toContain('login.microsoftonline.com 443');
    expect(urls.some(url => url.includes('/ '))).toBe(false);
  });

  it('lists what works instead of what the document misspells, and says both', () => {
    const entry = entryOf(usgov, 'https://dp.azurestackhci.azure.us');
    expect(entry?.Notes).toContain(
      'The document says https://dp.azurestackchi.azure.us; listed as dp.azurestackhci.azure.us because',
    );
    expect(json(usgov).some(each => each.URL.includes('azurestackchi'))).toBe(false);
  });

  it('says which port the document gives to http', () => {
    const notes = entryOf(usgov, 'http://go.microsoft.com')?.Notes;
    expect(notes).toContain('The document says port 443; listed as port 80 because');
  });

  it('lists a host once that two features want, with the reasons of both', () => {
    const entries = json(makeAllowlist(edition, choiceFor('public'))).filter(entry =>
      /^(https:\/\/)?login\.microsoftonline\.com$/.test(entry.URL),
    );
    expect(entries).toHaveLength(1);
    expect(entries[0]?.URL).toBe('https://login.microsoftonline.com');
    expect(entries[0]?.Notes).toContain('Required for Cluster registration and billing');
    expect(entries[0]?.Notes).toContain('Optional, for Remote Support');
    expect(entries[0]?.Notes).toContain('Service tag: AzureActiveDirectory.');
  });

  it('names the clouds and what a wildcard leaves out', () => {
    expect(entryOf(usgov, 'https://graph.windows.net')?.Notes).toMatch(/^\(Azure Public, Azure Gov\) /);
    expect(entryOf(usgov, '*.powershellgallery.com')?.Notes).toContain(
      'The wildcard does not cover powershellgallery.com itself.',
    );
  });

  it('holds every door of the selection once and none other', () => {
    fc.assert(
      fc.property(allowlists, allowlist => {
        const doors = json(allowlist).map(entry => `${entry.URL.replace(/^https?:\/\//, '')}:${entry.Port}`);
        expect(new Set(doors)).toEqual(new Set(rowsOf(allowlist).map(row => `${row.host}:${row.port}`)));
        expect(new Set(doors).size).toBe(doors.length);
      }),
    );
  });
});

describe('allowlist as CSV', () => {
  it('has a record a rule under a header, all of the same length', () => {
    fc.assert(
      fc.property(allowlists, allowlist => {
        const [header, ...records] = csv(allowlist);
        expect(records).toHaveLength(rowsOf(allowlist).length);
        expect(records.every(record => record.length === header?.length)).toBe(true);
        expect(records.map(record => `${record[0] ?? ''}:${record[1] ?? ''}`)).toEqual(
          rowsOf(allowlist).map(row => `${row.host}:${row.port}`),
        );
      }),
    );
  });

  it('gives clouds, protocol and requirement as codes, and the source with its date', () => {
    const [header = [], ...records] = csv(makeAllowlist(edition, choiceFor('usgov')));
    const record = records.find(each => each[0] === 'graph.windows.net') ?? [];
    const cell = (name: string) => record[header.indexOf(name)];
    expect(cell('Clouds')).toBe('public usgov');
    expect(cell('Protocol')).toBe('https');
    expect(cell('Requirement')).toBe('required');
    expect(cell('Source')).toContain('Firewall requirements for Azure Stack HCI (2022-01-27)');
  });
});

describe('rules inside the network', () => {
  const list = small(
    [rule('portal.example'), rule('*.vault.example', { placeholder: PLACEHOLDER })],
    [
      feature('portal', [use(rule('portal.example'), { when: 'after', arcGateway: true })], {
        connects: 'browser',
        state: { kind: 'retired', text: 'The old portal is gone.', source: 'document' },
      }),
      feature('vault', [
        use(rule('*.vault.example', { placeholder: PLACEHOLDER }), {
          bypassInspection: { source: 'document' },
          regions: ['eastus'],
          placeholder: PLACEHOLDER,
        }),
      ]),
    ],
    { internalRules: [internalRule({ note: 'Both ways.' })] },
  );
  const allowlist = makeAllowlist(list, choiceFor('public'));

  it('follow the others in CSV, with both ends and without a host', () => {
    const [header = [], ...records] = csv(allowlist);
    const cells = (record = 0) =>
      Object.fromEntries(header.map((name, at) => [name, records[record]?.[at]] as const));
    expect(records.map(record => record[header.indexOf('Direction')])).toEqual([
      'outbound',
      'outbound',
      'internal',
    ]);
    expect(cells(2)).toMatchObject({
      ...{ Host: '', Port: '135 49152-65535', Protocol: 'tcp', Feature: 'Failover Clustering' },
      ...{ From: 'Cluster nodes', To: 'Cluster nodes', Purpose: 'Lets nodes talk. Both ways.' },
      Source: 'Small list (2030-01-15): Failover Clustering',
    });
    expect(cells(0)).toMatchObject({
      ...{ From: "Administrator's browser", To: 'portal.example', When: 'after', Connects: 'browser' },
      ...{ 'Arc gateway': 'yes', State: 'retired', 'Bypass inspection': '', Regions: '' },
    });
    expect(cells(1)).toMatchObject({
      ...{ From: 'Cluster nodes', When: '', Connects: 'winhttp', 'Arc gateway': '' },
      ...{ State: 'current', 'Bypass inspection': 'yes', Regions: 'eastus' },
    });
  });

  it('have files of their own, as JSON too', () => {
    expect(JSON.parse(internalText(allowlist, 'json', t))).toEqual([
      {
        ...{
          direction: 'internal',
          group: 'Failover Clustering',
          from: 'Cluster nodes',
          to: 'Cluster nodes',
        },
        ...{ protocol: 'tcp', ports: ['135', '49152-65535'], requirement: 'required' },
        ...{
          purpose: 'Lets nodes talk.',
          note: 'Both ways.',
          edition: '2030-01',
          sources: ['Small list: Failover Clustering'],
        },
      },
    ]);
    const file = internalFile(allowlist, 'csv', 'hci', new Date(2030, 0, 5), t);
    expect(file.fileName).toBe('internal-rules_hci_public_2030-01_2030-01-05.csv');
    expect(parseCsv(file.text)).toHaveLength(2);
  });

  it('are not in the JSON of the document, and that is said', () => {
    expect(json(allowlist).map(entry => entry.URL)).toEqual(['portal.example', '*.vault.example']);
    expect(allowlistNotes(allowlist, 'json', t)).toContain(
      'Rules inside the network are not in this format. Left out: 1.',
    );
    expect(allowlistNotes(allowlist, 'csv', t).join()).not.toContain('left out');
  });

  it('leaves words for what the JSON has no field for', () => {
    const [portal, vault] = json(allowlist);
    expect(portal?.Notes).toMatch(/not by the nodes\. The old portal is gone\.$/);
    expect(vault?.Notes).toContain('TLS inspection must leave it alone.');
  });

  it('warns of every placeholder that is open, by name', () => {
    expect(allowlistNotes(allowlist, 'csv', t)).toEqual([
      'Key vault is not given: the file lists *.vault.example in place of your own host.',
    ]);
    const answered = choiceFor('public', { answers: { 'key-vault': 'contoso' } });
    expect(allowlistNotes(makeAllowlist(list, answered), 'csv', t)).toEqual([]);
  });

  it('warns of what is known to be wrong in a list as published', () => {
    const published = makeAllowlist(edition, choiceFor('usgov', { published: true }));
    const notes = allowlistNotes(published, 'json', t);
    expect(notes).toContainEqual(
      expect.stringMatching(
        /^dp\.azurestackchi\.azure\.us:443 is listed as published, but dp\.azurestackhci\.azure\.us:443 is what works/,
      ),
    );
    expect(json(published).map(({ URL }) => URL)).toContain('https://dp.azurestackchi.azure.us');
  });
});

describe('every export', () => {
  it('never holds an unfilled placeholder or a string without words', () => {
    fc.assert(
      fc.property(allowlists, fc.constantFrom(...ALLOWLIST_FORMATS), (allowlist, format) => {
        const text = allowlistText(allowlist, format, t);
        expect(text).not.toMatch(/myblobstorage|\{\d\}|undefined|\[(allowlist|export|common)\./);
      }),
    );
  });

  it('comes as a named file', () => {
    const file = allowlistFile(
      makeAllowlist(edition, choiceFor('china')),
      'csv',
      'hci.contoso.local',
      new Date(2026, 10, 24),
      t,
    );
    expect(file).toMatchObject({
      fileName: 'outbound-allowlist_hci_china_2022-01_2026-11-24.csv',
      mime: 'text/csv;charset=utf-8',
    });
  });
});

describe('the list that a file is of', () => {
  const list = {
    ...edition,
    id: 'azure-local-2030-01',
    regions: [{ id: 'eastus', title: 'East US', cloud: 'public' as const }],
  };

  it('stands in every record, with the region that was chosen', () => {
    const allowlist = makeAllowlist(list, choiceFor('public', { region: 'eastus' }));
    const [header = [], ...records] = parseCsv(allowlistText(allowlist, 'csv', t));
    const at = (name: string) => [...new Set(records.map(record => record[header.indexOf(name)]))];
    expect([at('Edition'), at('List of region')]).toEqual([['azure-local-2030-01'], ['eastus']]);
    for (const { Notes } of json(allowlist)) expect(Notes).toContain('List azure-local-2030-01, eastus.');
  });

  it('has no region where none is chosen, or one of another cloud', () => {
    for (const choice of [choiceFor('public'), choiceFor('usgov', { region: 'eastus' })])
      for (const { Notes } of json(makeAllowlist(list, choice)))
        expect(Notes).toContain('List azure-local-2030-01. ');
  });
});

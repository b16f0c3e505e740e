import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { edition, feature, rule, use } from '../../../../test/jest/small-edition';
import { englishStrings, stringsOf } from '../../../../test/jest/strings';
import { makeAllowlist, rowsOf } from '../../allowlist/list/allowlist';
import { choiceFor } from '../../allowlist/choice/choice';
import { withFeatures } from '../../allowlist/list/filter';
import { allowlistText } from '../../export/allowlist/allowlist-file';
import { makePlan } from '../../reachability/plan/probe-plan';
import { makeText } from '../../ui/words/make-text';
import { importOwnRules } from './import-own-rules';
import { badRowText, changedRowText, noTableText } from './imported';
import { keepOwnRules, readKeptOwnRules } from './kept-own-rules';
import type { OwnRule } from './own-rule';
import { withOwnRules } from './with-own-rules';

const t = makeText(englishStrings());
const own = (host: string, change: Partial<OwnRule> = {}): OwnRule => ({
  ...{ host, port: 443, protocol: 'https', requirement: 'required', purpose: `For ${host}.` },
  ...change,
});
const RULES = [
  own('wsus.contoso.com', { port: 8530, protocol: 'http' }),
  own('*.contoso.com', { requirement: 'optional' }),
  own('ntp.contoso.com', { port: 123, protocol: 'udp', purpose: '=Time, "exact"' }),
];
const login = rule('login.example');
const published = makeAllowlist(edition([login], [feature('base', [use(login)])]), choiceFor('public'));
const allowlist = withOwnRules(published, RULES, t);

describe('own rules in the allowlist', () => {
  it('are the last feature, with a row each', () => {
    expect(allowlist.groups.map(group => group.feature.id)).toEqual(['base', 'own-rules']);
    expect(rowsOf(allowlist).slice(1)).toMatchObject(RULES);
    expect(new Set(rowsOf(allowlist).map(row => row.id)).size).toBe(4);
    expect(withOwnRules(published, [], t)).toBe(published);
  });

  it('can be left out like any other feature', () => {
    expect(rowsOf(withFeatures(allowlist, new Set(['base'])))).toHaveLength(1);
  });

  it('are probed like the others', () => {
    const { targets, untested } = makePlan(rowsOf(allowlist));
    expect(targets.map(({ id }) => id)).toEqual([
      'login.example:443/https',
      'wsus.contoso.com:8530/http',
      'ntp.contoso.com:123/udp',
    ]);
    expect(untested.map(({ reason }) => reason)).toEqual(['wildcard-without-known-host']);
  });

  it('stand in every export', () => {
    for (const format of ['json', 'csv'] as const)
      for (const { host } of RULES) expect(allowlistText(allowlist, format, t)).toContain(host);
  });
});

describe('importOwnRules', () => {
  const exported = allowlistText({ ...allowlist, groups: allowlist.groups.slice(1) }, 'csv', t);

  it('reads back what the allowlist exports', () => {
    expect(importOwnRules(exported, [], t)).toEqual({ ok: true, rules: RULES, bad: [], changed: [] });
  });

  it('reads on a page in any language what a page in another one exported', () => {
    const own = { ...allowlist, groups: allowlist.groups.slice(1) };
    const folders = readdirSync('assets/strings', { withFileTypes: true });
    const languages = ['', ...folders.filter(each => each.isDirectory()).map(({ name }) => name)];
    for (const [of, on] of languages.flatMap(of => languages.map(on => [of, on] as const))) {
      const file = allowlistText(own, 'csv', makeText(stringsOf(of)));
      expect([of, on, importOwnRules(file, [], makeText(stringsOf(on)))]).toEqual([
        ...[of, on],
        { ok: true, rules: RULES, bad: [], changed: [] },
      ]);
    }
  });

  it('keeps good rows and reports bad ones with line and reason', () => {
    const text = [
      'Purpose,HOST,Port,Protocol,Comment,Direction',
      'One.,a.contoso.com,443,https,x,outbound',
      'Two.,https://b.contoso.com,0,https,x,outbound',
      'Three.,c.contoso.com',
      'Four.,"d"x,443,https,x,outbound',
      'Five.,a.contoso.com,443,https,x,outbound',
      'Six.,known.contoso.com,443,https,x,outbound',
      'Seven.,node1.contoso.com,445,tcp,x,internal',
      'Eight.,h.contoso.com,443,https,x,outbound',
    ].join('\n');
    const result = importOwnRules(text, [own('known.contoso.com')], t);
    if (!result.ok) throw new Error('The header was not known.');
    expect(result.rules.map(({ host, requirement }) => [host, requirement])).toEqual([
      ['a.contoso.com', 'required'],
      ['h.contoso.com', 'required'],
    ]);
    expect(result.bad).toEqual([
      { line: 3, kind: 'rule', problems: { host: 'scheme', port: 'range' } },
      { line: 4, kind: 'cells' },
      { line: 5, kind: 'quotes' },
      { line: 6, kind: 'rule', problems: { host: 'duplicate' } },
      { line: 7, kind: 'rule', problems: { host: 'duplicate' } },
      { line: 8, kind: 'internal' },
    ]);
    expect(result.bad.map(row => badRowText(row, t))).toEqual([
      'Leave out what stands before the host name, such as https://. Ports are whole numbers from 1 to 65535.',
      'This row has more or fewer cells than the first row. Put a cell that has the separator in it in quotation marks.',
      'The quotation marks in this row do not fit together. Put quotation marks at both ends of the cell, and write each one inside it twice.',
      'There is already a rule with this host, port and protocol.',
      'There is already a rule with this host, port and protocol.',
      'This is a rule inside the network; own rules lead out of it.',
    ]);
  });

  it.each([';', '\t'])('takes %j for the separator when the header says so', separator => {
    const text = 'Host,Port,Protocol,Purpose\na.contoso.com,443,https,"Time: ""exact"""\n';
    const result = importOwnRules(text.replaceAll(',', separator), [], t);
    expect(result).toMatchObject({ ok: true, rules: [{ host: 'a.contoso.com', port: 443 }], bad: [] });
  });

  it.each<[string, string]>([
    ['', 'It has no column named Host, Port, Protocol, Purpose.'],
    ['Host,Port\r\na.contoso.com,443', 'It has no column named Protocol, Purpose.'],
    ['URL,Note\r\na.contoso.com,x', 'It has no column named Port.'],
    ['Host|Port|Protocol|Purpose\r\na|443|https|x', 'Its first row has | between the names.'],
    ['Host,Port,Protocol,Purpose,HOST\r\na,443,https,x,b', 'Columns that are there twice: HOST.'],
    ['URL,URL,Port\r\na,b,443', 'Columns that are there twice: URL.'],
  ])('refuses %j as a whole: %s', (text, reason) => {
    const result = importOwnRules(text, [], t);
    if (result.ok) throw new Error('It was taken.');
    expect(noTableText(result.reason, t)).toContain(reason);
  });

  it('takes what Test-AzureLocalConnectivity writes apart, and says so', () => {
    const text = [
      '"RowID","URL","Port","ArcGateway","Note"',
      '"21","aka.ms/hciconnectivitytargets","443","True","For resolving links"',
      '"41","eastus.obo.arc.azure.com:8084","8084","False","Arc resource bridge"',
      '"2","crl.microsoft.com/pkiinfra","80","False","N/A"',
      '"3","https://a.example:444/x?y=1","","False",""',
      '"4","*.do.dsp.mp.microsoft.com","80, 443","False","Two ports"',
      '"5","time.windows.com","123","False","Time"',
      '"99","yourarcgatewayendpointid.gw.arc.azure.com","443","False","Gateway"',
      '"6","b.example:8443","443","False","Which?"',
      '"7","10.0.0.0/24","443","False","Network"',
      '"8","Download speed: 131.58 Megabits/second","","",""',
      '"9","short"',
    ].join('\r\n');
    const result = importOwnRules(text, [], t);
    if (!result.ok) throw new Error('It was not taken.');
    expect(result.rules.map(({ host, port, protocol }) => `${protocol}://${host}:${port}`)).toEqual([
      'https://aka.ms:443',
      'https://eastus.obo.arc.azure.com:8084',
      'http://crl.microsoft.com:80',
      'https://a.example:444',
      'http://*.do.dsp.mp.microsoft.com:80',
      'https://*.do.dsp.mp.microsoft.com:443',
      'udp://time.windows.com:123',
    ]);
    expect(result.rules[2]?.purpose).toBe('From an imported list of addresses.');
    expect(result.changed.map(row => [row.line, changedRowText(row, t)])).toEqual([
      [2, 'The path /hciconnectivitytargets was left out: rules know no paths.'],
      [3, "The port 8084 stood in the address; it is now the rule's port."],
      [4, 'The path /pkiinfra was left out: rules know no paths.'],
      [5, "The port 444 stood in the address; it is now the rule's port."],
      [5, 'The path /x?y=1 was left out: rules know no paths.'],
    ]);
    expect(result.bad.map(row => [row.line, badRowText(row, t).split('.')[0]])).toEqual([
      [8, 'That is a placeholder of a published list, not a name: put your own in its place'],
      [9, 'The address names another port than the column Port'],
      [10, 'That is a network, not a host'],
      [11, expect.stringMatching(/spaces/)],
      [12, 'This row has more or fewer cells than the first row'],
    ]);
  });

  it.each<[string, string]>([
    ['Endpoint URL;Port', 'a.example;443'],
    ['FQDN,Ports', 'a.example,443'],
    ['Endpoint\tPort', 'a.example\t443'],
    ['URL,Port', 'https://a.example,N/A'],
    ['URL,Port', 'https://a.example/,'],
  ])('takes %j with %j', (header, row) => {
    const result = importOwnRules(`${header}\n${row}\n`, [], t);
    expect(result).toMatchObject({ ok: true, rules: [{ host: 'a.example', port: 443, protocol: 'https' }] });
  });

  it.each<[string, RegExp]>([
    ['ftp://a.example', /Leave out what stands before the host name/],
    ['wss://a.example/x', /Leave out what stands before the host name/],
    ['10.0.0.0/255.255.255.0', /That is a network, not a host/],
    ['your-arc-gateway-id.gw.arc.azure.com', /That is a placeholder of a published list/],
    ['<your key vault>.vault.azure.net', /Put your own name in place of the part in brackets/],
    ['a.example', /Enter a port/],
  ])('refuses the address %j and says why', (address, reason) => {
    const result = importOwnRules(`URL,Port\n${address},${address === 'a.example' ? '' : '443'}\n`, [], t);
    if (!result.ok) throw new Error('It was not read.');
    expect(result.rules).toEqual([]);
    expect(result.bad.map(row => badRowText(row, t)).join()).toMatch(reason);
  });

  it('never throws, whatever the file holds', () => {
    const part = fc.constantFrom('Host', 'URL', 'Port', ',', ';', '\t', '"', '\n', 'a.b', '443', '://', '/');
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string()), { maxLength: 40 }), parts => {
        expect(() => importOwnRules(parts.join(''), [], t)).not.toThrow();
      }),
    );
  });
});

describe('kept own rules', () => {
  it('come back as they were', () => {
    expect(readKeptOwnRules(keepOwnRules(RULES))).toEqual(RULES);
  });

  it.each(['', '{', '[]', 'null', '{"form":2,"rules":[]}', '{"form":1,"rules":{}}'])('ignores %j', text => {
    expect(readKeptOwnRules(text)).toEqual([]);
  });

  it('leaves out what is no rule, and repetitions', () => {
    const rules = [
      null,
      7,
      {},
      own('a.contoso.com'),
      own('a.contoso.com'),
      { ...own('b.contoso.com'), port: {} },
    ];
    expect(readKeptOwnRules(JSON.stringify({ form: 1, rules }))).toEqual([own('a.contoso.com')]);
  });
});

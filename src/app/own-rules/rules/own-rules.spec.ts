import { edition, feature, rule, use } from '../../../../test/jest/small-edition';
import { englishStrings } from '../../../../test/jest/strings';
import { makeAllowlist, rowsOf } from '../../allowlist/list/allowlist';
import { choiceFor } from '../../allowlist/choice/choice';
import { withFeatures } from '../../allowlist/list/filter';
import { allowlistText } from '../../export/allowlist/allowlist-file';
import { makePlan } from '../../reachability/plan/probe-plan';
import { makeText } from '../../ui/make-text';
import { badRowText, importOwnRules } from './import-own-rules';
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
    expect(targets.map(({ id }) => id)).toEqual(['login.example:443/https', 'wsus.contoso.com:8530/http']);
    expect(untested.map(({ reason }) => reason)).toEqual(['wildcard-without-known-host', 'udp-not-probed']);
  });

  it('stand in every export', () => {
    for (const format of ['json', 'csv'] as const)
      for (const { host } of RULES) expect(allowlistText(allowlist, format, t)).toContain(host);
  });
});

describe('importOwnRules', () => {
  const exported = allowlistText({ ...allowlist, groups: allowlist.groups.slice(1) }, 'csv', t);

  it('reads back what the allowlist exports', () => {
    expect(importOwnRules(exported, [], t)).toEqual({ ok: true, rules: RULES, bad: [] });
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
      'This row has more or fewer cells than the first row.',
      'The quotation marks in this row do not fit together.',
      'There is already a rule with this host, port and protocol.',
      'There is already a rule with this host, port and protocol.',
      'This is a rule inside the network; own rules lead out of it.',
    ]);
  });

  it.each([
    ['', ['Host', 'Port', 'Protocol', 'Purpose']],
    ['Host;Port;Protocol;Purpose\r\na.contoso.com;443;https;x', ['Host', 'Port', 'Protocol', 'Purpose']],
    ['Host,Port\r\na.contoso.com,443', ['Protocol', 'Purpose']],
  ])('refuses %j as a whole and names the columns that it misses', (text, missing) => {
    expect(importOwnRules(text, [], t)).toEqual({ ok: false, missing });
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

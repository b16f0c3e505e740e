import { shippedEdition } from '../../../../test/jest/edition';
import { makeAllowlist, rowsOf } from './allowlist';
import { choiceFor } from '../choice/choice';
import { countRules, filterAllowlist, keepFilter, NO_FILTER, readFilter, withFeatures } from './filter';

const everything = makeAllowlist(shippedEdition(), choiceFor('public'));
/** Only what the document itself lists. */
const own = withFeatures(everything, undefined);
const found = (text: string) => rowsOf(filterAllowlist(own, { ...NO_FILTER, text })).map(row => row.host);

describe('filterAllowlist', () => {
  it('shows everything, with the features that have no rules, as long as nothing is asked', () => {
    expect(filterAllowlist(everything, { text: '  ', requirement: 'all' })).toBe(everything);
  });

  it('finds by host, port, purpose, service tag, feature and the URL of the document, in any case', () => {
    expect(found('WUSTAT')).toEqual(['wustat.windows.com']);
    expect(found('go.microsoft.com:80')).toEqual(['go.microsoft.com']);
    expect(found('certificate trust list')).toEqual(['*.windowsupdate.com']);
    expect(found('azureresourcemanager')).toEqual(['management.azure.com']);
    expect(found('cloud witness')).toEqual(['*.blob.core.windows.net']);
  });

  it('leaves only what blocks a thing, and nothing of which no source says that', () => {
    const blocking = filterAllowlist(own, { ...NO_FILTER, blocks: 'witness' });
    expect(rowsOf(blocking).map(row => row.host)).toEqual(['*.blob.core.windows.net']);
    expect(blocking.groups.map(({ feature }) => feature.id)).toEqual(['cloud-witness']);
    expect(blocking.internal).toEqual([]);
  });

  it('wants all words', () => {
    expect(found('update fe2')).toEqual([]);
    expect(found('servicebus support')).toEqual(['*.servicebus.windows.net']);
  });

  it('finds the wildcards that cover a pasted host or URL', () => {
    expect(found('ctldl.windowsupdate.com')).toEqual(['*.windowsupdate.com']);
    expect(found('https://contoso.blob.core.windows.net/container?x=1')).toEqual([
      '*.blob.core.windows.net',
      '*.core.windows.net',
    ]);
  });

  it('keeps the rules of one requirement and then no feature without rules', () => {
    const required = filterAllowlist(own, { text: '', requirement: 'required' });
    expect(required.groups.map(group => group.feature.id)).toEqual(['registration']);
    expect(countRules(required)).toEqual({ rules: 6, required: 6, recommended: 0, optional: 0 });
  });

  it('finds features that are only linked by their own words', () => {
    const groups = filterAllowlist(own, { ...NO_FILTER, text: 'qualys' }).groups;
    expect(groups.map(group => group.feature.id)).toEqual(['qualys']);
  });
});

describe('withFeatures', () => {
  it('drops the features that were not chosen, and keeps those without rules', () => {
    const chosen = withFeatures(everything, new Set(['registration']));
    expect(new Set(rowsOf(chosen).map(row => row.feature.id))).toEqual(new Set(['registration']));
    expect(chosen.groups).toHaveLength(everything.groups.length - 3);
  });

  it('takes no choice as what the document itself lists, and keeps what can be added without its rules', () => {
    expect(new Set(rowsOf(own).map(row => row.feature.id))).toEqual(
      new Set(['registration', 'microsoft-update', 'cloud-witness', 'remote-support']),
    );
    expect(own.groups.map(group => group.feature.id)).toEqual(
      everything.groups.map(group => group.feature.id),
    );
  });

  it('adds a linked feature that was chosen', () => {
    const chosen = withFeatures(everything, new Set(['arc-servers']));
    expect(rowsOf(chosen)).toEqual(rowsOf(everything).filter(row => row.feature.id === 'arc-servers'));
    expect(rowsOf(chosen).map(row => row.host)).toContain('*.his.arc.azure.com');
  });
});

describe('countRules', () => {
  it('counts the public list', () => {
    expect(countRules(own)).toEqual({ rules: 38, required: 6, recommended: 17, optional: 15 });
  });
});

describe('A kept filter', () => {
  it('is the same again, and nothing is kept of one that asks for nothing', () => {
    const filter = { text: 'login', requirement: 'required', blocks: 'update' } as const;
    expect(readFilter(keepFilter(filter))).toEqual(filter);
    expect(keepFilter(NO_FILTER)).toBeUndefined();
  });

  it.each([
    '',
    '{',
    'null',
    '7',
    '{"text":7,"requirement":"x","blocks":"y"}',
    '{"text":"' + 'a'.repeat(300) + '"}',
  ])('asks for nothing when its memory reads %j', kept => expect(readFilter(kept)).toEqual(NO_FILTER));
});

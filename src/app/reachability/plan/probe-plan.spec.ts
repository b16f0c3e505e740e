import { englishStrings } from '../../../../test/jest/strings';
import { makePlan, type PlanRow, UNTESTED_REASONS } from './probe-plan';

const row = (host: string, id: string, change: Partial<PlanRow> = {}): PlanRow => ({
  host,
  port: 443,
  protocol: 'https',
  rule: { id },
  ...change,
});
const gallery: PlanRow['rule'] = {
  id: 'gallery',
  representatives: [{ host: 'www.powershellgallery.com', source: 'doc' }],
};

describe('A wildcard that cannot be tried', () => {
  it('asks for its name where the administrator could give it', () => {
    const wildcard = { host: '*.w.example', port: 443, protocol: 'https', rule: { id: 'w' } } as const;
    const reasonOf = (placeholderState: 'none' | 'open') =>
      makePlan([{ ...wildcard, placeholderState }]).untested.map(({ reason }) => reason);
    expect(reasonOf('open')).toEqual(['wildcard-without-name']);
    expect(reasonOf('none')).toEqual(['wildcard-without-known-host']);
  });
});

describe('The probe plan', () => {
  it('measures a host and port once, for all rules that name it', () => {
    const { targets } = makePlan([
      row('login.microsoftonline.com', 'a'),
      row('login.microsoftonline.com', 'b'),
      row('login.microsoftonline.com', 'c', { port: 80, protocol: 'http' }),
    ]);
    expect(targets).toEqual([
      {
        id: 'login.microsoftonline.com:443/https',
        host: 'login.microsoftonline.com',
        port: 443,
        protocol: 'https',
        rules: ['a', 'b'],
        standsFor: [],
      },
      expect.objectContaining({ id: 'login.microsoftonline.com:80/http', rules: ['c'] }),
    ]);
  });

  it('tries a wildcard through its known hosts and remembers for which', () => {
    const { targets, untested } = makePlan([row('*.powershellgallery.com', 'gallery', { rule: gallery })]);
    expect(targets).toMatchObject([
      { host: 'www.powershellgallery.com', rules: ['gallery'], standsFor: ['*.powershellgallery.com'] },
    ]);
    expect(untested).toEqual([]);
  });

  it('joins a known host of a wildcard with the rule that names it outright', () => {
    const { targets } = makePlan([
      row('www.powershellgallery.com', 'own'),
      row('*.powershellgallery.com', 'gallery', { rule: gallery }),
    ]);
    expect(targets).toMatchObject([{ rules: ['own', 'gallery'], standsFor: ['*.powershellgallery.com'] }]);
  });

  it('lists a wildcard without a known host as not testable, once', () => {
    const { targets, untested } = makePlan([
      row('*.blob.core.windows.net', 'witness'),
      row('*.blob.core.windows.net', 'support', { rule: { id: 'support', representatives: [] } }),
    ]);
    expect(targets).toEqual([]);
    expect(untested).toMatchObject([
      {
        host: '*.blob.core.windows.net',
        rules: ['witness', 'support'],
        reason: 'wildcard-without-known-host',
      },
    ]);
  });

  it('lists what the browser needs without testing it', () => {
    const { targets, untested } = makePlan([
      row('portal.azure.com', 'portal', { connects: 'browser' }),
      row('*.powershellgallery.com', 'gallery', { rule: gallery, connects: 'browser' }),
      row('login.microsoftonline.com', 'login', { connects: 'winhttp' }),
    ]);
    expect(targets.map(({ host }) => host)).toEqual(['login.microsoftonline.com']);
    expect(untested).toMatchObject([
      { host: 'portal.azure.com', reason: 'needed-by-browser' },
      { host: '*.powershellgallery.com', reason: 'needed-by-browser' },
    ]);
  });

  it.each(['guest', 'appliance', 'gateway'] as const)(
    'tests from no node what only the %s needs',
    connects => {
      const { targets, untested } = makePlan([row('azkms.core.windows.net', 'kms', { connects })]);
      expect(targets).toEqual([]);
      expect(untested).toMatchObject([{ host: 'azkms.core.windows.net', reason: `needed-by-${connects}` }]);
    },
  );

  it("keeps that the organization's own authority signs for a host", () => {
    const own = { id: 'portal', authority: 'organization' } as const;
    const { targets } = makePlan([row('portal.cloud.contoso.com', 'portal', { rule: own })]);
    expect(targets).toMatchObject([{ authority: 'organization' }]);
  });

  it.each([['login.microsoftonline.com'], ['*.powershellgallery.com']])(
    'tests %s once a node needs it, whoever else does',
    host => {
      const browser = row(host, 'gallery', { rule: gallery, connects: 'browser' });
      const node = row(host, 'gallery', { rule: gallery, connects: 'agent' });
      for (const rows of [
        [browser, node],
        [node, browser],
      ]) {
        const { targets, untested } = makePlan(rows);
        expect(targets).toHaveLength(1);
        expect(untested).toEqual([]);
      }
    },
  );

  it('lists UDP without testing it, beside TCP of the same port', () => {
    const { targets, untested } = makePlan([
      row('vpn.example', 'vpn', { port: 500, protocol: 'udp' }),
      row('vpn.example', 'vpn-tcp', { port: 500, protocol: 'tcp' }),
      row('time.windows.com', 'time', { port: 123, protocol: 'udp' }),
    ]);
    // Time servers can be asked.
    expect(targets).toMatchObject([{ id: 'vpn.example:500/tcp' }, { id: 'time.windows.com:123/udp' }]);
    expect(untested).toMatchObject([{ id: 'vpn.example:500/udp', reason: 'udp-not-probed' }]);
  });

  it('has a sentence for every reason', () => {
    const strings = englishStrings();
    for (const reason of UNTESTED_REASONS) {
      expect(strings[`reachability.cause.${reason}.meaning`]).toMatch(/\.$/);
      expect(strings[`reachability.cause.${reason}.action`]).toMatch(/\.$/);
    }
  });

  it('tries the real name instead of the known hosts when the placeholder is filled', () => {
    const { targets } = makePlan([row('acme.blob.core.windows.net', 'witness', { rule: gallery })]);
    expect(targets).toMatchObject([{ host: 'acme.blob.core.windows.net', standsFor: [] }]);
  });
});

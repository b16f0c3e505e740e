import { makePlan, type PlanRow } from './probe-plan';

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
    expect(untested).toMatchObject([{ host: '*.blob.core.windows.net', rules: ['witness', 'support'] }]);
  });

  it('tries the real name instead of the known hosts when the placeholder is filled', () => {
    const { targets } = makePlan([row('acme.blob.core.windows.net', 'witness', { rule: gallery })]);
    expect(targets).toMatchObject([{ host: 'acme.blob.core.windows.net', standsFor: [] }]);
  });
});

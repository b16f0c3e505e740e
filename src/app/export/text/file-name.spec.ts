import fc from 'fast-check';
import { fileName } from './file-name';

// Hundreds of generated cases: slow on a busy machine, never stuck.
jest.setTimeout(30_000);

const parts = {
  content: 'outbound-allowlist',
  cluster: 'hci-cluster.contoso.local',
  cloud: 'public',
  date: new Date(2026, 10, 24, 23, 59),
  extension: 'json',
};

describe('fileName', () => {
  it('names cluster, cloud and the local date', () => {
    expect(fileName(parts)).toBe('outbound-allowlist_hci-cluster_public_2026-11-24.json');
    expect(fileName({ ...parts, date: new Date(2026, 0, 5) })).toContain('_2026-01-05.');
  });

  it('tells lists of one day apart, by edition and region', () => {
    expect(fileName({ ...parts, list: ['azure-local-2026-07', 'eastus'] })).toBe(
      'outbound-allowlist_hci-cluster_public_azure-local-2026-07_eastus_2026-11-24.json',
    );
  });

  it.each([
    ['10.0.0.7', '10-0-0-7'],
    ['fe80::1', 'fe80-1'],
    ['../../etc/passwd', 'cluster'],
    ['a/b\\c:d*e?f"g<h>i|j', 'a-b-c-d-e-f-g-h-i-j'],
    ['', 'cluster'],
    ['名', 'cluster'],
  ])('makes %j safe', (cluster, expected) => {
    expect(fileName({ ...parts, cluster })).toBe(`outbound-allowlist_${expected}_public_2026-11-24.json`);
  });

  it('is safe and short for every cluster name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), cluster => {
        expect(fileName({ ...parts, cluster })).toMatch(
          /^outbound-allowlist_[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?_public_2026-11-24\.json$/,
        );
      }),
    );
  });
});

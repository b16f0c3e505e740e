import fc from 'fast-check';
import { englishStrings } from '../../../../test/jest/strings';
import { makeText } from '../../ui/words/make-text';
import type { FirewallRow } from './contract';
import { gate } from './gate';

const t = makeText(englishStrings());
const row = (host: string, change: Partial<FirewallRow> = {}): FirewallRow => ({
  ...{ host, port: 443, protocol: 'https', requirement: 'required', features: [], purposes: [] },
  ...{ bypassInspection: false, connects: 'nodes', sources: [] },
  ...change,
});

describe('the gate before every format', () => {
  it.each([
    ['login.example.com', 'exact', 'login.example.com'],
    ['a_b.example.com', 'exact', 'a_b.example.com'],
    ['xn--mnchen-3ya.example', 'exact', 'xn--mnchen-3ya.example'],
    ['*.example.com', 'wildcard', 'example.com'],
    ['azgn*.bus.example.com', 'partial', 'bus.example.com'],
    ['10.1.2.3', 'address', '10.1.2.3'],
  ])('lets %s through as %s', (host, form, name) => {
    expect(gate([row(host)], { t }).admitted).toMatchObject([{ form, name }]);
  });

  it.each([
    ...[
      '',
      'localhost',
      'Login.example.com',
      'a..b.example',
      '-a.example.com',
      'a.example.com.',
      '*',
      '*.com',
    ],
    ...[
      '*.*.example.com',
      'a.*.example.com',
      '*a.example.com',
      'a*b.example.com',
      '300.1.2.3',
      'a.example.com/x',
    ],
    ...[
      "a'.example.com",
      'a".example.com',
      'a\n.example.com',
      '${x}.example.com',
      '%{x}.example.com',
      'a;b.example.com',
    ],
    ...[
      '[x].example.com',
      'a b.example.com',
      'a|b.example.com',
      '::1',
      `${'a'.repeat(64)}.example.com`,
      '*.10.1.2.3',
    ],
  ])('keeps %j out, with a reason', host => {
    const { admitted, skipped } = gate([row(host)], { t });
    expect(admitted).toEqual([]);
    expect(skipped).toEqual([
      { rule: row(host), reason: 'Host, port or protocol has a form that no firewall takes.' },
    ]);
  });

  it.each([0, -1, 65536, 1.5, Number.NaN])('keeps port %s out', port => {
    expect(gate([row('a.example.com', { port })], { t }).admitted).toEqual([]);
  });

  it('loses no row, and admits no sign that a template could take for its own', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), hosts => {
        const { admitted, skipped } = gate(
          hosts.map(host => row(host)),
          { t },
        );
        expect(admitted.length + skipped.length).toBe(hosts.length);
        for (const { host } of admitted) expect(host).toMatch(/^[a-z0-9._*-]+$/);
      }),
    );
  });
});

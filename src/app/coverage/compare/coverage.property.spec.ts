import fc from 'fast-check';
import type { Protocol } from '../../allowlist/catalog/catalog';
import { have } from '../../../../test/jest/have';
import { coverageOf } from './coverage';

/**
 * An independent model: what each way of writing means is said here as a regular expression, each rule list is decided
 * request by request, and a verdict is held against every host of a small world.
 */
const RUNS = { seed: 20_261_126, numRuns: 400 };
const LABELS = ['a', 'ab', 'b'];
const ENDS = ['x.test', 'a.x.test', 'ax.test'];
const WORLD = [
  ...ENDS,
  ...ENDS.flatMap(end => LABELS.map(one => `${one}.${end}`)),
  ...ENDS.flatMap(end => LABELS.flatMap(one => LABELS.map(two => `${one}.${two}.${end}`))),
];
const PORTS = [80, 443, 8084];

const name = fc.oneof(
  fc.constantFrom(...ENDS),
  fc.tuple(fc.constantFrom(...LABELS), fc.constantFrom(...ENDS)).map(parts => parts.join('.')),
);
const needed = fc.oneof(
  name,
  name.map(each => `*.${each}`),
  name.map(each => `a*.${each}`),
);
const request = fc.record({
  host: needed,
  port: fc.constantFrom(...PORTS),
  protocol: fc.constantFrom<Protocol>('https', 'http'),
});
type Asked = { readonly host: string; readonly port: number; readonly protocol: Protocol };

/** What a way of writing opens, in the words of a regular expression. */
function opens(written: string, host: string): boolean {
  const quoted = (text: string): string => text.replaceAll('.', '\\.');
  const [, sign = '', rest = ''] = /^(\*\.|\.|\^\.|a\*\.|\*)?(.*)$/.exec(written) ?? [];
  const before =
    { '': '', '*.': '.+\\.', '.': '(.+\\.)?', '^.': '[^.]+\\.', 'a*.': 'a[^.]*\\.', '*': '.*' }[sign] ?? '';
  return new RegExp(`^${before}${quoted(rest)}$`).test(host);
}

function hostsOf(asked: Asked): readonly string[] {
  return WORLD.filter(host => opens(asked.host, host));
}

/** Covered: all of it is let through. Missing: nothing of it is, by any rule at any port. */
function expectHonest(
  file: string,
  asked: Asked,
  allows: (host: string, port: number, protocol: Protocol) => boolean,
): void {
  const [only] = coverageOf([asked], have(file)).rows;
  const hosts = hostsOf(asked);
  if (only?.state === 'covered')
    expect(hosts.filter(host => !allows(host, asked.port, asked.protocol))).toEqual([]);
  if (only?.state === 'missing')
    expect(hosts.filter(host => allows(host, asked.port, asked.protocol))).toEqual([]);
}

describe('what is said of a file, held against every request', () => {
  it('is true of lists of hosts', () => {
    const line = fc
      .tuple(fc.constantFrom('', '*.', '.', '^.', 'a*.', '*'), name)
      .map(([sign, rest]) => `${sign}${rest}`);
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), request, (lines, asked) => {
        expectHonest(lines.join('\n'), asked, host => lines.some(each => opens(each, host)));
        const { excess } = coverageOf([asked], have(lines.join('\n')));
        const wide = excess.map(({ entry }) => entry.text);
        for (const each of lines.filter(one => !wide.includes(one)))
          expect(WORLD.filter(host => opens(each, host) && !opens(asked.host, host))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('is true of tables whose rules also deny, whoever decides first', () => {
    const rule = fc.record({
      host: fc.tuple(fc.constantFrom('', '*.', '.'), name).map(parts => parts.join('')),
      from: fc.constantFrom(...PORTS),
      width: fc.constantFrom(0, 0, 400),
      protocol: fc.constantFrom<Protocol | ''>('https', 'http', 'tcp', 'udp', ''),
      deny: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 6 }), request, (rules, asked) => {
        const file = [
          'host;ports;protocol;action',
          ...rules.map(
            ({ host, from, width, protocol, deny }) =>
              `${host};${from}-${from + width};${protocol};${deny ? 'Deny' : 'Allow'}`,
          ),
        ].join('\n');
        const fits = (each: (typeof rules)[number], host: string): boolean =>
          opens(each.host, host) &&
          asked.port >= each.from &&
          asked.port <= each.from + each.width &&
          (each.protocol === '' || each.protocol === 'tcp' || each.protocol === asked.protocol);
        const [only] = coverageOf([asked], have(file)).rows;
        const hosts = hostsOf(asked);
        if (only?.state === 'covered')
          for (const host of hosts) {
            expect(rules.some(each => !each.deny && fits(each, host))).toBe(true);
            expect(rules.some(each => each.deny && fits(each, host))).toBe(false);
          }
        if (only?.state === 'missing')
          expect(hosts.filter(host => rules.some(each => !each.deny && fits(each, host)))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('is true of Squid, where the first line that fits decides', () => {
    const list = fc.uniqueArray(
      fc.tuple(fc.constantFrom('', '.'), name).map(parts => parts.join('')),
      { minLength: 1, maxLength: 3 },
    );
    const condition = fc.record({
      kind: fc.constantFrom('hosts', 'hosts', 'hosts', 'ports', 'CONNECT'),
      not: fc.boolean(),
      which: fc.nat({ max: 2 }),
    });
    const line = fc.record({
      deny: fc.boolean(),
      conditions: fc.array(condition, { minLength: 1, maxLength: 3 }),
    });
    const config = fc.record({
      lists: fc.tuple(list, list, list),
      ports: fc.tuple(...[0, 1, 2].map(() => fc.subarray(PORTS, { minLength: 1 }))),
      lines: fc.array(line, { minLength: 1, maxLength: 5 }),
    });
    fc.assert(
      fc.property(config, request, ({ lists, ports, lines }, asked) => {
        const nameOf = ({ kind, not, which }: (typeof lines)[number]['conditions'][number]): string =>
          `${not ? '!' : ''}${kind === 'CONNECT' ? kind : `${kind}${which}`}`;
        const file = [
          ...lists.flatMap((each, index) => each.map(host => `acl hosts${index} dstdomain ${host}`)),
          ...ports.map((each, index) => `acl ports${index} port ${each.join(' ')}`),
          ...lines.map(
            ({ deny, conditions }) =>
              `http_access ${deny ? 'deny' : 'allow'} ${conditions.map(nameOf).join(' ')}`,
          ),
          'http_access deny all',
        ].join('\n');
        const decide = (host: string, port: number, protocol: Protocol): boolean => {
          const first = lines.find(({ conditions }) =>
            conditions.every(({ kind, not, which }) => {
              const holds =
                kind === 'CONNECT'
                  ? protocol !== 'http'
                  : kind === 'ports'
                    ? (ports[which] ?? []).includes(port)
                    : (lists[which] ?? []).some(each => opens(each, host));
              return holds !== not;
            }),
          );
          return first !== undefined && !first.deny;
        };
        const read = have(file);
        const [only] = coverageOf([asked], read).rows;
        // That nothing opens it is said only where every line could be compared.
        if (only?.state === 'missing' && read.unread.every(({ reason }) => reason === 'denies'))
          expect(hostsOf(asked).filter(host => decide(host, asked.port, asked.protocol))).toEqual([]);
        // Without a line that allows, the lists alone are looked at: no more is known of them.
        if (only?.state === 'covered' && lines.some(({ deny }) => !deny))
          expect(hostsOf(asked).filter(host => !decide(host, asked.port, asked.protocol))).toEqual([]);
      }),
      { ...RUNS, numRuns: 1500 },
    );
  });

  it('is true of rules of Azure Firewall, whatever their order and kind', () => {
    const rule = fc.record({
      hosts: fc.array(
        fc.tuple(fc.constantFrom('', '*.', '*'), name).map(parts => parts.join('')),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
      doors: fc.array(
        fc.record({ type: fc.constantFrom('Https', 'Http', 'Mssql'), port: fc.constantFrom(...PORTS) }),
        { minLength: 1, maxLength: 2 },
      ),
    });
    const collection = fc.record({
      action: fc.constantFrom('Allow', 'Allow', 'Deny'),
      rules: fc.array(rule, { minLength: 1, maxLength: 2 }),
    });
    fc.assert(
      fc.property(fc.array(collection, { minLength: 1, maxLength: 3 }), request, (collections, asked) => {
        const file = JSON.stringify({
          ruleCollections: collections.map(({ action, rules }) => ({
            action: { type: action },
            rules: rules.map(({ hosts, doors }) => ({
              targetFqdns: hosts,
              protocols: doors.map(({ type, port }) => ({ protocolType: type, port })),
            })),
          })),
        });
        const [only] = coverageOf([asked], have(file)).rows;
        const fits = (action: string, host: string): boolean =>
          collections.some(
            each =>
              each.action === action &&
              each.rules.some(
                ({ hosts, doors }) =>
                  hosts.some(written => opens(written, host)) &&
                  doors.some(
                    ({ type, port }) => type.toLowerCase() === asked.protocol && port === asked.port,
                  ),
              ),
          );
        if (only?.state === 'covered')
          for (const host of hostsOf(asked)) {
            expect(fits('Allow', host)).toBe(true);
            expect(fits('Deny', host)).toBe(false);
          }
        if (only?.state === 'missing') expect(hostsOf(asked).filter(host => fits('Allow', host))).toEqual([]);
      }),
      RUNS,
    );
  });
});

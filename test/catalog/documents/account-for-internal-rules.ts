import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InternalRule as CheckedRule } from '../../../src/catalog/tools/checks/edition.ts';
import type { Edition } from './account-for-document.ts';

/** A row of the document's tables, its cells separated by ` | `; or the words of its text that ask for ports. */
export interface InternalRow {
  readonly source: string;
  readonly section: string;
  readonly row: string;
}

interface InternalRule extends CheckedRule {
  readonly from: string;
  readonly to: string;
  readonly origins: readonly {
    readonly source: string;
    readonly section: string;
    readonly asWritten: string;
  }[];
}

/** What the document says of dynamic ports, and the range from which they may be chosen. */
const DYNAMIC = { written: 'Minimum of 100 ports<br> above port 5000', listed: '5001-65535' };

/** The tests of an edition's rules inside the network: each row is a rule as it stands, and each rule is in a row. */
export function testInternalAccounts(edition: Edition, rows: readonly InternalRow[]): void {
  const rules = (edition.internalRules ?? []) as readonly InternalRule[];
  const rulesOf = ({ source, section, row }: InternalRow): readonly InternalRule[] =>
    rules.filter(rule =>
      rule.origins.some(
        origin => origin.source === source && origin.section === section && origin.asWritten === row,
      ),
    );

  for (const row of rows)
    test(`internal, "${row.section}": ${row.row} is listed as it stands`, () => {
      const found = rulesOf(row);
      const [, , from, to, service, port, ...rest] = row.row.split(' | ');
      if (from === undefined) {
        const ports = [...row.row.matchAll(/port (\d+)/g)].map(match => match[1]);
        assert.deepEqual(found.flatMap(rule => rule.ports).sort(), ports.sort());
        assert.deepEqual(new Set(found.map(rule => rule.protocol)), new Set([ports[0] ? 'tcp' : 'icmp']));
        return;
      }
      assert.equal(rest.length, 0);
      assert.equal(found.length, 1, 'one rule a row');
      const [rule] = found;
      assert.deepEqual([rule?.from, rule?.to], [from, to]);
      assert.equal(rule?.protocol, service === 'n/a' ? 'icmp' : service?.toLowerCase());
      const listed = port === 'n/a' ? [] : [port === DYNAMIC.written ? DYNAMIC.listed : port];
      assert.deepEqual(rule?.ports, listed);
    });

  test('no internal rule is listed that the document does not name', () => {
    const found = new Set(rows.flatMap(rulesOf));
    assert.deepEqual(
      rules.filter(rule => !found.has(rule)).map(rule => rule.id),
      [],
    );
  });
}

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { InternalRule } from '../../../src/catalog/tools/checks/edition.ts';
import type { Edition } from './account-for-document.ts';
import { type InternalRow, testInternalAccounts } from './account-for-internal-rules.ts';

type Rule = InternalRule & { readonly from: string; readonly to: string; readonly note?: string };

const file = JSON.parse(readFileSync('src/catalog/internal/azure-local.json', 'utf8')) as Edition;
const all = file.internalRules as readonly Rule[];
const page = JSON.parse(readFileSync('test/catalog/documents/internal-azure-local.json', 'utf8')) as {
  readonly internal: readonly InternalRow[];
};
const isOf = (source: string) => (rule: Rule) => rule.origins.some(origin => origin.source === source);

describe('rules inside the network of Azure Local', () => {
  testInternalAccounts({ ...file, internalRules: all.filter(isOf('page')) }, page.internal);

  // The table of private-path-network-overview.md; both directions are two rules.
  test('are those between AKS and the infrastructure, too, with their directions and both sources', () => {
    const aks = all.filter(rule => !isOf('page')(rule));
    assert.deepEqual(
      aks.map(({ from, to, protocol, ports }) => `${from} > ${to} ${protocol} ${ports.join()}`),
      [
        'AKS subnet > Azure Local cluster IP tcp 40343',
        'AKS subnet > Azure Local cluster IP tcp 55000',
        'AKS subnet > Azure Local cluster IP tcp 65000',
        'AKS subnet > Azure Local infrastructure subnet tcp 22',
        'Azure Local infrastructure subnet > AKS subnet tcp 22',
        'AKS subnet > Azure Local infrastructure subnet tcp 6443',
        'Azure Local infrastructure subnet > AKS subnet tcp 6443',
      ],
    );
    for (const rule of aks) {
      assert.ok(isOf('private-path')(rule) && isOf('aks-network')(rule), rule.id);
      assert.match(rule.note ?? '', /subnet or VLAN of their own/);
    }
  });
});

import { readFileSync } from 'node:fs';
import { describe } from 'node:test';
import type { Edition } from './account-for-document.ts';
import { type InternalRow, testInternalAccounts } from './account-for-internal-rules.ts';

const rules = JSON.parse(readFileSync('src/catalog/internal/azure-local.json', 'utf8')) as Edition;
const page = JSON.parse(readFileSync('test/catalog/internal-azure-local.json', 'utf8')) as {
  readonly internal: readonly InternalRow[];
};

describe('rules inside the network of Azure Local', () => {
  testInternalAccounts(rules, page.internal);
});

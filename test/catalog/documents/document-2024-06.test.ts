import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { correctionsOf, readAccounts, testAccounts } from './account-for-document.ts';
import { testInternalAccounts } from './account-for-internal-rules.ts';
import { type PageFacts, testPageLinks } from './page-links.ts';

const accounts = readAccounts<PageFacts>('2024-06');
const { edition, document } = accounts;

describe('edition 2024-06', () => {
  test('the data is whole: 26 required and 13 recommended rows, and 21 internal rows', () => {
    assert.equal(document.facts.filter(fact => fact.source === 'document').length, 26);
    assert.equal(document.facts.filter(fact => fact.source === 'recommended-table').length, 13);
    assert.equal(document.facts.length, 39);
    assert.equal(document.internal.filter(row => row.row.includes(' | ')).length, 21);
  });

  testAccounts(accounts);
  testInternalAccounts(edition, document.internal);
  testPageLinks(edition, document.links, 'https://learn.microsoft.com');

  test('only the key vault is listed otherwise than the document says: without a path', () => {
    assert.deepEqual(correctionsOf(edition), ['host *.vault.azure.net']);
  });

  test('what only version 23H2 needs says so, as the document does', () => {
    const only = document.facts.filter(fact => fact.requiredFor !== undefined);
    assert.deepEqual(
      only.map(fact => fact.url),
      ['*.platform.edge.azure.com', 'hciarcvmscontainerregistry.azurecr.io', '*.vault.azure.net/*'],
    );
    for (const fact of document.facts)
      for (const { use } of accounts.usesOf(fact))
        for (const { asWritten } of use.origins.filter(origin => origin.asWritten.url === fact.url))
          assert.equal((asWritten as { requiredFor?: string }).requiredFor, fact.requiredFor);
  });

  test('the page says that TLS inspection breaks it: every encrypted rule must bypass it', () => {
    for (const { host, port, bypassInspection } of edition.rules)
      assert.equal(bypassInspection?.source, port === 80 ? undefined : 'page', host);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { correctionsOf, readAccounts, testAccounts } from './account-for-document.ts';
import { testInternalAccounts } from './account-for-internal-rules.ts';
import { type PageFacts, testPageLinks } from './page-links.ts';

const accounts = readAccounts<PageFacts>('2022-04');
const { edition, document } = accounts;

describe('edition 2022-04', () => {
  test('the data is whole: the rows of the JSON and of both tables, and 20 internal rows', () => {
    const inSection = (start: string) => document.facts.filter(fact => fact.section.startsWith(start)).length;
    assert.equal(inSection('Required URLs, Json'), 11 + 1);
    assert.equal(inSection('Required URLs, Table'), 11);
    assert.equal(inSection('Recommended URLs, Json'), 15 + 1);
    assert.equal(document.facts.filter(fact => fact.source === 'recommended-table').length, 13);
    assert.equal(document.facts.length, 54);
    assert.equal(document.internal.filter(row => row.row.includes(' | ')).length, 20);
  });

  testAccounts(accounts);
  testInternalAccounts(edition, document.internal);
  testPageLinks(edition, document.links, 'https://docs.microsoft.com');

  test('exactly the known mistakes of the document are corrected', () => {
    assert.deepEqual(correctionsOf(edition), [
      'cloud *.blob.core.chinacloudapi.cn',
      'cloud *.blob.core.usgovcloudapi.net',
      'host dp.azurestackhci.azure.us',
      'host dp.stackhci.azure.com',
      'port *.download.windowsupdate.com',
      'port *.update.microsoft.com',
      'port *.windowsupdate.com',
      'port *.windowsupdate.microsoft.com',
      'port dl.delivery.mp.microsoft.com',
      'port download.windowsupdate.com',
      'port go.microsoft.com',
      'port ntservicepack.microsoft.com',
      'port wustat.windows.com',
    ]);
  });

  test('the old data plane stands beside the new one, marked, and the change is told', () => {
    const [old] = edition.rules.filter(rule => rule.host === 'azurestackhci.azurefd.net');
    assert.equal(old?.state?.kind, 'superseded');
    assert.equal(edition.rules.find(rule => rule.id === old.state?.by)?.host, 'dp.stackhci.azure.com');
    assert.deepEqual(
      edition.changes?.map(change => change.hosts),
      [['dp.stackhci.azure.com', 'azurestackhci.azurefd.net']],
    );
  });
});

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { correctionsOf, readAccounts, testAccounts } from './account-for-document.ts';
import { extractDocument } from './extract-document.ts';

const accounts = readAccounts('2022-01');
const { edition, document } = accounts;
/** The document itself is not part of the project; where it is at hand, the data is compared with it. */
const SOURCE = '../shared/source/000_58fdfda1dfe0493e.txt';

describe('edition 2022-01', () => {
  test(
    'the data holds what the document says',
    { skip: existsSync(SOURCE) ? false : 'the document is not here' },
    () => {
      assert.deepEqual(document, JSON.parse(JSON.stringify(extractDocument(readFileSync(SOURCE, 'utf8')))));
    },
  );

  test('the data is whole: 11 required and 35 recommended rows, and 33 places in the text', () => {
    const inSection = (section: string) => document.facts.filter(fact => fact.section === section).length;
    assert.equal(inSection('Required URLs, Json'), 11);
    assert.equal(inSection('Recommended URLs, Json'), 35);
    assert.equal(inSection('Microsoft Update'), 14);
    assert.equal(inSection('Remote Support'), 9);
    assert.equal(document.facts.length, 83);
    assert.equal(document.links.length, 7);
  });

  testAccounts(accounts);

  test('exactly the known mistakes and gaps of the document are corrected', () => {
    assert.deepEqual(correctionsOf(edition), [
      'added *.delivery.mp.microsoft.com',
      'added asztrsprod.eastus.cloudapp.azure.com',
      'added asztrsprod.southeastasia.cloudapp.azure.com',
      'added asztrsprod.westcentralus.cloudapp.azure.com',
      'added asztrsprod.westeurope.cloudapp.azure.com',
      'added asztrsprod.westus2.cloudapp.azure.com',
      'added dp.stackhci.azure.com',
      'added graph.microsoft.com',
      'added graph.microsoft.us',
      'added login.partner.microsoftonline.cn',
      'added microsoftgraph.chinacloudapi.cn',
      'added www.powershellgallery.com',
      'cloud *.blob.core.chinacloudapi.cn',
      'cloud *.blob.core.usgovcloudapi.net',
      'host dp.azurestackhci.azure.us',
      'listed windowsupdate.microsoft.com',
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

  test('the features that the document only links have exactly its links', () => {
    const linked = edition.features.filter(
      feature => feature.list !== undefined || feature.kind === 'linked',
    );
    assert.deepEqual(
      linked.flatMap(feature => (feature.links ?? []).map(link => ({ feature: feature.id, url: link.url }))),
      document.links,
    );
  });
});

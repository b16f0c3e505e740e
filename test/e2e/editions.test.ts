import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditEveryLook } from './support/audit.ts';
import { startTool, type Tool } from './support/tool.ts';

/** A cluster of Azure Local in a region of the public cloud. */
const SCENARIO = {
  cluster: { name: 'hci-cluster.contoso.local', cloud: 'public', build: 26100 },
  nodes: [{ name: 'node1' }, { name: 'node2' }],
  proxies: [],
};

describe('the edition of the list', () => {
  let tool: Tool;

  before(async () => {
    tool = await startTool({ scenario: SCENARIO });
    await tool.openTab('Allowlist');
    await tool.openChoices();
    await tool.frame.getByText('Detected: for build 26100 of the nodes.').waitFor();
  });

  after(() => tool.close());

  it("is that of the nodes' build, in the region of the registration, with both its dates", async () => {
    assert.equal(await field('Edition').inputValue(), 'azure-local-2026-07');
    assert.equal(await field('Region').inputValue(), 'eastus');
    await tool.frame.getByText('List of July 14, 2026; the page itself says November 27, 2025.').waitFor();
    await hostShown('dp.stackhci.azure.com');
    await tool.picture('editions-azure-local');
  });

  it('asks for the names that only the owner knows, and lists their hosts', async () => {
    await answer('Key vault').fill('contoso-vault');
    await hostShown('contoso-vault.vault.azure.net');
    await answer('Arc gateway').fill('-');
    await answer('Arc gateway').blur();
    await tool.frame.getByText(/begins and ends with a letter or digit/).waitFor();
  });

  it("adds the vendor's hosts and leaves out what Arc gateway carries", async () => {
    await field('Hardware vendor').selectOption('Dell');
    await tool.frame.getByRole('heading', { name: /Dell/ }).waitFor();
    const before = await rowCount();
    await tool.frame.getByRole('checkbox', { name: 'This cluster goes out through Arc gateway' }).check();
    await tool.frame.getByRole('heading', { name: /Dell/ }).waitFor();
    assert.ok((await rowCount()) < before);
    await tool.frame.getByRole('checkbox', { name: 'This cluster goes out through Arc gateway' }).uncheck();
  });

  it('leads from every rule to its source in at most two clicks', async () => {
    const row = tool.frame.getByRole('row').filter({ hasText: 'contoso-vault.vault.azure.net' }).first();
    await row.getByRole('button').click();
    const details = tool.frame.getByRole('region', { name: /^contoso-vault/ });
    const address = await details.getByRole('listitem').getByRole('link').first().getAttribute('href');
    assert.match(address ?? '', /^https:\/\/github\.com\/.+\/blob\/[0-9a-f]{40}\//);
    await row.scrollIntoViewIfNeeded();
    await tool.picture('editions-reason');
  });

  it('passes in every look', async () => {
    assert.deepEqual(await auditEveryLook(tool, 'editions'), []);
  });

  it('shows another edition when it is chosen, and rules inside the network', async () => {
    await field('Edition').selectOption('2022-04');
    await hostShown('dp.stackhci.azure.com');
    assert.equal(await field('Region').count(), 0);
    await tool.frame.getByText('Chosen by you. Detected: 2026-07, for build 26100 of').waitFor();
    const internal = tool.frame.getByRole('table', { name: 'Rules inside the network' });
    await internal.getByRole('row').filter({ hasText: 'ICMP' }).first().scrollIntoViewIfNeeded();
    await tool.picture('editions-internal');
    await tool.frame.getByRole('heading', { name: 'Rules inside the network' }).scrollIntoViewIfNeeded();
    assert.deepEqual(await auditEveryLook(tool, 'editions-internal'), []);
  });

  it('shows the misspelt host as published, with a warning', async () => {
    await field('Edition').selectOption('2022-01');
    await field('Cloud').selectOption('usgov');
    await hostShown('dp.azurestackhci.azure.us');
    await field('Mistakes in the list').selectOption('As published');
    await hostShown('dp.azurestackchi.azure.us');
    const row = tool.frame.getByRole('row').filter({ hasText: 'dp.azurestackchi.azure.us' }).first();
    await row.getByText('Mistake in the list').waitFor();
    await row.getByRole('button').click();
    await tool.frame
      .getByText(/What works is dp\.azurestackhci\.azure\.us:443/)
      .first()
      .waitFor();
    await tool.frame.getByText(/Shown as published, mistakes included/).waitFor();
    await tool.picture('editions-published');
  });

  it('says that an edition has no list for a cloud', async () => {
    await field('Edition').selectOption('2024-06');
    await tool.frame
      .getByText(/This list was not published for US Government\. That does not mean/)
      .waitFor();
    await tool.picture('editions-no-cloud');
  });

  it('keeps the choice when the tool is loaded again', async () => {
    await field('Edition').selectOption('2022-01');
    await hostShown('dp.azurestackchi.azure.us');
    await tool.page.reload();
    await tool.frame.getByText('node1', { exact: true }).first().waitFor();
    await hostShown('dp.azurestackchi.azure.us');
    await tool.openChoices();
    assert.equal(await field('Edition').inputValue(), '2022-01');
    assert.equal(await field('Cloud').inputValue(), 'usgov');
    assert.equal(await field('Mistakes in the list').inputValue(), 'published');
  });

  it('says on the Reachability page which list is checked, and what is not unless it is chosen', async () => {
    await tool.openTab('Reachability');
    await tool.frame.getByRole('button', { name: /^List: ?2022-01/ }).waitFor();
    const note = tool.frame.getByText(/^Not checked unless you choose them/);
    assert.match(await note.innerText(), /AKS-HCI, Arc for Servers/);
    await tool.openChoices();
    await tool.frame.getByRole('checkbox', { name: 'AKS-HCI' }).check();
    await tool.frame.getByText(/^Not checked unless you choose them[^:]*: Arc for Servers/).waitFor();
    await tool.picture('editions-reachability');
  });

  it('leaves the browser without a complaint', () => {
    assert.deepEqual(tool.complaints, []);
  });

  function field(name: string) {
    return tool.frame.getByRole('combobox', { name, exact: true });
  }

  function answer(name: string) {
    return tool.frame.getByRole('textbox', { name, exact: true });
  }

  async function hostShown(host: string): Promise<void> {
    await tool.frame.getByRole('rowheader', { name: host, exact: true }).first().waitFor();
  }

  function rowCount(): Promise<number> {
    return tool.frame.getByRole('rowheader').count();
  }
});

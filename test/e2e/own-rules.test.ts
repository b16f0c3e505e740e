import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parseCsv } from './support/csv.ts';
import { download } from './support/download.ts';
import { readCells, runCheck } from './support/matrix.ts';
import { startTool, type Tool } from './support/tool.ts';

/** A host of a later list, so the simulated internet has it, and one that nobody has. */
const KNOWN = 'dp.stackhci.azure.com';
const UNKNOWN = 'updates.contoso.example';

const FILE = [
  'Host,Port,Protocol,Requirement,Purpose',
  'monitor.contoso.example,443,https,optional,Monitoring',
  'https://bad.contoso.example,443,https,required,Has a scheme',
  `${UNKNOWN},443,https,required,There already`,
  'short.contoso.example,443',
  '"broken,443,https,required,Quote',
  'last.contoso.example,8080,tcp,required,"<b>Bold</b>, =1+1"',
].join('\r\n');

describe("rules of the administrator's own", () => {
  let tool: Tool;

  before(async () => {
    tool = await startTool({ scenario: 'all-open' });
    await tool.openTab('Allowlist');
    await tool.frame.getByRole('heading', { name: 'Own rules' }).waitFor();
  });

  after(() => tool.close());

  it('are added through a form that says at the field what is wrong', async () => {
    await tool.frame.getByRole('button', { name: 'Add own rule' }).click();
    const dialog = tool.frame.getByRole('dialog', { name: 'Add own rule' });
    await dialog.getByLabel('Host').fill(`https://${UNKNOWN}/`);
    await dialog.getByRole('button', { name: 'Save rule' }).click();
    await dialog.getByText('Leave out what stands before the host name, such as https://.').waitFor();
    assert.equal(await dialog.getByLabel('Host').getAttribute('aria-invalid'), 'true');
    await tool.picture('own-rules-dialog');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await add(UNKNOWN);
    await add(KNOWN);
    assert.deepEqual(await ownHosts(), [UNKNOWN, KNOWN]);
    await tool.frame.getByText('Own rules', { exact: true }).scrollIntoViewIfNeeded();
    await tool.picture('own-rules');
  });

  it('are checked from every node like the others', async () => {
    await tool.openTab('Reachability');
    await runCheck(tool);
    const cells = await readCells(tool);
    assert.equal(cells.get(`${UNKNOWN}:443, node1`), 'Name not resolved');
    assert.equal(cells.get(`${KNOWN}:443, node1`), 'Reachable');
    await tool.openTab('Allowlist');
  });

  it('stand in the export of the allowlist', async () => {
    await tool.frame.getByRole('button', { name: 'Export', exact: true }).click();
    const dialog = tool.frame.getByRole('dialog', { name: 'Export the allowlist' });
    await dialog.getByRole('radio', { name: /^CSV\b/ }).check();
    await dialog.getByRole('radio', { name: /^Everything/ }).check();
    const file = await download(tool, () => dialog.getByRole('button', { name: 'Save file' }).click());
    const [header = [], ...records] = parseCsv(file.text);
    const own = records.filter(record => record[header.indexOf('Feature')] === 'Own rules');
    assert.deepEqual(
      own.map(([host]) => host),
      [UNKNOWN, KNOWN],
    );
  });

  it('are there again after a reload', async () => {
    await tool.page.reload();
    await tool.frame.getByRole('table', { name: 'Own rules' }).waitFor();
    assert.deepEqual(await ownHosts(), [UNKNOWN, KNOWN]);
  });

  it('are removed, and come back with Undo', async () => {
    await tool.frame.getByRole('button', { name: `Remove ${UNKNOWN}:443` }).click();
    await tool.frame.getByText(`Removed the rule for ${UNKNOWN}:443.`).waitFor();
    assert.deepEqual(await ownHosts(), [KNOWN]);
    await tool.page.keyboard.press('Enter');
    await tool.frame.getByText('The own rules are as they were before.').waitFor();
    assert.deepEqual(await ownHosts(), [UNKNOWN, KNOWN]);
  });

  it('are read from a file: good rows are kept, bad ones listed with line and reason', async () => {
    await importFile(FILE);
    await tool.frame.getByText('Took 2 rules from ours.csv. Rows that were not taken: 4.').first().waitFor();
    assert.deepEqual(await ownHosts(), [UNKNOWN, KNOWN, 'monitor.contoso.example', 'last.contoso.example']);
    const bad = tool.frame.getByRole('table', { name: 'Rows that were not taken' });
    const lines = await Promise.all(
      (await bad.locator('tbody tr').all()).map(row => row.locator('th, td').allInnerTexts()),
    );
    assert.deepEqual(
      lines.map(([line]) => line),
      ['3', '4', '5', '6'],
    );
    await tool.frame.getByRole('cell', { name: '<b>Bold</b>, =1+1' }).waitFor();
    await bad.scrollIntoViewIfNeeded();
    await tool.picture('own-rules-import');
    await tool.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await tool.frame
      .getByRole('group', { name: 'Rows that were not taken' })
      .getByRole('button', { name: 'Copy the table' })
      .click();
    await tool.frame.getByText('Copied.').waitFor();
    const copied = await tool.document().evaluate(() => navigator.clipboard.readText());
    assert.deepEqual(
      copied.trim().split(/\r?\n/).slice(1),
      lines.map(cells => cells.join('\t')),
    );
  });

  it('can be saved alone and taken back', async () => {
    const before = await ownHosts();
    const file = await download(tool, () =>
      tool.frame.getByRole('button', { name: 'Export own rules' }).click(),
    );
    for (const host of before) {
      const button = tool.frame.getByRole('button', { name: new RegExp(`^Remove ${host}:`) });
      await button.click();
      // The rows move up, and a click between would meet the next rule's button.
      await button.waitFor({ state: 'detached' });
    }
    await tool.frame.getByText('There are no own rules yet.').waitFor();
    await importFile(file.text);
    await tool.frame.getByRole('table', { name: 'Own rules' }).waitFor();
    assert.deepEqual(await ownHosts(), before);
  });

  it('leaves the browser without a complaint', () => {
    assert.deepEqual(tool.complaints, []);
  });

  async function add(host: string): Promise<void> {
    await tool.frame.getByRole('button', { name: 'Add own rule' }).click();
    const dialog = tool.frame.getByRole('dialog', { name: 'Add own rule' });
    await dialog.getByLabel('Host').fill(host);
    await dialog.getByLabel('Purpose').fill(`What ${host} is for`);
    await tool.page.keyboard.press('Enter');
    await tool.frame.getByText(`Saved the rule for ${host}:443.`).waitFor();
  }

  async function importFile(text: string): Promise<void> {
    const chooser = tool.page.waitForEvent('filechooser');
    await tool.frame.getByRole('button', { name: 'Import CSV' }).click();
    await (await chooser).setFiles({ name: 'ours.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  }

  async function ownHosts(): Promise<readonly string[]> {
    return tool.frame.getByRole('table', { name: 'Own rules' }).getByRole('rowheader').allInnerTexts();
  }
});

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { parseCsv } from './support/csv.ts';
import { type Download, download } from './support/download.ts';
import { startTool, type Tool } from './support/tool.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The document's features, in its order. */
const HEADINGS = [
  'Cluster creation',
  'Cluster registration and billing',
  'Microsoft Update',
  'Cluster Cloud Witness',
  'Remote Support',
  'AKS-HCI',
  'Arc for Servers',
  'MMA / Log Analytics',
  'Qualys',
  'Microsoft Defender',
  'Azure portal',
  'Azure Arc Resource Bridge',
];

const CLOUDS = [
  { code: 'public', name: 'Azure public', witness: 'contosowitness.blob.core.windows.net' },
  { code: 'usgov', name: 'US Government', witness: 'contosowitness.blob.core.usgovcloudapi.net' },
  { code: 'china', name: 'China', witness: 'contosowitness.blob.core.chinacloudapi.cn' },
] as const;

interface Entry {
  readonly URL: string;
  readonly Port: string;
  readonly Notes: string;
}

describe('the allowlist of a cluster', () => {
  let tool: Tool;

  before(async () => {
    tool = await startTool({ scenario: 'all-open' });
    await tool.openTab('Allowlist');
    await tool.openChoices();
    await tool.frame.getByRole('heading', { name: HEADINGS.at(-1) ?? '' }).waitFor();
  });

  after(() => tool.close());

  it('shows every feature of the document, in its order', async () => {
    assert.deepEqual(await tool.frame.getByRole('heading', { level: 2 }).allInnerTexts(), [
      ...HEADINGS,
      'Own rules',
      'What changed',
    ]);
    await tool.picture('allowlist');
  });

  it('takes cloud and witness account from the cluster', async () => {
    assert.equal(await cloudField().inputValue(), 'public');
    assert.equal(await tool.frame.getByLabel('Witness storage account').inputValue(), 'contosowitness');
    await tool.frame.getByText("Detected: the cluster's cloud witness uses this account.").waitFor();
  });

  for (const { code, name, witness } of CLOUDS) {
    it(`exports the list for ${name} as the command line does`, async () => {
      await cloudField().selectOption(code);
      assert.ok((await shownHosts()).includes(witness), `the page lists ${witness}`);
      const file = await exportAs('JSON', 'What the filters show');
      assert.equal(file.name, `outbound-allowlist_hci-cluster_${code}_2022-01_${today()}.json`);
      const entries = JSON.parse(file.text) as Entry[];
      assert.deepEqual(keysOf(entries), keysOf(await fromCommandLine(code)));
      assert.ok(entries.every(entry => Object.keys(entry).join() === 'URL,Port,Notes'));
      assert.ok(entries.some(entry => entry.URL.includes(witness)));
      assert.ok(entries.every(({ URL }) => !/azurestackchi|myblobstorage|[\s“”]|\/$/.test(URL)));
      assert.equal(
        entries.some(entry => entry.URL.includes('dp.azurestackhci.azure.us')),
        code === 'usgov',
      );
    });
  }

  it('shows the correction of a misspelt host', async () => {
    await cloudField().selectOption('usgov');
    const row = tool.frame.getByRole('row').filter({ hasText: 'dp.azurestackhci.azure.us' }).first();
    await row.getByText('Corrected', { exact: true }).waitFor();
    await row.getByRole('button').click();
    const details = tool.frame.getByRole('region', { name: /^dp\.azurestackhci\.azure\.us:443/ });
    await details.getByText(/The document says .*dp\.azurestackchi\.azure\.us/).waitFor();
    await tool.picture('allowlist-usgov');
    await tool.page.keyboard.press('Escape');
    await details.waitFor({ state: 'hidden' });
    await cloudField().selectOption('public');
  });

  it('exports what the filters show', async () => {
    const all = await shownHosts();
    await tool.frame.getByLabel('Filter', { exact: true }).fill('login.microsoftonline.com');
    await tool.frame.getByRole('combobox', { name: 'Requirement', exact: true }).selectOption('required');
    const shown = await shownHosts();
    assert.ok(shown.length > 0 && shown.length < all.length, `${shown.length} of ${all.length} rows`);
    const entries = JSON.parse((await exportAs('JSON', 'What the filters show')).text) as Entry[];
    assert.deepEqual(new Set(entries.map(({ URL }) => URL.replace(/^\w+:\/\//, ''))), new Set(shown));
    await tool.frame.getByLabel('Filter', { exact: true }).fill('no-such-host.example');
    await tool.frame.getByText('No rule matches the filter and the chosen features.').waitFor();
    await tool.frame.getByRole('button', { name: 'Clear filters' }).click();
    assert.deepEqual(await shownHosts(), all);
  });

  it('exports CSV that another program can read', async () => {
    const file = await exportAs('CSV', 'What the filters show');
    assert.match(file.name, /_public_2022-01_\d{4}-\d\d-\d\d\.csv$/);
    const [header = [], ...records] = parseCsv(file.text);
    assert.ok(records.length >= 29, `${records.length} records`);
    assert.ok(records.every(record => record.length === header.length));
    assert.ok(
      records.flat().every(field => !/^[=+@\t\r-]/.test(field)),
      'no field starts a formula',
    );
    assert.deepEqual(new Set(records.map(([host]) => host)), new Set(await shownHosts()));
  });

  it('lists the wildcard until the account is known, and says what is wrong with a name', async () => {
    const field = tool.frame.getByLabel('Witness storage account');
    await field.fill('');
    assert.ok((await shownHosts()).includes('*.blob.core.windows.net'));
    await field.fill('[myblobstorage]');
    await tool.frame.getByText(/That is the placeholder of the published list/).waitFor();
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    await field.fill('fabrikamwitness');
    assert.ok((await shownHosts()).includes('fabrikamwitness.blob.core.windows.net'));
  });

  it('leaves the browser without a complaint', () => {
    assert.deepEqual(tool.complaints, []);
  });

  function cloudField() {
    return tool.frame.getByRole('combobox', { name: 'Cloud', exact: true });
  }

  /** Hosts of the rules in view. */
  async function shownHosts(): Promise<readonly string[]> {
    await tool.frame.getByRole('rowheader').first().waitFor();
    return tool.frame.getByRole('rowheader').locator('code').allInnerTexts();
  }

  async function exportAs(format: 'JSON' | 'CSV', scope: string): Promise<Download> {
    await tool.frame.getByRole('button', { name: 'Export', exact: true }).click();
    const dialog = tool.frame.getByRole('dialog', { name: 'Export the allowlist' });
    await dialog.getByRole('radio', { name: new RegExp(`^${format}\\b`) }).check();
    await dialog.getByRole('radio', { name: new RegExp(`^${scope}`) }).check();
    const file = await download(tool, () => dialog.getByRole('button', { name: 'Save file' }).click());
    await tool.frame.getByText(`Saved as ${file.name}.`).waitFor();
    return file;
  }
});

/** `https://host|443` of every entry, sorted. */
function keysOf(entries: readonly Entry[]): readonly string[] {
  return entries.map(({ URL, Port }) => `${URL}|${Port}`).sort();
}

async function fromCommandLine(cloud: string): Promise<readonly Entry[]> {
  const script = join(ROOT, 'scripts/allowlist.ts');
  const options = ['--cloud', cloud, '--witness', 'contosowitness', '--format', 'json'];
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...options]);
  return JSON.parse(stdout) as Entry[];
}

/** The browser's date, which is this computer's. */
function today(): string {
  return new Intl.DateTimeFormat('sv-SE').format(new Date());
}

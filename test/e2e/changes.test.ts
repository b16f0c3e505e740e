import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parseCsv } from './support/csv.ts';
import { download } from './support/download.ts';
import { keepsNames } from './support/names.ts';
import { startTool, type Tool } from './support/tool.ts';

interface Difference {
  readonly from: string;
  readonly to: string;
  readonly cloud: string;
  readonly added: readonly {
    readonly host: string;
    readonly port: number;
    readonly reasons: readonly string[];
  }[];
  readonly removed: readonly unknown[];
  readonly changed: readonly unknown[];
}

const REASON = /^The data plane of the public cloud has a new address\./;

describe('what changed between two editions', () => {
  let tool: Tool;

  before(async () => {
    tool = await startTool({ scenario: 'all-open' });
    await tool.openTab('Allowlist');
    await tool.frame.getByRole('heading', { name: 'Azure Arc Resource Bridge' }).waitFor();
  });

  after(() => tool.close());

  it("loads no other list before it is opened, then compares the cluster's with the newest", async () => {
    const loaded = (): Promise<readonly string[]> =>
      tool.document().evaluate(() =>
        performance
          .getEntriesByType('resource')
          .map(({ name }) => /\/catalog\/([\w-]+)\.json$/.exec(name)?.[1] ?? '')
          .filter(name => name !== '' && name !== 'editions'),
      );
    assert.deepEqual(await loaded(), ['2022-01']);
    await tool.frame.getByRole('button', { name: 'What changed' }).click();
    await counts().waitFor();
    assert.equal(await from().inputValue(), '2022-01');
    assert.equal(await to().inputValue(), 'azure-local-2026-07');
    assert.deepEqual(new Set(await loaded()), new Set(['2022-01', 'azure-local-2026-07']));
  });

  it('shows the new data plane as added, with the reason and its source', async () => {
    await to().selectOption('2022-04');
    const row = tool.frame
      .getByRole('table', { name: /^Added \(\d+\)$/ })
      .getByRole('row')
      .filter({ has: tool.frame.getByRole('rowheader', { name: 'dp.stackhci.azure.com', exact: true }) });
    await row.waitFor();
    assert.match(await row.innerText(), /443[^]*HTTPS[^]*Required[^]*The data plane of the public cloud/);
    assert.match((await row.getByRole('link').first().getAttribute('href')) ?? '', /^https:/);
    await keepsNames(tool, 'changes', 'oc-changes');
    await tool.picture('changes');
  });

  it('exports the same as JSON and CSV, named after both editions, cloud and day', async () => {
    const json = await download(tool, () =>
      tool.frame.getByRole('button', { name: 'Export as JSON' }).click(),
    );
    assert.equal(json.name, `outbound-changes-2022-01-to-2022-04_hci-cluster_public_${today()}.json`);
    await tool.frame.getByText(`Saved as ${json.name}.`).waitFor();
    const diff = JSON.parse(json.text) as Difference;
    assert.deepEqual([diff.from, diff.to, diff.cloud], ['2022-01', '2022-04', 'public']);
    const added = diff.added.find(({ host }) => host === 'dp.stackhci.azure.com');
    assert.equal(added?.port, 443);
    assert.match(added.reasons.join(), REASON);
    const { added: more, removed: less, changed } = diff;
    assert.equal(
      await counts().innerText(),
      `${more.length} added, ${less.length} removed, ${changed.length} changed`,
    );
    const csv = await download(tool, () => tool.frame.getByRole('button', { name: 'Export as CSV' }).click());
    assert.equal(csv.name, json.name.replace(/json$/, 'csv'));
    const records = parseCsv(csv.text).slice(1);
    assert.equal(records.length, more.length + less.length + changed.length);
    const record = records.find(([kind, host]) => kind === 'added' && host === 'dp.stackhci.azure.com');
    assert.match(record?.at(-1) ?? '', REASON);
  });

  it('refuses the same edition twice, at the field', async () => {
    await to().selectOption('2022-01');
    await tool.frame.getByText('Choose two different lists.').waitFor();
    assert.equal(await to().getAttribute('aria-invalid'), 'true');
    assert.equal(await tool.frame.getByRole('button', { name: 'Export as JSON' }).count(), 0);
  });

  it('says when a list cannot be loaded, and tries again', async () => {
    const list = '**/catalog/2024-06.json';
    await tool.page.route(list, route => route.fulfill({ status: 503 }));
    await to().selectOption('2024-06');
    const alert = tool.frame.getByRole('alert');
    await alert.getByText('A list could not be loaded.').waitFor();
    await alert.getByText('Details', { exact: true }).click();
    await alert.getByText('HTTP 503').waitFor();
    await tool.page.unroute(list);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await counts().waitFor();
  });

  it('offers the lists of the chosen cloud only', async () => {
    await tool.openChoices();
    await tool.frame.getByRole('combobox', { name: 'Cloud', exact: true }).selectOption('china');
    await to().locator('option[value="2024-06"]').waitFor({ state: 'detached' });
    assert.deepEqual(
      await to()
        .locator('option')
        .evaluateAll(options => options.map(each => (each as HTMLOptionElement).value)),
      ['2022-01', '2022-04'],
    );
  });

  it('leaves the browser without a complaint', () => {
    // The browser's own note on the list that was withheld.
    assert.deepEqual(
      tool.complaints.filter(each => !each.includes('503')),
      [],
    );
  });

  function from() {
    return tool.frame.getByLabel('From', { exact: true });
  }
  function to() {
    return tool.frame.getByLabel('To', { exact: true });
  }
  function counts() {
    return tool.frame.getByText(/^\d+ added, \d+ removed, \d+ changed$/);
  }
});

/** The browser's date, which is this computer's. */
function today(): string {
  return new Intl.DateTimeFormat('sv-SE').format(new Date());
}

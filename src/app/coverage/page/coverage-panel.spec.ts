import axe from 'axe-core';
import { AllowlistHarness, giveDialogs } from '../../../../test/jest/allowlist-harness';
import { SelectionStore } from '../../allowlist/state/selection.store';
import { TestBed } from '@angular/core/testing';
import { parseCsv } from '../../../../test/jest/parse-csv';

jest.setTimeout(60_000);

beforeAll(giveDialogs);

async function opened(): Promise<AllowlistHarness> {
  const page = await new AllowlistHarness().open();
  TestBed.inject(SelectionStore).chooseEdition('2022-01');
  await page.settle();
  await page.press('Compare with the firewall');
  await page.until(
    () => page.element.querySelector('oc-coverage-panel')?.textContent.includes('Load a file') === true,
  );
  return page;
}

function panel(page: AllowlistHarness): HTMLElement {
  return page.element.querySelector('oc-coverage-panel') ?? fail('no panel');
}

async function paste(page: AllowlistHarness, text: string): Promise<void> {
  const field = panel(page).querySelector('textarea') ?? fail('no field');
  field.value = text;
  await page.press('Compare');
}

/** What stands in the table of rules. */
function rules(page: AllowlistHarness): string[] {
  return [...(panel(page).querySelectorAll('table')[1]?.querySelectorAll('tbody tr') ?? [])].map(row =>
    row.textContent.replace(/\s+/g, ' ').trim(),
  );
}

async function show(page: AllowlistHarness, state: string): Promise<void> {
  const select = panel(page).querySelector('select') ?? fail('no choice');
  const option = [...select.options].find(each => each.text.trim().startsWith(state)) ?? fail(`no ${state}`);
  select.value = option.value;
  select.dispatchEvent(new Event('change'));
  await page.settle();
}

describe('comparing with the firewall', () => {
  it('says by feature and by rule what is missing, and exports that', async () => {
    const page = await opened();
    await paste(
      page,
      'host,port,protocol,action\nlogin.microsoftonline.us,443,https,Allow\n*.vault.usgovcloudapi.net,443,https,Allow\nwww.example.com,443,https,Allow\n10.0.0.0/8,443,tcp,Allow\n',
    );
    expect(panel(page).textContent).toContain('rules are not open as they are needed');
    expect(panel(page).textContent).toContain('Read as a table');
    expect(rules(page).some(each => each.startsWith('login.microsoftonline.us:443/https'))).toBe(false);
    await show(page, 'Covered');
    expect(rules(page)).toContain('login.microsoftonline.us:443/https login.microsoftonline.us line 2');
    await show(page, 'Not in this list');
    expect(rules(page)).toContain('www.example.com line 4 Opens nothing that the list needs.');
    await show(page, 'Not read');
    expect(rules(page)[0]).toContain('10.0.0.0/8 line 5');
    expect(
      (await axe.run(panel(page), { rules: { 'color-contrast': { enabled: false } } })).violations,
    ).toEqual([]);

    await page.press('Save the comparison');
    const [file] = page.saved;
    expect(file?.fileName).toMatch(/^firewall-coverage_hci-cluster_usgov_2022-01_.*\.csv$/);
    const records = parseCsv(file?.text ?? '');
    expect(records[0]).toEqual([
      'state',
      'host',
      'port',
      'protocol',
      'requirement',
      'line',
      'entry',
      'reason',
    ]);
    const missing = records.filter(([state]) => state === 'missing' || state === 'half').length;

    await page.press('Export what is missing');
    expect(page.text).toContain('dp.azurestackhci.azure.us');
    await page.press('Save file');
    const exported = JSON.parse(page.saved[1]?.text ?? '[]') as { URL: string }[];
    expect(exported).toHaveLength(missing);
    expect(exported.map(each => each.URL).join()).not.toContain('login.microsoftonline.us');

    await page.press('Compare with the firewall');
    await page.press('Export what is missing');
    await page.check('Markdown');
    await page.until(() => !page.button('Save file').disabled);
    await page.press('Save file');
    const request = page.saved[2]?.text ?? '';
    expect(request).toContain("Only what the firewall's rules do not open as it is needed is asked for");
    expect(request).toContain('Why now');
    expect(request).toContain('Nothing in the file opens it.');
  });

  it('searches and sorts the rules of what is shown', async () => {
    const page = await opened();
    await paste(page, 'login.microsoftonline.us\nb.example\na.example\n');
    await show(page, 'Not in this list');
    const hosts = (): string[] => rules(page).map(each => each.split(' ')[0] ?? '');
    expect(hosts()).toEqual(['b.example', 'a.example']);
    const heading = panel(page).querySelectorAll('table')[1]?.querySelector('button');
    heading?.click();
    await page.settle();
    expect(hosts()).toEqual(['a.example', 'b.example']);
    expect(heading?.closest('th')?.getAttribute('aria-sort')).toBe('ascending');
    await page.enter('Search by rule or reason', 'B.example');
    expect(hosts()).toEqual(['b.example']);
    expect(panel(page).textContent).toContain('1 of 2');
    await page.enter('Search by rule or reason', 'line 3');
    expect(hosts()).toEqual(['a.example']);
    // Another file is not searched by what was looked for in this one.
    await paste(page, 'c.example');
    await show(page, 'Not in this list');
    expect(hosts()).toEqual(['c.example']);
  });

  it('never says that everything is open where the file leaves that open', async () => {
    const page = await opened();
    const headline = () => panel(page).querySelector('[role=status] .oc-notice');
    await paste(page, '*\n');
    expect(headline()?.textContent).toMatch(/is open in this file if its entries that say no port are for/);
    expect(headline()?.getAttribute('data-state')).toBe('warning');
    await show(page, 'Wider than needed');
    expect(rules(page)).toEqual(['* line 1 Opens more than the list needs.']);
    await paste(page, 'destination,port,protocol\nany,any,any\n');
    expect(headline()?.textContent).toContain('chosen features is open in this file.');
    expect(headline()?.getAttribute('data-state')).toBe('success');
    await show(page, 'Wider than needed');
    expect(rules(page)).toHaveLength(1);
  });

  it('keeps hostile values as text, and says why a file is not read', async () => {
    const page = await opened();
    await paste(page, '<img src=x onerror="document.title=1">\n{{constructor}}\n');
    await show(page, 'Not read');
    expect(rules(page)[0]).toContain('<img src=x onerror="document.title=1">');
    expect(panel(page).querySelector('img')).toBeNull();
    await paste(page, '  \n');
    expect(panel(page).querySelector('[role=alert]')?.textContent).toContain('The file is empty.');
    await paste(page, '<html><body>login.microsoftonline.us</body></html>');
    expect(panel(page).querySelector('[role=alert]')?.textContent).toContain('The file is a page or XML.');
    expect(panel(page).querySelectorAll('table')).toHaveLength(0);
  });

  it('reads a file once more when it was mended, and refuses one that is too large', async () => {
    const page = await opened();
    const input = panel(page).querySelector<HTMLInputElement>('input[type=file]') ?? fail('no field');
    const give = async (name: string, text: string, size = text.length): Promise<void> => {
      const bytes = new TextEncoder().encode(text);
      const file = { name, size, arrayBuffer: () => Promise.resolve(bytes.buffer) };
      Object.defineProperty(input, 'files', { configurable: true, value: [file] });
      input.dispatchEvent(new Event('change'));
      await page.settle();
    };
    await give('huge.txt', 'a.example.com', 30_000_000);
    expect(panel(page).querySelector('[role=alert]')?.textContent).toContain(
      'more than 10 million characters',
    );
    await give('list.txt', 'login.microsoftonline.us 443\n');
    expect(panel(page).querySelector('[role=alert]')).toBeNull();
    expect(panel(page).textContent).toContain('list.txt');
    await show(page, 'Covered');
    expect(rules(page)).toHaveLength(1);
  });
});

import { TestBed } from '@angular/core/testing';
import { AllowlistHarness, giveDialogs } from '../../../../../test/jest/allowlist-harness';
import { SelectionStore } from '../../state/selection.store';

// Whole pages in jsdom: slow on a busy machine, never stuck.
jest.setTimeout(30_000);

beforeAll(giveDialogs);

it('closes the panel of the list by Escape, on what opened it as in it, and keeps the focus there', async () => {
  const page = await new AllowlistHarness().open();
  const opener = page.element.querySelector<HTMLElement>('oc-choice-line > button');
  expect(opener?.getAttribute('aria-expanded')).toBe('true');
  opener?.focus();
  opener?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
  await page.settle();
  expect(opener?.getAttribute('aria-expanded')).toBe('false');
  expect(document.activeElement).toBe(opener);
});

describe('Rules sorted by a column', () => {
  it('stand so in every table, by the field or by a heading, and are told so', async () => {
    const page = await new AllowlistHarness().open();
    const before = hosts(page);
    await page.enter('Sort by', 'host');
    const up = hosts(page);
    expect(up).not.toEqual(before);
    expect(up).toEqual([...up].sort((a, b) => order(a, b)));
    expect(sorted(page)).toEqual(['host ascending']);
    // A heading of any table sorts them all: down, and back to the list's own order.
    heading(page, 'Host').click();
    await page.settle();
    expect(hosts(page).map(keyOf)).toEqual(up.map(keyOf).reverse());
    expect(sorted(page)).toEqual(['host descending']);
    heading(page, 'Host').click();
    await page.settle();
    expect(hosts(page)).toEqual(before);
    expect(sorted(page)).toEqual([]);
  });

  it('are sorted by numbers as numbers, by requirement as it binds, and what has no state comes last', async () => {
    const page = await new AllowlistHarness().open();
    await page.enter('Sort by', '-port');
    expect(cellsOf(page, 'port').map(Number)).toEqual(
      cellsOf(page, 'port')
        .map(Number)
        .sort((a, b) => b - a),
    );
    await page.enter('Sort by', 'requirement');
    const places = cellsOf(page, 'requirement').map(each =>
      ['Required', 'Recommended', 'Optional'].indexOf(each),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    await page.enter('Sort by', 'state');
    const empty = cellsOf(page, 'state').map(each => each === '');
    expect(empty).toEqual([...empty].sort((a, b) => Number(a) - Number(b)));
  });

  it('stay sorted with the connection, and what nobody can sort by sorts nothing', async () => {
    const page = await new AllowlistHarness().open();
    const before = hosts(page);
    await page.enter('Sort by', '-host');
    const down = hosts(page);
    await page.open();
    expect(hosts(page)).toEqual(down);
    for (const key of page.kept.keys()) if (key.startsWith('allowlist-sorting')) page.kept.set(key, 'x"<y');
    await page.open();
    expect(hosts(page)).toEqual(before);
  });
});

describe('Rules inside the network', () => {
  it('are sorted by a heading of theirs, ports as numbers, and counted against all', async () => {
    const page = await new AllowlistHarness().open();
    TestBed.inject(SelectionStore).chooseEdition('azure-local-2026-07');
    await page.settle();
    await page.until(() => page.element.querySelector('oc-internal-table') !== null);
    const inTable = (selector: string): Element[] => [
      ...page.element.querySelectorAll(`oc-internal-table ${selector}`),
    ];
    const all = inTable('tbody tr').length;
    const heading = inTable('th button').find(each => each.textContent.trim().startsWith('Port'));
    (heading as HTMLButtonElement | undefined)?.click();
    await page.settle();
    expect(heading?.closest('th')?.getAttribute('aria-sort')).toBe('ascending');
    const ports = inTable('tbody tr').map(
      row => parseInt(row.children[4]?.textContent.trim() ?? '', 10) || Infinity,
    );
    expect(ports).toEqual([...ports].sort((a, b) => a - b));
    const badge = (): string =>
      page.element.querySelector('[aria-labelledby="oc-internal"] .oc-badge')?.textContent ?? '';
    expect(badge()).toBe(`${String(all)} rules`);
    await page.enter('Filter', 'smb');
    const left = inTable('tbody tr').length;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(all);
    expect(badge()).toBe(`${String(left)} of ${String(all)}`);
  });
});

const TABLE = 'Microsoft Update';

function table(page: AllowlistHarness): HTMLElement {
  const found = page.element.querySelector<HTMLElement>(`table[aria-label="${TABLE}"]`);
  if (found === null) throw new Error(`No table ${TABLE}`);
  return found;
}

function hosts(page: AllowlistHarness): string[] {
  return [...table(page).querySelectorAll('tbody [role=rowheader]')].map(
    each => `${each.textContent.trim()} ${each.nextElementSibling?.textContent.trim() ?? ''}`,
  );
}

function cellsOf(page: AllowlistHarness, column: string): string[] {
  return [...table(page).querySelectorAll(`tbody td.${column}`)].map(each => each.textContent.trim());
}

/** The columns of the table that are said to be sorted. */
function sorted(page: AllowlistHarness): string[] {
  return [...table(page).querySelectorAll('th[aria-sort]')].map(
    each => `${each.className} ${each.getAttribute('aria-sort') ?? ''}`,
  );
}

function heading(page: AllowlistHarness, name: string): HTMLButtonElement {
  const found = [...table(page).querySelectorAll<HTMLButtonElement>('thead button')].find(
    each => each.textContent.replace(/[↑↓]/, '').trim() === name,
  );
  if (found === undefined) throw new Error(`No heading ${name}`);
  return found;
}

/** Without port and wildcard. */
function keyOf(host: string): string {
  return host.replace(/^\*\./, '').replace(/ .*/, '');
}

function order(a: string, b: string): number {
  return keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0;
}

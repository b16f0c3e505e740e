import { endedAt } from '../../../../../../test/jest/observations';
import { node, ReachabilityHarness } from '../../../../../../test/jest/reachability-harness';

// Whole pages in jsdom: slow on a busy machine, never stuck.
jest.setTimeout(60_000);

const LOGIN = 'login.microsoftonline.com';
const GRAPH = 'graph.microsoft.com';
const { phases, certificates, http, outcome } = endedAt({ phase: 'connect', outcome: 'timeout' });
const DROPPED = { phases, certificates, http, outcome };

describe('Results sorted by a column', () => {
  it('are one list over all features: by name, by the worst, and back to the features', async () => {
    const page = await checked(false);
    const grouped = page.rowHosts;
    expect(sections(page)).toBeGreaterThan(1);
    await press(page, 'Endpoint');
    expect(sections(page)).toBe(0);
    const key = (door: string): string => door.replace(/^\*\./, '');
    expect(page.rowHosts).toEqual([...page.rowHosts].sort((a, b) => (key(a) < key(b) ? -1 : 1)));
    expect(page.rowHosts).toHaveLength(grouped.length);
    expect(heads(page)).toEqual(['Endpoint ascending']);
    await press(page, 'Endpoint');
    expect(heads(page)).toEqual(['Endpoint descending']);
    await press(page, 'Result');
    expect(heads(page)).toEqual(['Result descending']);
    expect(page.rowHosts.slice(0, 2).sort()).toEqual([`${GRAPH}:443`, `${LOGIN}:443`]);
    await press(page, 'Result');
    expect(page.rowHosts.slice(-2).sort()).toEqual([`${GRAPH}:443`, `${LOGIN}:443`]);
    await press(page, 'Result');
    expect(heads(page)).toEqual([]);
    expect(page.rowHosts).toEqual(grouped);
  });

  it('are sorted by what one node measured where each node has a column, and stay so with the connection', async () => {
    const page = await checked(true);
    await press(page, 'node2');
    expect(heads(page)).toEqual(['node2 descending']);
    expect(page.rowHosts[0]).toBe(`${LOGIN}:443`);
    await press(page, 'node1');
    expect(page.rowHosts[0]).toBe(`${GRAPH}:443`);
    await page.open();
    expect(heads(page)).toEqual(['node1 descending']);
    // A column that is not shown sorts nothing.
    page.everyNode = false;
    await page.open();
    expect(heads(page)).toEqual([]);
    expect(sections(page)).toBeGreaterThan(1);
  });

  it('can be sorted by a field of the filters, too', async () => {
    const page = await checked(false);
    await page.press('Filters');
    const field = page.element.querySelector<HTMLSelectElement>('#oc-result-sorting');
    expect([...(field?.options ?? [])].map(each => each.text)).toEqual([
      'Feature, those that fail first',
      'Endpoint, A to Z',
      'Endpoint, Z to A',
      'Result, worst first',
      'Result, worst last',
    ]);
    if (field) field.value = '-result';
    field?.dispatchEvent(new Event('change'));
    await page.settle();
    expect(heads(page)).toEqual(['Result descending']);
  });
});

beforeAll(() => {
  // jsdom has no dialogs that open.
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true;
  };
});

/** A run in which one node lacks each of two endpoints. */
async function checked(everyNode: boolean): Promise<ReachabilityHarness> {
  const page = new ReachabilityHarness([node('node1'), node('node2')]);
  page.everyNode = everyNode;
  await page.open();
  await page.press('Check reachability');
  page.work('node1').report(GRAPH, DROPPED);
  page.work('node2').report(LOGIN, DROPPED);
  page.work('node1').finish([GRAPH]);
  page.work('node2').finish([LOGIN]);
  await page.settle();
  return page;
}

/** Chooses the heading of a column, sorted or not. */
async function press(page: ReachabilityHarness, name: string): Promise<void> {
  const found = [...page.element.querySelectorAll<HTMLButtonElement>('[role=columnheader] button')].find(
    each => each.textContent.replace(/[↑↓]/, '').trim() === name,
  );
  if (found === undefined) throw new Error(`No heading ${name}`);
  found.click();
  await page.settle();
}

function sections(page: ReachabilityHarness): number {
  return page.element.querySelectorAll('.section').length;
}

function heads(page: ReachabilityHarness): string[] {
  return [...page.element.querySelectorAll('[role=columnheader][aria-sort]')].map(
    each => `${each.textContent.replace(/[↑↓]/, '').trim()} ${each.getAttribute('aria-sort') ?? ''}`,
  );
}

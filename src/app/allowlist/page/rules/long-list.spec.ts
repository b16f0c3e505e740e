import { AllowlistHarness, giveDialogs } from '../../../../../test/jest/allowlist-harness';

// Whole pages in jsdom: slow on a busy machine, never stuck.
jest.setTimeout(30_000);

beforeAll(giveDialogs);

/** So many own rules that the page draws only what is in view. */
function withManyRules(): AllowlistHarness {
  const page = new AllowlistHarness();
  const rules = Array.from({ length: 400 }, (_, index) => ({
    host: `own-${String(index)}.contoso.com`,
    port: 443,
    protocol: 'https',
    requirement: 'required',
    purpose: `Service ${String(index)}`,
  }));
  page.kept.set('own-rules:hci-cluster.contoso.local', JSON.stringify({ form: 1, rules }));
  return page;
}

describe('A long allowlist', () => {
  let frames = new Map<number, FrameRequestCallback>();
  let asked = 0;

  beforeEach(() => {
    frames = new Map();
    jest.spyOn(window, 'requestAnimationFrame').mockImplementation(call => {
      frames.set((asked += 1), call);
      return asked;
    });
    jest.spyOn(window, 'cancelAnimationFrame').mockImplementation(id => {
      frames.delete(id);
    });
    // jsdom has no layout to scroll.
    Element.prototype.scrollIntoView = () => undefined;
  });

  afterEach(() => jest.restoreAllMocks());

  /** Each frame draws more, none takes anything away. */
  async function becomesWhole(page: AllowlistHarness): Promise<void> {
    for (let frame = 0; frame < 12 && page.headings.length < 12; frame += 1) {
      const before = page.headings;
      const calls = [...frames.values()];
      frames.clear();
      for (const call of calls) call(0);
      await page.settle();
      expect(page.headings).toEqual(expect.arrayContaining([...before]));
    }
    expect(page.headings).toHaveLength(12);
  }

  it('comes feature by feature, each frame some more, and whole in the end', async () => {
    const page = await withManyRules().open();
    expect(page.headings.length).toBeGreaterThan(0);
    expect(page.element.querySelector('#oc-own-rules')).toBeNull();
    await becomesWhole(page);
    expect(page.element.querySelector('#oc-own-rules')).not.toBeNull();
  });

  it('comes so again where a filter is taken back, and what is there stays', async () => {
    const page = await withManyRules().open();
    await becomesWhole(page);
    const ownRules = page.element.querySelector('#oc-own-rules');
    await page.enter('Filter', 'wustat');
    const few = page.headings;
    expect(few.length).toBeLessThan(4);
    await page.enter('Filter', '');
    expect(page.headings.length).toBeLessThan(8);
    expect(page.headings).toEqual(expect.arrayContaining([...few]));
    await becomesWhole(page);
    expect(page.element.querySelector('#oc-own-rules')).toBe(ownRules);
  });

  it('is whole at once for who jumps to a part that is not drawn yet', async () => {
    const page = await withManyRules().open();
    await page.press('To own rules');
    expect(page.headings).toHaveLength(12);
    expect(document.activeElement?.closest('#oc-own-rules')).not.toBeNull();
  });
});

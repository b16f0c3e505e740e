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

  it('comes feature by feature, each frame some more, and whole in the end', async () => {
    const page = await withManyRules().open();
    const first = page.headings.length;
    expect(first).toBeGreaterThan(0);
    expect(page.element.querySelector('#oc-own-rules')).toBeNull();
    let last = first;
    for (let frame = 0; frame < 12 && page.element.querySelector('#oc-own-rules') === null; frame += 1) {
      const calls = [...frames.values()];
      frames.clear();
      for (const call of calls) call(0);
      await page.settle();
      expect(page.headings.length).toBeGreaterThanOrEqual(last);
      last = page.headings.length;
    }
    expect(last).toBe(12);
    expect(page.element.querySelector('#oc-own-rules')).not.toBeNull();
  });

  it('is whole at once for who jumps to a part that is not drawn yet', async () => {
    const page = await withManyRules().open();
    await page.press('To own rules');
    expect(page.headings).toHaveLength(12);
    expect(document.activeElement?.closest('#oc-own-rules')).not.toBeNull();
  });
});

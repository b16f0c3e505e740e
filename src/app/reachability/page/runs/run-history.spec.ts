import { TestBed } from '@angular/core/testing';
import { node, ReachabilityHarness } from '../../../../../test/jest/reachability-harness';
import { runOf } from '../../../../../test/jest/runs';
import type { LastingKeepSafe } from '../../../wac/platform';
import { Shelf } from '../../record/shelf';
import { ReachabilityPage } from '../reachability.page';

// Whole pages in jsdom: slow on a busy machine, never stuck.
jest.setTimeout(60_000);

const READING = 'is being read…';
const names = (count: number, of: string): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${of}${index}`);
const doors = names(500, 'host').map(host => `${host}.example:443`);

/** A page whose browser keeps two large runs, of 07:00 and 08:00, and perhaps a small one of 09:00, which it shows. */
function pageWithRuns(hasSmall = true): ReachabilityHarness {
  const page = new ReachabilityHarness([node('node1')]);
  const safe: LastingKeepSafe = {
    read: key => page.kept.get(key),
    keys: () => [],
    write: (key, value) => page.kept.set(key, value ?? '').has(key),
  };
  const at = (hour: number): string => `2026-11-23T0${hour}:00:00.000Z`;
  const runs = [7, 8].map(hour => ({ ...runOf(names(5, 'node'), doors), startedAt: at(hour) }));
  if (hasSmall) runs.push({ ...runOf(['node1'], doors), startedAt: at(9) });
  for (const run of runs) new Shelf(safe, 'hci.contoso.local').put(run, page.now);
  return page;
}

const click = (page: ReachabilityHarness, name: string, place: number): void => {
  page.named(name)[place]?.click();
  TestBed.tick();
};
const compared = (page: ReachabilityHarness): string | undefined =>
  page.element.querySelector('oc-run-comparison h2')?.textContent;

describe('A large run of the list', () => {
  it('is said to be read until it is there', async () => {
    const page = await pageWithRuns().open();
    click(page, 'Compare with the run of', 0);
    expect([page.text.includes(READING), compared(page)]).toEqual([true, undefined]);
    await page.settle();
    expect([page.text.includes(READING), typeof compared(page)]).toEqual([false, 'string']);
  });

  it('is dropped where another was asked for meanwhile', async () => {
    const page = await pageWithRuns().open();
    const [, asked] = page.named('Show the run of').map(each => each.getAttribute('aria-label') ?? '');
    click(page, 'Compare with the run of', 0);
    click(page, 'Show the run of', 1);
    await page.settle();
    expect(compared(page)).toBeUndefined();
    expect(page.named('Show the run of')).toHaveLength(2);
    expect(page.named(asked ?? '')).toHaveLength(0);
  });

  it('is dropped where a check was begun, the page was left, or it was deleted meanwhile', async () => {
    const page = await pageWithRuns().open();
    click(page, 'Show the run of', 0);
    page.button('Check reachability').click();
    await page.settle();
    expect(page.text).toContain('Cancel');
    page.work('node1').finish();
    await page.settle();
    expect(page.text).not.toContain(READING);
    expect(page.named('Show the run of')).toHaveLength(3);
    click(page, 'Compare with the run of', 1);
    await page.visit(ReachabilityPage);
    expect(compared(page)).toBeUndefined();
    click(page, 'Compare with the run of', 1);
    click(page, 'Delete the run of', 1);
    expect(page.text).not.toContain(READING);
    await page.settle();
    expect(compared(page)).toBeUndefined();
  });

  it('is said to be read when the tool opens, and no check begins before it is there', async () => {
    const page = pageWithRuns(false);
    const opened = page.open();
    TestBed.tick();
    expect(page.text).toContain('The results of the last check are being read.');
    expect(page.button('Check reachability').disabled).toBe(true);
    await opened;
    expect(page.text).not.toContain('are being read');
    expect(page.button('Check reachability').disabled).toBe(false);
    expect(page.text).toContain('2,500 reachable');
  });
});

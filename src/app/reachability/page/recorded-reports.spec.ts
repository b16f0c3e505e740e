import { node, ReachabilityHarness } from '../../../../test/jest/reachability-harness';

// Whole pages in jsdom: slow on a busy machine, never stuck.
jest.setTimeout(60_000);

const CHECK = 'Check reachability';
const LOGIN = 'login.microsoftonline.com';
const textOf = (page: ReachabilityHarness): string =>
  page.element.querySelector('oc-result-details')?.textContent.replace(/\s+/g, ' ') ?? '';

describe('The reachability page, of what nodes recorded', () => {
  it('takes for proven nothing of which an older curl.exe told no certificate, and says so', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    page.work('node1').report(LOGIN, { certificates: [], unmeasured: ['certificates', 'headers'] });
    page.work('node1').finish([LOGIN]);
    await page.settle();
    const cell = page.cell(`${LOGIN}:443, node1`);
    expect(cell.getAttribute('aria-label')).toContain('Answered, not proven');
    cell.click();
    await page.settle();
    expect(textOf(page)).toContain('curl.exe');
  });

  it('shows each host to which a redirect leads, whether it is on the list, and what it did from the node', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    const first = page.work('node1');
    const http = { status: 302, server: '', via: '', location: 'https://moved.example/x', headers: [] };
    first.report(LOGIN, { http: { ...http } });
    first.finish([LOGIN]);
    await page.until(() => page.work('node1') !== first);
    expect(page.work('node1').hosts).toEqual(['moved.example']);
    page.work('node1').report('moved.example', { http: { ...http, status: 200, location: '' } });
    page.work('node1').output.complete();
    await page.settle();
    page.cell(`${LOGIN}:443, node1`).click();
    await page.settle();
    const details = textOf(page);
    expect(details).toContain('Redirects moved.example:443: not in the list; Reachable');
    expect(page.rowHosts).not.toContain('moved.example');
  });
});

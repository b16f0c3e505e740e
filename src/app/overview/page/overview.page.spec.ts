import { TestBed } from '@angular/core/testing';
import axe from 'axe-core';
import { giveDialogs } from '../../../../test/jest/allowlist-harness';
import { endedAt } from '../../../../test/jest/observations';
import { node, ReachabilityHarness } from '../../../../test/jest/reachability-harness';
import { runOf } from '../../../../test/jest/runs';
import { runJson } from '../../export/results/run-export';
import { Navigation } from '../../ui/navigation';
import { ReachabilityPage } from '../../reachability/page/reachability.page';
import { RuleResultsComponent } from '../../reachability/page/results/rule-results.component';
import { RunKeeper } from '../../reachability/state/run-keeper';
import { OverviewPage } from './overview.page';

jest.setTimeout(60_000);

const LOGIN = 'login.microsoftonline.com';
const { phases, certificates, http, outcome } = endedAt({ phase: 'connect', outcome: 'timeout' });
const DROPPED = { phases, certificates, http, outcome };

beforeAll(() => {
  giveDialogs();
  // axe measures text on a canvas, which jsdom does not have.
  HTMLCanvasElement.prototype.getContext = () => null;
});

async function openOverview(nodes = [node('node1'), node('node2')]): Promise<ReachabilityHarness> {
  const page = await new ReachabilityHarness(nodes).open();
  await page.visit(OverviewPage);
  return page;
}

function lines(page: ReachabilityHarness): string[] {
  return [...page.element.querySelectorAll('oc-capability-list li')].map(line =>
    [...line.children]
      .map(each => each.textContent.trim())
      .filter(text => text !== '')
      .join(' '),
  );
}

/** Results by feature, node and rule, with the finding that explains the failures. */
async function rollUps(page: ReachabilityHarness, title: string): Promise<void> {
  const details = page.element.querySelector('oc-roll-ups details') as HTMLDetailsElement;
  details.open = true;
  details.dispatchEvent(new Event('toggle'));
  await page.settle();
  const cells = (row: string): string[] => {
    const rows = [...details.querySelectorAll('tbody tr')];
    const found = rows.find(each => each.querySelector('th')?.textContent.trim() === row);
    return [...(found?.querySelectorAll('td') ?? [])].map(each => each.textContent.trim());
  };
  const by = async (group: string): Promise<void> => {
    const select = details.querySelector('select') as HTMLSelectElement;
    select.value = group;
    select.dispatchEvent(new Event('change'));
    await page.settle();
  };
  await by('nodes');
  expect(cells('node2').slice(2)).toEqual(['1', expect.any(String), title]);
  expect(cells('node1').slice(2)).toEqual(['0', expect.any(String), '']);
  await by('rules');
  expect(cells(`${LOGIN}:443`).slice(0, 3)).toEqual(['1', '0', '1']);
  await by('features');
  expect([...details.querySelectorAll('td:last-child')].some(each => each.textContent.includes(title))).toBe(
    true,
  );
}

describe('The overview', () => {
  afterEach(() => {
    // A key without its sentence shows itself in brackets.
    expect(document.body.textContent).not.toMatch(/\[[\w-]+\./);
  });

  it('leads on a first visit, and claims nothing', async () => {
    const page = await openOverview();
    expect(page.text).toContain('changes nothing on the nodes');
    expect(lines(page).every(line => line.endsWith('Not checked yet'))).toBe(true);
    expect(page.text).toContain('Not read yet');
    expect(page.calls).toEqual([]);
  });

  it('says that the check of before is being read, and nothing of it until it is there', async () => {
    const reading = jest.spyOn(RunKeeper.prototype, 'readLast').mockReturnValue(() => undefined);
    try {
      const page = await openOverview();
      const claims = /not (checked|read) yet|has no check/i;
      expect(lines(page).every(line => line.endsWith('The last check is being read…'))).toBe(true);
      await page.press('Give to the network team');
      expect(page.text).toContain('The results of the last check are being read.');
      expect(page.text).not.toMatch(claims);
      const rule = TestBed.createComponent(RuleResultsComponent);
      rule.componentRef.setInput('rule', 'any');
      rule.detectChanges();
      expect((rule.nativeElement as HTMLElement).textContent).not.toMatch(claims);

      reading.mock.lastCall?.[0](undefined);
      await page.settle();
      expect(lines(page).every(line => line.endsWith('Not checked yet'))).toBe(true);
    } finally {
      reading.mockRestore();
    }
  });

  it('says while a check is under way that it is, and not that none was made', async () => {
    const page = await openOverview();
    await page.press('Check');
    expect(lines(page).every(line => line.endsWith('Being checked…'))).toBe(true);
    expect(page.text).not.toContain('Not checked yet');
    await page.press('Cancel');
    expect(page.text).not.toContain('Being checked');
  });

  it('says why there is nothing to ask for, and claims nothing of what was not tested', async () => {
    const page = await openOverview([node('node1')]);
    const asked = async (): Promise<string> => {
      await page.press('Give to the network team');
      const text = page.element.querySelector('oc-network-team')?.textContent ?? '';
      await page.press('Close');
      return text;
    };
    expect(await asked()).toContain('This browser has no check of this cluster');
    await page.press('Check');
    expect(await asked()).toContain('A check is running.');
    page.work('node1').report(LOGIN);
    await page.press('Cancel');
    const [, unknown] = /, (\d+) not tested/.exec(page.text) ?? [];
    expect(await asked()).toContain(
      `${unknown ?? '?'} results were not tested, so nothing can be said of them`,
    );
  });

  it('answers nothing by a run of another cluster that came in a file, and asks for nothing', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    const run = runOf(['berlin1'], [`${LOGIN}:443`], () => endedAt({ phase: 'connect', outcome: 'timeout' }));
    const file = runJson({ ...run, request: { ...run.request, cluster: 'berlin' } }, '1');
    await page.choose('oc-run-import', new File([file], 'run.json'));
    expect(page.cell(`${LOGIN}:443, berlin1`).textContent).toContain('Timed out');
    expect(page.text).toContain('of another cluster: berlin');
    await page.visit(OverviewPage);
    expect(page.text).toContain('of another cluster: berlin, nodes berlin1');
    expect(lines(page).every(line => line.endsWith('Not checked yet'))).toBe(true);
    expect(page.element.querySelector('oc-findings, oc-roll-ups')).toBeNull();
    await page.press('Give to the network team');
    const panel = page.element.querySelector('oc-network-team');
    expect(panel?.textContent).toContain('of another cluster: berlin');
    expect(panel?.textContent).not.toContain('No check has run');
  });

  it('counts as the Reachability tab and its kept runs do', async () => {
    const page = await openOverview();
    await page.press('Check');
    page.work('node1').report(LOGIN, DROPPED);
    page.work('node1').finish([LOGIN]);
    page.work('node2').finish();
    await page.settle();
    const counts = (text: string): number[] => (text.match(/\d+/g) ?? []).map(Number);
    const [summary] =
      /\d+ reachable, \d+ answered but not proven, \d+ failed, \d+ not tested/.exec(page.text) ?? [];
    await page.visit(ReachabilityPage);
    const chips = page.element.querySelector('oc-tally')?.textContent ?? '';
    expect(counts(chips)).toEqual(counts(summary ?? ''));
    expect(page.element.querySelector('oc-run-history li')?.textContent).toContain(summary);
    expect(counts(chips)[2]).toBeGreaterThan(0);
  });

  it('does not call a check that ended early a finished one, neither cancelled nor left by a reload', async () => {
    const page = await openOverview();
    await page.press('Check');
    page.work('node1').report(LOGIN);
    await page.press('Cancel');
    expect(page.text).toContain('Cancelled on Nov 24, 2026');
    expect(page.text).not.toContain('Checked on');

    const left = await openOverview();
    await left.press('Check');
    left.work('node1').report(LOGIN);
    await left.pass(2500);
    await left.open();
    await left.visit(OverviewPage);
    expect(left.text).toContain('Interrupted on Nov 24, 2026');
    expect(left.text).toContain('because the page was reloaded or left');
    expect(left.text).not.toContain('Checked on');
  });

  it('says where the check was started that it was not kept, and after a reload which part of it is lost', async () => {
    const page = await openOverview([node('node1')]);
    await page.press('Check');
    page.room = Math.max(...[...page.kept.values()].map(text => text.length));
    page.work('node1').finish();
    await page.settle();
    expect(page.text).toContain('This browser could not keep this run');
    await page.open();
    await page.visit(OverviewPage);
    expect(page.text).toContain('had no room for the whole of this check');
  });

  it('says what works and what does not, worst first, and what to ask of whom', async () => {
    const page = await openOverview();
    await page.press('Check');
    page.work('node2').report(LOGIN, DROPPED);
    page.work('node1').finish();
    page.work('node2').finish([LOGIN]);
    await page.settle();
    expect(lines(page)[0]).toMatch(/^Register and bill No: 1 endpoint, node2 only .*Show what fails$/);
    expect(lines(page).some(line => /^Update Not proven: /.test(line))).toBe(true);
    const title = `Only node2 lacks the rule for ${LOGIN}:443: other nodes get through.`;
    expect(page.element.querySelector('oc-findings h3')?.textContent).toBe(title);
    expect(page.text).toContain('1 endpoint fails here: node2.');
    await rollUps(page, title);
    expect(page.text).toMatch(
      /No machine-wide proxy: all nodes\. Read by the check of Nov \d+, 20\d\d, .+; the Proxy tab shows what is there now\./,
    );
    await page.press(`Copy request: ${title}`);
    expect(page.copied[0]).toContain(`- ${LOGIN}, TCP 443 (https)`);
    page.mayCopy = false;
    await page.press(`Copy request: ${title}`);
    expect(page.element.querySelector('textarea')?.value).toContain('- node2.contoso.local');
    await page.press('Show what fails: Register and bill');
    expect(TestBed.inject(Navigation).errand()).toEqual({
      tab: 'reachability',
      blocks: 'registration',
      only: 'failed',
    });
    await page.press('Set the proxy');
    expect(TestBed.inject(Navigation).errand()).toEqual({ tab: 'proxy', act: 'set' });
  });

  it('has no accessibility violations, before and after a check', async () => {
    const page = await openOverview();
    const violations = async (): Promise<string[]> =>
      (
        await axe.run(page.element, {
          rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
        })
      ).violations.map(each => `${each.id}: ${each.nodes[0]?.html ?? ''}`);
    expect(await violations()).toEqual([]);
    await page.press('Check');
    page.work('node1').finish([LOGIN]);
    page.work('node2').finish();
    await page.settle();
    expect(await violations()).toEqual([]);
  });
});

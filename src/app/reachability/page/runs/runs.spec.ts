import { of } from 'rxjs';
import { endedAt } from '../../../../../test/jest/observations';
import { DIRECT, node, ReachabilityHarness } from '../../../../../test/jest/reachability-harness';
import { runOf } from '../../../../../test/jest/runs';
import { runCsv, runJson } from '../../../export/results/run-export';

// Whole pages in jsdom: slow on a busy machine, never stuck.
jest.setTimeout(60_000);

const CHECK = 'Check reachability';
const EARLIER = '2026-11-24T06:00:00.000Z';
const LOGIN = 'login.microsoftonline.com';
const dropped = endedAt({ phase: 'connect', outcome: 'timeout' });
const { phases, certificates, http, outcome } = dropped;
const DROPPED = { phases, certificates, http, outcome };

// jsdom has no modal dialogs.
beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true;
  };
});

describe('Runs on the reachability page', () => {
  it('keeps what was measured when the page is reloaded in the middle, says so, and measures the rest', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    page.work('node1').report(LOGIN, DROPPED);
    page.work('node1').report('graph.windows.net');
    // Nothing comes any more, and still it is kept.
    await page.pass(2500);
    await page.open();
    expect(page.text).toContain('Interrupted on');
    expect(page.cell(`${LOGIN}:443, node1`).textContent).toContain('Timed out');
    expect(page.cell('graph.windows.net:443, node1').textContent).toContain('Reachable');
    expect(page.cell('management.azure.com:443, node1').textContent).toContain('Not tested');
    await page.press('Resume check');
    expect(page.work('node1').hosts).not.toContain(LOGIN);
    page.work('node1').finish();
    await page.settle();
    expect(page.text).toContain('Only a part was measured again now');
    expect(page.cell(`${LOGIN}:443, node1`).textContent).toContain('Timed out');
    expect(page.cell('management.azure.com:443, node1').textContent).toContain('Reachable');
    await page.press('Check failed ones again');
    expect(page.work('node1').hosts).toEqual([LOGIN]);
    page.work('node1').finish();
    await page.settle();
    expect(page.cell(`${LOGIN}:443, node1`).textContent).toContain('Reachable');
  });

  it('measures one endpoint or one node again', async () => {
    const page = await new ReachabilityHarness().open();
    await page.press(CHECK);
    page.work('node1').finish();
    page.work('node2').finish();
    await page.settle();
    page.cell(`${LOGIN}:443, node1`).click();
    await page.settle();
    await page.press('Check this endpoint again');
    expect([page.work('node1').hosts, page.work('node2').hosts]).toEqual([[LOGIN], [LOGIN]]);
    page.work('node1').finish();
    page.work('node2').finish();
    await page.settle();
    page.works.clear();
    await page.press('Check node1 again');
    expect(page.work('node1').hosts.length).toBeGreaterThan(10);
    expect([...page.works.keys()]).toEqual(['node1.contoso.local']);
  });

  it('watches what failed until it works, and says so', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    page.work('node1').report(LOGIN, DROPPED);
    page.work('node1').report('graph.windows.net', DROPPED);
    page.work('node1').finish([LOGIN, 'graph.windows.net']);
    await page.settle();
    await page.enter('oc-watch-minutes', '0');
    expect(page.button('Watch failures').disabled).toBe(true);
    await page.enter('oc-watch-minutes', '2');
    await page.press('Watch failures');
    expect(page.text).toContain('Watching: 2 failures remain.');
    await page.pass(121_000);
    expect(page.work('node1').hosts.toSorted()).toEqual(['graph.windows.net', LOGIN].toSorted());
    page.work('node1').report(LOGIN, DROPPED);
    page.work('node1').finish([LOGIN]);
    await page.pass(1000);
    const watching = page.notices.filter(notice => notice.includes('outbound'));
    expect(watching).toEqual(['progress: Watching outbound connectivity']);
    await page.pass(121_000);
    expect(page.work('node1').hosts).toEqual([LOGIN]);
    page.work('node1').finish();
    await page.pass(1000);
    expect(page.notices).toContain('success: Outbound connectivity works');
    expect(page.text).not.toContain('Watching:');
    expect(page.isTicking).toBe(false);
    // Not one run for every try.
    expect(page.text).toContain('Earlier runs (2)');
  });

  it('speaks of a watch when it begins and when fewer fail, once each, and not of its tries', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    for (const host of [LOGIN, 'graph.windows.net']) page.work('node1').report(host, DROPPED);
    page.work('node1').finish([LOGIN, 'graph.windows.net']);
    await page.settle();
    await page.press('Watch failures');
    const spoken = [page.live];
    const listen = (): void => {
      if (page.live !== spoken.at(-1)) spoken.push(page.live);
    };
    page.notices.length = 0;
    const fails = [[LOGIN, 'graph.windows.net'], [LOGIN, 'graph.windows.net'], [LOGIN], []];
    for (const hosts of fails) {
      await page.pass(301_000);
      listen();
      for (const host of hosts) page.work('node1').report(host, DROPPED);
      listen();
      page.work('node1').finish(hosts);
      await page.pass(1000);
      listen();
    }
    expect(spoken.filter(sentence => sentence !== '')).toEqual([
      '2 failures are tried again until they work. Minutes between tries: 5.',
      '1 of 2 failures remains.',
      'Everything that failed when watching began can be reached now.',
    ]);
    expect(page.element.querySelector('oc-watch [role=status], oc-watch [aria-live]')).toBeNull();
    // One notification that is brought up to date, and none for each try.
    expect(page.notices).toEqual([
      'progress: Watching outbound connectivity',
      'success: Outbound connectivity works',
    ]);
  });

  it('keeps runs, shows and compares them, deletes them, and takes one from a file', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    page.work('node1').report(LOGIN, DROPPED);
    page.work('node1').finish([LOGIN]);
    await page.pass(60_000);
    await page.press(CHECK);
    page.work('node1').report('graph.windows.net', DROPPED);
    page.work('node1').finish(['graph.windows.net']);
    await page.settle();
    expect(page.text).toContain('Earlier runs (2)');
    const named = (start: string): HTMLButtonElement[] =>
      [...page.element.querySelectorAll('button')].filter(
        each => each.getAttribute('aria-label')?.startsWith(start) === true,
      );
    named('Compare with the run of')[0]?.click();
    await page.settle();
    const compared = page.element.querySelector('oc-run-comparison')?.textContent ?? '';
    expect(compared).toContain('1 broken, 0 failing for another reason, 0 still failing, 1 fixed');
    const inComparison = <E extends HTMLElement>(selector: string): E[] => [
      ...page.element.querySelectorAll<E>(`oc-run-comparison ${selector}`),
    ];
    const outcomes = (): string[] =>
      inComparison('tbody tr').map(row => row.querySelector('td')?.textContent ?? '');
    expect(outcomes()).toEqual(['Broken', 'Fixed']);
    const head = inComparison('th button')[1];
    head?.click();
    await page.settle();
    expect(head?.closest('th')?.getAttribute('aria-sort')).toBe('ascending');
    head?.click();
    await page.settle();
    expect(outcomes()).toEqual(['Fixed', 'Broken']);
    for (const search of inComparison<HTMLInputElement>('input[type="search"]')) {
      search.value = 'fixed node1';
      search.dispatchEvent(new Event('input'));
    }
    await page.settle();
    expect(outcomes()).toEqual(['Fixed']);
    expect(page.text).toContain('1 of 2');
    named('Show the run of')[0]?.click();
    await page.settle();
    expect(page.cell(`${LOGIN}:443, node1`).textContent).toContain('Timed out');
    const file = runJson({ ...runOf(['other1'], ['a.example:443'], () => dropped), startedAt: EARLIER }, '1');
    await page.choose('oc-run-import', new File([file], 'run.json'));
    expect(page.cell('a.example:443, other1').textContent).toContain('Timed out');
    await page.choose('oc-run-import', new File(['{}'], 'no-run.json'));
    expect(page.text).toContain('no-run.json is not the file of a run');
    for (const [text, said] of [
      [file.replace('"version": 1', '"version": 99').slice(0, 400), 'was written by a newer version'],
      [file.slice(0, -20), 'a part of it is missing'],
    ] as const) {
      await page.choose('oc-run-import', new File([text], 'cut.json'));
      expect(page.text).toContain(`cut.json ${said}`.replace(' a part', ' is the file of a run, but a part'));
    }
    const table = runCsv({ ...runOf(['other2'], ['b.example:443'], () => dropped), startedAt: EARLIER });
    await page.choose('oc-run-import', new File([table], 'run.csv'));
    await page.until(() => page.text.includes('other2'));
    expect(page.cell('b.example:443, other2').textContent).toContain('Timed out');
    expect(page.text).toContain('Earlier runs (4)');
    named('Delete the run of')[0]?.click();
    await page.settle();
    expect(page.text).toContain('Earlier runs (3)');
  });

  it('says of a run from a file that its time is still to come, and how much of it contradicts itself', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    const [startedAt, endedAt] = ['2099-01-01T00:00:00.000Z', '2099-01-01T00:00:06.000Z'];
    const text = runJson({ ...runOf(['node1'], ['a.example:443'], () => dropped), startedAt, endedAt }, '1');
    await page.choose(
      'oc-run-import',
      new File([text.replaceAll('connect-timed-out', 'answered')], 'run.json'),
    );
    expect(page.text).toContain("That is later than it is by this browser's clock");
    expect(page.text).toContain('One finding says why results are missing');
    expect(page.cell('a.example:443, node1').textContent).toContain('Not tested');
  });

  it('forces a way on a check, says so wherever its results are shown, and compares ways', async () => {
    const page = new ReachabilityHarness([node('node1')]);
    page.proxies.set('node1.contoso.local', of({ ...DIRECT, machineWide: true, server: 'p:1' }));
    await page.open();
    const way = (): unknown => (page.work('node1').endpoints[0] as unknown as { proxy: string }).proxy;
    await page.press(CHECK);
    expect(way()).toBe('p:1');
    page.work('node1').report(LOGIN, DROPPED);
    page.work('node1').finish([LOGIN]);
    await page.pass(60_000);
    await page.press('How to check');
    await page.toggle('Through a proxy that you name');
    expect(page.button(CHECK).disabled).toBe(true);
    await page.enter('oc-way-proxy', 'user:pw@p:1');
    expect(page.text).toContain('Enter the proxy as host:port');
    await page.enter('oc-way-proxy', 'other:3128');
    await page.press(CHECK);
    expect(way()).toBe('other:3128');
    page.work('node1').finish();
    await page.settle();
    expect(page.text).toContain(
      'every endpoint was tried through the proxy other:3128. This says what would be',
    );
    expect(page.text).not.toContain('node1: uses the proxy');
    page.named('Compare with the run of')[0]?.click();
    await page.settle();
    const compared = page.element.querySelector('oc-run-comparison')?.textContent ?? '';
    expect(compared).toContain("Before: Each client's own way. After: Through the proxy other:3128");
    expect(compared).toContain('1 working only the way after');
    expect(compared).toContain('Works only the way after');
  });

  it('asks so many nodes at once, and the others when their turn comes', async () => {
    const nodes = ['node1', 'node2', 'node3'];
    const page = await new ReachabilityHarness(nodes.map(name => node(name))).open();
    await page.press('How to check');
    await page.enter('oc-nodes-at-once', '0');
    expect(page.button(CHECK).disabled).toBe(true);
    await page.enter('oc-nodes-at-once', '2');
    await page.enter('oc-endpoints-at-once', '7');
    await page.enter('oc-calls-at-once', '5');
    expect(page.button(CHECK).disabled).toBe(true);
    expect(page.text).toContain('Enter a whole number of calls from 1 to 4.');
    await page.enter('oc-calls-at-once', '1');
    await page.press(CHECK);
    expect([...page.works.keys()]).toEqual(['node1.contoso.local', 'node2.contoso.local']);
    expect(page.work('node1').command.parameters?.['MaxConcurrent']).toBe(7);
    page.work('node1').finish();
    await page.settle();
    page.work('node2').finish();
    page.work('node3').finish();
    await page.settle();
    expect(page.text).toContain('Checked on');
    // Kept for the cluster; a forced way would not be.
    await page.open();
    await page.press('How to check');
    const kept = (id: string) => page.element.querySelector<HTMLInputElement>(`#${id}`)?.value;
    expect(['oc-nodes-at-once', 'oc-endpoints-at-once', 'oc-calls-at-once'].map(kept)).toEqual([
      '2',
      '7',
      '1',
    ]);
  });

  it('checks again what the filters leave, and one feature', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    page.work('node1').finish();
    await page.settle();
    await page.search(LOGIN);
    await page.press('Check the one shown again');
    expect(page.work('node1').hosts).toEqual([LOGIN]);
    page.work('node1').finish();
    await page.settle();
    page.cell(`${LOGIN}:443, node1`).click();
    await page.settle();
    const again = [...page.element.querySelectorAll('oc-result-details oc-run-again button')];
    const feature = again.find(each => /Check all of .+ again/.test(each.textContent));
    (feature as HTMLButtonElement).click();
    await page.settle();
    expect(page.work('node1').hosts).toContain(LOGIN);
    expect(page.work('node1').hosts.length).toBeGreaterThan(1);
  });

  it('tries each way of one endpoint beside the run, which stays as it is', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    page.work('node1').finish();
    await page.settle();
    page.cell(`${LOGIN}:443, node1`).click();
    await page.settle();
    await page.press('Try each way from node1');
    expect(page.text).toContain('Each way is being tried');
    expect(page.work('node1').hosts).toEqual([LOGIN]);
    page.work('node1').finish();
    await page.settle();
    expect(page.text).toContain(
      "Every way that was tried gets through: Direct, WinINet (the endpoint's own way)",
    );
    expect(page.text).toContain('Not tried, because the node does not tell how this client goes.');
    // A second try of which nothing came leaves what the first one found.
    await page.press('Try each way from node1');
    await page.press('Stop trying');
    expect(page.work('node1').stopped).toBe(true);
    expect(page.text).toContain('Every way that was tried gets through');
    expect(page.cell(`${LOGIN}:443, node1`).getAttribute('aria-label')).toContain('Reachable');
  });

  it('shows the ways of an endpoint again after a reload, with their run and no other', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    page.work('node1').finish();
    await page.settle();
    const open = async (): Promise<void> => {
      page.cell(`${LOGIN}:443, node1`).click();
      await page.settle();
    };
    await open();
    page.now = new Date('2026-11-24T07:05:00.000Z');
    await page.press('Try each way from node1');
    page.work('node1').report(LOGIN, DROPPED);
    page.work('node1').output.complete();
    await page.settle();
    const found = 'No way that was tried gets through: Direct';
    expect(page.text).toContain(found);
    await page.open();
    await open();
    expect(page.text).toContain(found);
    expect(page.text).toMatch(/Tried on Nov 24, 2026, \d+:05:00/);
    expect(page.text).toContain('Not tried, because the node does not tell how this client goes.');
    // Measured anew, the endpoint has no ways yet; the run from before has.
    page.now = new Date('2026-11-24T07:06:00.000Z');
    await page.press(CHECK);
    page.work('node1').finish();
    await page.settle();
    await open();
    expect(page.text).not.toContain(found);
    page.named('Show the run of')[0]?.click();
    await page.settle();
    await open();
    expect(page.text).toContain(found);
  });

  it('keeps ways that end while another check goes on with the run that they belong to', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    page.work('node1').finish();
    await page.settle();
    const open = async (): Promise<void> => {
      page.cell(`${LOGIN}:443, node1`).click();
      await page.settle();
    };
    await open();
    await page.press('Try each way from node1');
    const ways = page.work('node1');
    page.now = new Date('2026-11-24T07:06:00.000Z');
    await page.press(CHECK);
    ways.report(LOGIN, DROPPED);
    ways.output.complete();
    page.work('node1').finish();
    await page.settle();
    const found = 'No way that was tried gets through: Direct';
    await open();
    expect(page.text).not.toContain(found);
    // Only what the browser keeps.
    await page.open();
    page.named('Show the run of')[0]?.click();
    await page.settle();
    await open();
    expect(page.text).toContain(found);
  });

  it.each([false, true])(
    'keeps ways that end when a try of watching has taken the place of their run, the try over: %s',
    async isOver => {
      const page = await new ReachabilityHarness([node('node1')]).open();
      await page.press(CHECK);
      page.work('node1').report(LOGIN, DROPPED);
      page.work('node1').finish([LOGIN]);
      await page.settle();
      await page.press('Watch failures');
      const again = async (): Promise<void> => {
        page.work('node1').report(LOGIN, DROPPED);
        page.work('node1').output.complete();
        await page.pass(1000);
      };
      await page.pass(601_000);
      await again();
      page.cell(`${LOGIN}:443, node1`).click();
      await page.settle();
      await page.press('Try each way from node1');
      const ways = page.work('node1');
      await page.pass(601_000);
      if (isOver) await again();
      ways.report(LOGIN, DROPPED);
      ways.output.complete();
      await page.settle();
      if (!isOver) await again();
      await page.pass(601_000);
      await again();
      await page.press('Stop watching');
      const found = 'No way that was tried gets through: Direct';
      expect(page.text).toContain(found);
      await page.open();
      page.cell(`${LOGIN}:443, node1`).click();
      await page.settle();
      expect(page.text).toContain(found);
    },
  );

  it('says of a try that was stopped at once that nothing was learned', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    page.work('node1').finish();
    await page.settle();
    page.cell(`${LOGIN}:443, node1`).click();
    await page.settle();
    await page.press('Try each way from node1');
    await page.press('Stop trying');
    expect(page.text).toContain('Nothing was learned of any way.');
    expect(page.text).toContain('Not tried, because trying was stopped.');
  });

  it('says when a run of the list cannot be read any more', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    for (const minute of [1, 2]) {
      page.now = new Date(`2026-11-24T07:0${minute}:00.000Z`);
      await page.press(CHECK);
      page.work('node1').finish();
      await page.settle();
    }
    for (const [key, kept] of page.kept)
      if (key.includes('T07:01')) page.kept.set(key, kept.replace(/\n[^]*/, '\nAAAA.!!!'));
    for (const name of ['Show the run of', 'Compare with the run of']) {
      page.named(name)[0]?.click();
      await page.settle();
      expect(page.text).toContain('cannot be read any more: the browser lost a part of it.');
      expect(page.text).toContain('Checked on');
    }
  });

  it('says when a run is too large to be kept', async () => {
    const page = new ReachabilityHarness([node('node1')]);
    page.room = 1000;
    await page.open();
    await page.press(CHECK);
    page.work('node1').finish();
    await page.settle();
    expect(page.text).toContain('This browser could not keep this run: it has no room for it');
    await page.open();
    expect(page.text).toContain('The last check of this tab could not be kept');
    expect(page.text).not.toContain('This browser has no check');

    page.room = Infinity;
    await page.press(CHECK);
    page.work('node1').finish();
    await page.open();
    expect(page.text).not.toContain('could not');
  });

  it('says of a run that outgrew the room which part of it was kept, and resumes that', async () => {
    const page = new ReachabilityHarness([node('node1')]);
    await page.open();
    await page.press(CHECK);
    page.room = Math.max(...[...page.kept.values()].map(text => text.length));
    page.work('node1').finish();
    await page.settle();
    expect(page.text).toContain('This browser could not keep this run');

    await page.open();
    expect(page.text).toContain('had no room for the whole of this check');
    const measured = (): string => page.cell(`${LOGIN}:443, node1`).getAttribute('aria-label') ?? '';
    expect(measured()).toContain('Not tested');
    page.room = Infinity;
    await page.press('Resume check');
    page.work('node1').finish();
    await page.open();
    expect(page.text).not.toContain('had no room');
    expect(measured()).toContain('Reachable');
  });

  it('names the list that was checked, also when another one is chosen now', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    page.work('node1').finish();
    await page.settle();
    const checked = /Checked: ([^.]+)\./.exec(page.text)?.[1] ?? '';
    expect(checked).not.toBe('');
    page.kept.set('selection:hci.contoso.local', '{"edition":"2022-01"}');
    await page.open();
    expect(page.text).toContain(`Checked: ${checked}.`);
    expect(page.text).toContain('List:2022-01');
  });
});

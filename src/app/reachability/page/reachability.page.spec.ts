import { TestBed } from '@angular/core/testing';
import axe from 'axe-core';
import { of, throwError } from 'rxjs';
import { Navigation } from '../../ui/navigation';
import { RemoteError } from '../../wac/remote-shell';
import { chainTo, endedAt } from '../../../../test/jest/observations';
import { node, ReachabilityHarness } from '../../../../test/jest/reachability-harness';

// Whole pages in jsdom, and axe over all of it: slow on a busy machine, never stuck.
jest.setTimeout(60_000);

const CHECK = 'Check reachability';
const LOGIN = 'login.microsoftonline.com';
const dropped = endedAt({ phase: 'connect', outcome: 'timeout' });
const phasesOf = ({ phases, certificates, http, outcome }: typeof dropped) => ({
  phases,
  certificates,
  http,
  outcome,
});
const DROPPED = phasesOf(dropped);

beforeAll(() => {
  // axe measures text on a canvas, which jsdom does not have.
  HTMLCanvasElement.prototype.getContext = () => null;
  // jsdom has no dialogs that open; these do what the tests need of the standard's.
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
});

describe('The reachability page', () => {
  afterEach(() => {
    // A key without its sentence shows itself in brackets.
    expect(document.body.textContent).not.toMatch(/\[[\w-]+\./);
  });

  it('copies a cell by Ctrl+C, and a whole row from the details', async () => {
    const page = await new ReachabilityHarness().open();
    await page.press('Check reachability');
    page.work('node1').finish();
    page.work('node2').finish();
    await page.settle();
    const cell = page.cell('login.microsoftonline.com:443, node1');
    cell.focus();
    cell.dispatchEvent(new KeyboardEvent('keydown', { key: 'c', ctrlKey: true, bubbles: true }));
    await page.settle();
    cell.click();
    await page.settle();
    await page.press('Copy the results of all nodes');
    const name = (node: string): string => `login.microsoftonline.com:443, ${node}, Reachable`;
    expect(page.copied).toEqual([name('node1'), `${name('node1')}\r\n${name('node2')}`]);
  });

  it('shows no result before a check, and starts one on request only', async () => {
    const page = await new ReachabilityHarness().open();
    expect(page.cells).toEqual([]);
    expect(page.text).toContain('This browser has no check of this cluster.');
    expect(page.calls).toEqual([]);
  });

  it('asks every node that is up or paused at once, and none that is down', async () => {
    const page = await new ReachabilityHarness([
      node('node1'),
      node('node2', 'paused'),
      node('node3', 'down'),
    ]).open();
    await page.press(CHECK);
    expect(page.calls.sort()).toEqual([
      'node1.contoso.local Get-ProxySetting',
      'node1.contoso.local Test-EndpointByCurl',
      'node2.contoso.local Get-ProxySetting',
      'node2.contoso.local Test-EndpointByCurl',
    ]);
    expect(page.cell(`${LOGIN}:443, node3`).getAttribute('aria-label')).toBe(
      `${LOGIN}:443, node3, Node unavailable`,
    );
    expect(page.cell(`${LOGIN}:443, node1`).getAttribute('aria-label')).toBe(`${LOGIN}:443, node1, Waiting`);
  });

  it('fills cells as they come, with progress and time, and ends', async () => {
    const page = await new ReachabilityHarness().open();
    await page.press(CHECK);
    const { length } = page.work('node1').endpoints;
    expect(page.text).toContain(`0 of ${2 * length}`);
    page.work('node1').report(LOGIN);
    page.work('node2').report(LOGIN, DROPPED);
    await page.pass(2500);
    expect(page.text).toContain(`2 of ${2 * length}`);
    expect(page.text).toContain('2.5 s');
    expect(page.cell(`${LOGIN}:443, node1`).getAttribute('aria-label')).toBe(
      `${LOGIN}:443, node1, Reachable`,
    );
    expect(page.cell(`${LOGIN}:443, node2`).getAttribute('aria-label')).toBe(
      `${LOGIN}:443, node2, Timed out`,
    );
    expect(page.cell(`${LOGIN}:443, node2`).textContent).toContain('Timed out');
    page.work('node1').finish([LOGIN]);
    await page.pass(2500);
    page.work('node2').finish([LOGIN]);
    await page.settle();
    expect(page.text).toContain('It took 5.0 s.');
    expect(page.isTicking).toBe(false);
    expect(page.rowHosts[0]).toBe(`${LOGIN}:443`);
  });

  it('cancels the work on the nodes, keeps what was measured and says that the rest was not', async () => {
    const page = await new ReachabilityHarness().open();
    await page.press(CHECK);
    page.work('node1').report(LOGIN);
    await page.press('Cancel');
    expect([page.work('node1').stopped, page.work('node2').stopped]).toEqual([true, true]);
    expect(page.cell(`${LOGIN}:443, node1`).textContent).toContain('Reachable');
    expect(page.cell(`${LOGIN}:443, node2`).textContent).toContain('Not tested');
    expect(page.text).toContain('Cancelled on');
    expect(page.live).toContain('Check cancelled.');
    expect(page.button(CHECK).disabled).toBe(false);
  });

  it('keeps what a node measured before it broke, and shows its words as text', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    page.work('node1').report(LOGIN);
    page.work('node1').output.error(new RemoteError('unreachable', 'node1', '<b>WinRM</b>'));
    await page.settle();
    expect(page.cell(`${LOGIN}:443, node1`).textContent).toContain('Reachable');
    expect(page.cell('graph.windows.net:443, node1').textContent).toContain('Node unavailable');
    expect(page.text).toContain('node1: The node did not answer Windows Admin Center');
    expect(page.element.querySelector('oc-node-notes details')?.textContent).toContain('<b>WinRM</b>');
  });

  it.each([
    ['constrained-language', 'Not tested', 'signed scripts only'],
    ['access-denied', 'Not tested', 'WinRM over HTTPS'],
    ['unreachable', 'Node unavailable', 'did not answer Windows Admin Center'],
  ] as const)('explains a node that fails with %s', async (kind, word, sentence) => {
    const page = new ReachabilityHarness([node('node1')]);
    page.proxies.set(
      'node1.contoso.local',
      throwError(() => new RemoteError(kind, 'node1', '')),
    );
    await page.open();
    await page.press(CHECK);
    const cell = page.cell(`${LOGIN}:443, node1`);
    expect(cell.textContent).toContain(word);
    cell.click();
    await page.settle();
    expect(page.element.querySelector('oc-result-details')?.textContent).toContain(sentence);
  });

  it('tests through the proxy of the node, says so, and says what it does not follow', async () => {
    const page = new ReachabilityHarness([node('node1'), node('node2')]);
    const setting = {
      machineWide: true,
      server: 'proxy.contoso.com:8080',
      bypass: ['<local>'],
      pacUrl: 'http://w/p.pac',
      autoDetect: false,
      readable: true,
    };
    page.proxies.set('node1.contoso.local', of(setting));
    await page.open();
    await page.press(CHECK);
    const proxies = (node: string) =>
      (page.work(node).command.parameters?.['Endpoints'] as { proxy: string }[]).map(({ proxy }) => proxy);
    expect(new Set(proxies('node1'))).toEqual(new Set(['proxy.contoso.com:8080']));
    expect(new Set(proxies('node2'))).toEqual(new Set(['']));
    expect(page.text).toContain('node1: uses the proxy proxy.contoso.com:8080');
    expect(page.text).toContain('node2: no machine-wide proxy');
    expect(page.text).toContain('node1: a proxy configuration script is set (');
  });

  it('shows steps, addresses, certificate, way, meaning and what to do for a chosen result', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    page
      .work('node1')
      .report(LOGIN, { certificates: chainTo('CN=Contoso TLS Inspection Root CA, O=Contoso') });
    page.work('node1').finish([LOGIN]);
    await page.settle();
    page.cell(`${LOGIN}:443, node1`).click();
    await page.settle();
    const details = page.element.querySelector('oc-result-details')?.textContent.replace(/\s+/g, ' ') ?? '';
    for (const part of [
      'TLS intercepted',
      'signs it with its own authority',
      'exempt from TLS inspection',
      'Network or firewall team',
      'Direct, without a proxy',
      '10 ms',
      '192.0.2.1',
      'CN=host',
      'Contoso TLS Inspection Root CA',
      '2027',
    ]) {
      expect(details).toContain(part);
    }
    expect(page.cell(`${LOGIN}:443, node1`).getAttribute('aria-selected')).toBe('true');
  });

  it('says for which wildcard a host was tried, and lists wildcards that cannot be', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    expect(page.text).toContain('Checked for *.powershellgallery.com');
    const untested = page.cells.filter(cell => cell.getAttribute('aria-label')?.startsWith('*.'));
    expect(untested.length).toBeGreaterThan(0);
    for (const cell of untested) expect(cell.textContent).toContain('Not tested');
  });

  it('leads to the findings that explain the failures', async () => {
    const page = await new ReachabilityHarness().open();
    await page.press(CHECK);
    page.work('node2').report(LOGIN, DROPPED);
    page.work('node1').finish();
    page.work('node2').finish([LOGIN]);
    await page.settle();
    await page.press('One finding explains what failed');
    expect(TestBed.inject(Navigation).errand()).toEqual({ tab: 'overview' });
  });

  it.each([
    ['all other nodes that take part', ['node1', 'node4'], 'down'],
    ['all other nodes', ['node1', 'node3'], 'up'],
    ['node1', ['node1'], 'down'],
  ] as const)(
    'shows nodes that agree as one cell, and names those that differ: %s',
    async (most, agree, third) => {
      const names = new Set(['node1', 'node2', 'node3', ...agree]);
      const page = new ReachabilityHarness(
        [...names].map(each => node(each, each === 'node3' ? third : 'up')),
      );
      page.everyNode = false;
      await page.open();
      await page.press(CHECK);
      page.work('node2').report(LOGIN, DROPPED);
      for (const each of agree) page.work(each).finish();
      page.work('node2').finish([LOGIN]);
      await page.settle();
      const cells = page.cells.map(cell => cell.getAttribute('aria-label'));
      expect(cells.filter(cell => cell?.startsWith(`${LOGIN}:443`))).toEqual([
        `${LOGIN}:443, ${most}, Reachable`,
        `${LOGIN}:443, node2, Timed out`,
      ]);
      if (third === 'up') return;
      expect(cells).toContain('graph.windows.net:443, all nodes that take part, Reachable');
      expect(page.text).toContain('node3 is down or not ready, so it was not asked.');
      await page.toggle('Show every node');
      expect(page.cell(`${LOGIN}:443, node3`).textContent).toContain('Node unavailable');
    },
  );

  it('searches by host, and keeps the filter', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    page.work('node1').finish();
    await page.settle();
    const search = page.element.querySelector<HTMLInputElement>('input[type="search"]');
    if (search) search.value = 'https://fe2.update.microsoft.com/v6';
    search?.dispatchEvent(new Event('input', { bubbles: true }));
    await page.settle();
    expect(page.rowHosts).toEqual(['fe2.update.microsoft.com:443']);
    await page.open();
    expect(page.rowHosts).toEqual(['fe2.update.microsoft.com:443']);
  });

  it('keeps when the page is left what came since the run was kept last', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    page.work('node1').report(LOGIN, DROPPED);
    await page.pass(2500);
    page.work('node1').report('graph.windows.net');
    await page.open();
    expect(page.cell(`${LOGIN}:443, node1`).textContent).toContain('Timed out');
    expect(page.cell('graph.windows.net:443, node1').textContent).toContain('Reachable');
    expect(page.cell('management.azure.com:443, node1').textContent).toContain('Not tested');
  });

  it('tells what was not tested apart from what failed', async () => {
    const page = new ReachabilityHarness([node('node1')]);
    page.proxies.set(
      'node1.contoso.local',
      throwError(() => new RemoteError('gateway', 'node1', 'ajax error')),
    );
    await page.open();
    await page.press(CHECK);
    await page.toggle('Only failures');
    expect(page.text).toMatch(/Nothing failed\. \d+ results were not tested/);
    await page.toggle('Only failures');
    await page.toggle('Only not tested');
    expect(page.rowHosts.length).toBeGreaterThan(10);
    expect(page.text).toContain('The connection to Windows Admin Center was lost');
    expect(page.element.querySelector('oc-node-notes details')?.textContent).toContain('ajax error');
  });

  it('filters failures and differences', async () => {
    const page = await new ReachabilityHarness().open();
    await page.press(CHECK);
    page.work('node1').report(LOGIN, DROPPED);
    page.work('node2').report(LOGIN, DROPPED);
    page.work('node1').report('graph.windows.net', DROPPED);
    page.work('node1').finish([LOGIN, 'graph.windows.net']);
    page.work('node2').finish([LOGIN]);
    await page.settle();
    await page.toggle('Only failures');
    expect(page.rowHosts).toEqual([`${LOGIN}:443`, 'graph.windows.net:443']);
    await page.toggle('Only where nodes differ');
    expect(page.rowHosts).toEqual(['graph.windows.net:443']);
  });

  it('is one tab stop and moves with the keyboard', async () => {
    const page = await new ReachabilityHarness().open();
    await page.press(CHECK);
    const stops = (): (string | null)[] =>
      page.cells.filter(cell => cell.tabIndex === 0).map(cell => cell.getAttribute('aria-label'));
    expect(stops()).toHaveLength(1);
    const at = (row: number, column: number): HTMLElement | undefined => page.cells[row * 2 + column];
    const rows = page.cells.length / 2;
    at(0, 0)?.focus();
    await page.settle();
    for (const [key, ctrl, row, column] of [
      ['ArrowRight', false, 0, 1],
      ['ArrowRight', false, 0, 1],
      ['ArrowDown', false, 1, 1],
      ['Home', false, 1, 0],
      ['End', false, 1, 1],
      ['End', true, rows - 1, 1],
      ['ArrowDown', false, rows - 1, 1],
      ['Home', true, 0, 0],
      ['ArrowUp', false, 0, 0],
    ] as const) {
      await page.key(key, ctrl);
      expect(document.activeElement).toBe(at(row, column));
      expect(stops()).toEqual([at(row, column)?.getAttribute('aria-label')]);
    }
    for (const key of ['Enter', ' ']) {
      page.work('node1').report(LOGIN);
      page.cell(`${LOGIN}:443, node1`).focus();
      await page.key(key);
      expect(page.element.querySelector('oc-result-details')).not.toBeNull();
      await page.press('Close');
      expect(document.activeElement).toBe(page.cell(`${LOGIN}:443, node1`));
    }
  });

  it('moves no row while the reader is in the grid', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    const before = page.rowHosts;
    const last = page.work('node1').endpoints.at(-1)?.host ?? '';
    page.cells[0]?.focus();
    await page.settle();
    page.work('node1').report(last, DROPPED);
    await page.settle();
    expect(page.rowHosts).toEqual(before);
    expect(document.activeElement).toBe(page.cells[0]);
    page.cells[0]?.blur();
    await page.settle();
    expect(page.rowHosts[0]).toContain(last);
  });

  it('tells start, quarters and end, and nothing in between', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    const spoken = [page.live];
    const hosts = [...new Set(page.work('node1').hosts)];
    for (let first = 0; first < hosts.length; first += 5) {
      for (const host of hosts.slice(first, first + 5)) page.work('node1').report(host);
      await page.settle();
      if (spoken.at(-1) !== page.live) spoken.push(page.live);
    }
    page.work('node1').output.complete();
    await page.settle();
    spoken.push(page.live);
    expect(spoken.map(sentence => sentence.replace(/\d+/g, 'N'))).toEqual([
      'Check started: one node, N endpoints.',
      'N percent checked.',
      'N percent checked.',
      'N percent checked.',
      expect.stringMatching(/^Check finished\./),
    ]);
  });

  it('shows the last check again after a reload, with its time, and another one after it', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    page.work('node1').report(LOGIN, DROPPED);
    page.work('node1').finish([LOGIN]);
    await page.settle();
    await page.open();
    expect(page.cell(`${LOGIN}:443, node1`).textContent).toContain('Timed out');
    expect(page.text).toContain('This is the result of an earlier check.');
    expect(page.text).toContain('Checked on Nov 24, 2026');
    expect(page.live).toBe('');
    await page.press(CHECK);
    expect(page.text).not.toContain('This is the result of an earlier check.');
    expect(page.cell(`${LOGIN}:443, node1`).textContent).toContain('Waiting');
  });

  it('checks what the list only links to when it is chosen, and says so before', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    expect(page.text).toContain('List:2022-01 · Azure public · as corrected');
    expect(page.text).toContain('because the list only links to them: AKS-HCI, Arc for Servers,');
    await page.press(CHECK);
    expect(page.work('node1').hosts).not.toContain('msk8s.api.cdp.microsoft.com');
    page.work('node1').finish();
    await page.settle();
    await page.openChoices();
    await page.toggle('AKS-HCI');
    await page.press(CHECK);
    expect(page.work('node1').hosts).toContain('msk8s.api.cdp.microsoft.com');
  });

  it('does not pass off a list without the cloud as one on which nothing is chosen', async () => {
    const page = new ReachabilityHarness([node('node1')]);
    page.kept.set('selection:hci.contoso.local', '{"edition":"2024-06","cloud":"usgov"}');
    await page.open();
    expect(page.text).toContain(
      'There is nothing to check: this list was not published for the chosen cloud.',
    );
    expect(page.text).toContain('That does not mean that nothing is needed there');
    expect(page.button(CHECK).disabled).toBe(true);
  });

  it('says when the shown check is about another choice', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    page.work('node1').finish();
    await page.settle();
    expect(page.text).not.toContain('were changed after this check');
    await page.openChoices();
    const cloud = page.element.querySelector<HTMLSelectElement>('#oc-cloud');
    if (cloud) cloud.value = 'china';
    cloud?.dispatchEvent(new Event('change', { bubbles: true }));
    await page.settle();
    expect(page.text).toContain('were changed after this check');
  });

  it('exports the run as it is', async () => {
    const page = await new ReachabilityHarness([node('node1')]).open();
    await page.press(CHECK);
    page.work('node1').finish();
    await page.settle();
    await page.press('Export results');
    await page.press('Save file');
    const [file] = page.saved;
    expect(file?.fileName).toBe('outbound-reachability_hci_public_2026-11-24.json');
    const json = JSON.parse(file?.text ?? '') as {
      cluster: string;
      tool: { version: string };
      results: unknown[];
    };
    expect(json.cluster).toBe('hci.contoso.local');
    expect(json.tool.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(json.results).toHaveLength(page.cells.length);
    expect(page.text).toContain(`Saved as ${file?.fileName}.`);
  });

  it.each(['', '0', '61', '2.5', 'x'])('does not start with the time %j', async entry => {
    const page = await new ReachabilityHarness().open();
    await page.enter('oc-timeout', entry);
    expect(page.button(CHECK).disabled).toBe(true);
    expect(page.text).toContain('Enter a whole number of seconds from 1 to 60.');
  });

  it('uses the entered time', async () => {
    const page = await new ReachabilityHarness().open();
    await page.enter('oc-timeout', '12');
    await page.press(CHECK);
    expect(page.work('node1').command.parameters).toMatchObject({ TimeoutMs: 12_000 });
  });

  it('says why it cannot start', async () => {
    const page = await new ReachabilityHarness([node('node1', 'down')]).open();
    expect(page.button(CHECK).disabled).toBe(true);
    expect(page.text).toContain('There is no node that can be asked');
  });

  it('has no accessibility violations, before, during and after a check', async () => {
    const page = await new ReachabilityHarness().open();
    const violations = async (): Promise<string[]> =>
      (
        await axe.run(page.element, {
          rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
        })
      ).violations.map(each => `${each.id}: ${each.nodes[0]?.html ?? ''}`);
    expect(await violations()).toEqual([]);
    await page.press(CHECK);
    page.work('node1').report(LOGIN);
    await page.settle();
    expect(await violations()).toEqual([]);
    page.work('node1').finish([LOGIN]);
    page.work('node2').finish();
    await page.settle();
    page.cell(`${LOGIN}:443, node1`).click();
    await page.settle();
    expect(await violations()).toEqual([]);
  });
});

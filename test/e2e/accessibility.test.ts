import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { auditEveryLook } from './support/audit.ts';
import { findCell, runCheck, searchResults } from './support/matrix.ts';
import { startTool, type Tool } from './support/tool.ts';

/** Results of each kind, without one that takes the whole time limit. */
const SCENARIO = {
  cluster: { name: 'hci-cluster.contoso.local', cloud: 'public', witnessAccount: 'contosowitness' },
  nodes: [
    {
      name: 'node1',
      faults: [
        { host: 'wustat.windows.com', fault: 'nxdomain' },
        { host: '*.powershellgallery.com', fault: 'intercept' },
        { host: 'go.microsoft.com', port: 80, fault: 'http-403' },
      ],
    },
    { name: 'node2', state: 'Paused', proxyModule: false, languageMode: 'Constrained' },
    { name: 'node3', state: 'Down' },
  ],
  proxies: [],
};

describe('the tool for everyone', () => {
  let tool: Tool;

  before(async () => {
    tool = await startTool({ scenario: SCENARIO });
    await tool.openTab('Allowlist');
  });

  after(() => tool.close());

  it('the allowlist passes in every look', async () => {
    await tool.frame.getByRole('heading', { name: 'Azure Arc Resource Bridge' }).waitFor();
    await tool.frame.getByRole('rowheader').first().getByRole('button').click();
    await tool.frame.locator('oc-rule-details').waitFor();
    await passes('allowlist');
  });

  it('the export dialog passes in every look', async () => {
    await tool.frame.getByRole('button', { name: 'Export', exact: true }).click();
    await passes('allowlist-export');
    await cancelDialog();
  });

  it('what changed passes in every look', async () => {
    const opener = tool.frame.getByRole('button', { name: 'What changed' });
    await opener.click();
    await tool.frame.getByText(/^\d+ added, \d+ removed, \d+ changed$/).waitFor();
    await passes('changes');
    const from = tool.frame.getByLabel('From', { exact: true });
    await tool.frame.getByLabel('To', { exact: true }).selectOption(await from.inputValue());
    await tool.frame.getByText('Choose two different lists.').waitFor();
    await passes('changes-same');
    await opener.click();
  });

  it('own rules pass in every look: the form, the table, and the rows that were not taken', async () => {
    const chooser = tool.page.waitForEvent('filechooser');
    await tool.frame.getByRole('button', { name: 'Import CSV' }).click();
    const file = 'Host,Port,Protocol,Purpose\r\nwsus.contoso.com,8531,https,Updates\r\nhttps://a.b,0,x,\r\n';
    await (await chooser).setFiles({ name: 'ours.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
    await tool.frame.getByRole('table', { name: 'Rows that were not taken' }).scrollIntoViewIfNeeded();
    await passes('own-rules');
    await tool.frame.getByRole('button', { name: 'Edit wsus.contoso.com:8531' }).click();
    const dialog = tool.frame.getByRole('dialog', { name: 'Edit own rule' });
    await dialog.getByLabel('Host').fill('wsus');
    await dialog.getByRole('button', { name: 'Save rule' }).click();
    await passes('own-rule-dialog');
    await cancelDialog();
    await tool.frame.getByRole('button', { name: 'Undo' }).click();
  });

  it('the reachability page passes before and after a check', async () => {
    await tool.openTab('Reachability');
    await passes('reachability-before');
    await runCheck(tool);
    await (await findCell(tool, 'www.powershellgallery.com:443', 'node1')).click();
    await tool.frame.getByRole('region', { name: /powershellgallery/ }).waitFor();
    await passes('reachability-details');
  });

  it('the proxy page passes with an error, and with its dialog open', async () => {
    await tool.openTab('Proxy');
    await tool.frame.locator('oc-proxy-settings-table [aria-busy=false]').first().waitFor();
    await tool.frame.getByLabel('Proxy server').fill('proxy');
    await tool.frame.getByLabel('Bypass list').fill('10.0.0.0/8');
    await tool.frame.getByRole('button', { name: 'Apply to all nodes' }).click();
    await tool.frame.getByText(/Add a colon and the port/).waitFor();
    await passes('proxy');
    await tool.frame.getByRole('button', { name: 'Remove from all nodes' }).click();
    await tool.frame.getByRole('dialog').waitFor();
    await passes('proxy-dialog');
    await cancelDialog();
  });

  it('shows words and borders where the system chooses the colours', async () => {
    await tool.page.emulateMedia({ forcedColors: 'active' });
    await tool.openTab('Reachability');
    await (await findCell(tool, 'wustat.windows.com:80', 'node1')).scrollIntoViewIfNeeded();
    await tool.picture('forced-colours');
    const borders = await tool.frame
      .getByRole('tab')
      .evaluateAll(tabs => tabs.map(tab => getComputedStyle(tab).borderBlockEndColor));
    assert.equal(new Set(borders).size, 2, 'the selected tab is told by its border');
    await tool.page.emulateMedia({ forcedColors: 'none' });
  });

  it('moves nothing where the reader wants no motion', async () => {
    await tool.page.emulateMedia({ reducedMotion: 'reduce' });
    for (const tab of ['Overview', 'Allowlist', 'Proxy', 'Reachability'] as const) {
      await tool.openTab(tab);
      await tool.frame.locator('oc-command-bar').waitFor();
      assert.deepEqual(await moving(), [], tab);
    }
    await tool.frame.getByRole('button', { name: 'Filters' }).click();
    await tool.frame.getByRole('dialog').waitFor();
    assert.deepEqual(await moving(), [], 'an open panel');
    await press('Escape');
    await tool.page.emulateMedia({ reducedMotion: 'no-preference' });
  });

  it('can be walked by keyboard alone: tabs, matrix, details and back', async () => {
    await searchResults(tool, '');
    await tool.openTab('Allowlist');
    await press('ArrowRight');
    assert.equal(await focused(), 'tab Reachability');
    await press('ArrowRight');
    assert.equal(await focused(), 'tab Proxy');
    await press('ArrowLeft');
    await tool.frame.getByRole('tab', { name: 'Reachability', selected: true }).waitFor();
    const first = await tabTo(/^gridcell /);
    assert.match(first, /, node1, /);
    await press('End');
    assert.match(await focused(), /, node3, Node unavailable$/);
    await press('Home');
    await press('ArrowDown');
    assert.notEqual(await focused(), first);
    await press('ArrowUp');
    assert.equal(await focused(), first);
    await press('Control+End');
    const last = await focused();
    assert.match(last, /, node3, /);
    await press('ArrowDown');
    assert.equal(await focused(), last, 'there is nothing below the last row');
    await press('Control+Home');
    assert.equal(await focused(), first);
    await press('Enter');
    await tool.frame.getByRole('region', { name: /from node1$/ }).waitFor();
    assert.equal(await focused(), first, 'opening the details keeps the place');
    assert.equal(await tabTo(/^button /), 'button Close', 'the grid is one tab stop, the details come next');
    await press('Enter');
    await tool.frame.getByRole('region', { name: /from node1$/ }).waitFor({ state: 'hidden' });
    assert.equal(await focused(), first, 'closing the details leads back');
  });

  for (const [tab, opener] of [
    ['Allowlist', 'Export'],
    ['Allowlist', 'Add own rule'],
    ['Reachability', 'Export results'],
    ['Proxy', 'Remove from all nodes'],
  ] as const) {
    it(`gives the focus back to ${opener} when its dialog is left`, async () => {
      await tool.openTab(tab);
      await tool.page.setViewportSize({ width: 1366, height: 768 });
      const button = tool.frame.getByRole('button', { name: opener, exact: true });
      await button.focus();
      for (const leave of ['Escape', 'Cancel'] as const) {
        await press('Enter');
        const dialog = tool.frame.getByRole('dialog');
        await dialog.waitFor();
        assert.deepEqual(await buttonsOutOfSight(), []);
        if (leave === 'Escape') await press('Escape');
        else {
          await dialog.getByRole('button', { name: 'Cancel' }).focus();
          await press('Enter');
        }
        await dialog.waitFor({ state: 'hidden' });
        assert.equal(await focused(), `button ${opener}`, leave);
      }
    });
  }

  it('leaves the browser without a complaint', () => {
    // The browser's own note on each answer of the gateway that node2 cannot run the tool's scripts.
    const others = tool.complaints.filter(each => !each.startsWith('Failed to load resource'));
    assert.deepEqual(others, []);
  });

  async function cancelDialog(): Promise<void> {
    await tool.frame.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await tool.frame.getByRole('dialog').waitFor({ state: 'hidden' });
  }

  async function passes(what: string): Promise<void> {
    assert.deepEqual(await auditEveryLook(tool, what), [], what);
  }

  /** What would move: by a transition or animation that takes time, or by scrolling smoothly. */
  function moving(): Promise<readonly string[]> {
    return tool.document().evaluate(() => {
      const takesTime = (durations: string): boolean =>
        durations.split(', ').some(each => parseFloat(each) > 0);
      return [...document.querySelectorAll('*')].flatMap(element =>
        [undefined, '::before', '::after', '::backdrop'].flatMap(part => {
          const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(element, part);
          return takesTime(transitionDuration) || takesTime(animationDuration) || scrollBehavior === 'smooth'
            ? [`${element.tagName.toLowerCase()}${part ?? ''}`]
            : [];
        }),
      );
    });
  }

  /** Names of the last buttons of the open dialog that the reader would have to scroll to. */
  function buttonsOutOfSight(): Promise<readonly string[]> {
    return tool.document().evaluate(() => {
      const dialog = document.querySelector('dialog[open]');
      const room = dialog?.getBoundingClientRect();
      return [...(dialog?.querySelectorAll('button') ?? [])]
        .slice(-2)
        .filter(button => button.getBoundingClientRect().bottom > (room?.bottom ?? 0))
        .map(button => button.textContent.trim());
    });
  }

  function press(key: string): Promise<void> {
    return tool.page.keyboard.press(key);
  }

  /** Role and name of what has the focus in the tool. */
  function focused(): Promise<string> {
    return tool.document().evaluate(() => {
      const element = document.activeElement;
      const role = element?.getAttribute('role') ?? element?.tagName.toLowerCase() ?? '';
      return `${role} ${element?.getAttribute('aria-label') ?? element?.textContent.trim() ?? ''}`;
    });
  }

  /** Presses Tab until something of this role and name has the focus. */
  async function tabTo(wanted: RegExp): Promise<string> {
    const passed: string[] = [];
    while (passed.length < 60) {
      await press('Tab');
      const now = await focused();
      if (wanted.test(now)) return now;
      passed.push(now);
    }
    return assert.fail(`Tab reaches no ${wanted.source}; it passed ${passed.join(' > ')}`);
  }
});

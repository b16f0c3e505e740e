import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { checkEnds, startCheck } from './support/matrix.ts';
import { auditEveryLook } from './support/audit.ts';
import { keepsNames } from './support/names.ts';
import { startTool, type Tool } from './support/tool.ts';

/** From opening the tool to the sentence that says what to ask of whom, by keyboard alone, in the default scenario. */
describe('the first visit', () => {
  let tool: Tool;

  before(async () => {
    tool = await startTool();
  });

  after(() => tool.close());

  it('opens at the overview, which leads and claims nothing', async () => {
    await tool.frame.getByRole('tab', { name: 'Overview', selected: true }).waitFor();
    const answers = tool.frame.getByRole('list', { name: 'What this cluster can do' }).getByRole('listitem');
    await answers.first().waitFor();
    for (const text of await answers.allInnerTexts()) assert.match(text, /Not checked yet/);
    assert.deepEqual(await auditEveryLook(tool, 'journey-first'), []);
    await keepsNames(tool, 'overview-first-visit');
  });

  it('needs one button, and says then what to ask of whom', async () => {
    await tool.frame.getByRole('tab', { name: 'Overview' }).focus();
    await tabTo('Check');
    await startCheck(tool, () => tool.page.keyboard.press('Enter'));
    assert.notEqual(await focused(), 'BODY', 'starting the check keeps the focus');
    await checkEnds(tool);
    const answers = tool.frame.getByRole('list', { name: 'What this cluster can do' }).getByRole('listitem');
    await answers
      .first()
      .getByText(/^No: \d+ endpoints?, /)
      .waitFor();
    await tool.frame.getByText('Network or firewall team').first().waitFor();
    await tool.frame
      .getByRole('button', { name: /^Copy request:/ })
      .first()
      .waitFor();
    assert.deepEqual(await auditEveryLook(tool, 'journey-answer'), []);
    await keepsNames(tool, 'overview');
  });

  it('leads by keyboard from the answer to its results and back', async () => {
    await tool.frame.getByRole('tab', { name: 'Overview' }).focus();
    await tabTo('Show what fails: Register and bill');
    await tool.page.keyboard.press('Enter');
    await tool.frame.getByRole('tab', { name: 'Reachability', selected: true }).waitFor();
    const cell = tool.frame.getByRole('gridcell', { name: 'graph.windows.net:443, node2, Refused' });
    await cell.waitFor();
    assert.notEqual(await focused(), 'BODY', 'the button is gone with its page, the place is not');
    await cell.focus();
    await tool.page.keyboard.press('Enter');
    const pane = tool.frame.getByRole('region', { name: 'graph.windows.net:443 from node2' });
    await pane.waitFor();
    assert.deepEqual(await auditEveryLook(tool, 'journey-result'), []);
    await keepsNames(tool, 'reachability');
    // The looks are changed in the shell, which takes the focus.
    await pane.getByRole('button', { name: 'Close' }).focus();
    await tool.page.keyboard.press('Escape');
    await pane.waitFor({ state: 'hidden' });
    assert.match(
      await focused(),
      /graph.windows.net.*node2/,
      'Escape leads back to where the pane was opened',
    );
  });

  it('shows the first row of each table without scrolling, at 1366 by 768', async () => {
    await tool.page.setViewportSize({ width: 1366, height: 768 });
    await tool.frame.getByRole('switch', { name: 'Show every node' }).waitFor();
    const row = tool.frame.getByRole('gridcell').first();
    const box = await row.boundingBox();
    assert.ok(box !== null && box.y + box.height < 768, JSON.stringify(box));
    // Nothing that was not asked for stands above; a list beside the search leads to it.
    const earlier = tool.frame.locator('oc-run-history summary');
    assert.ok(((await earlier.boundingBox())?.y ?? 0) > box.y);
    await tool.frame.getByLabel('Go to section').selectOption('To connections between the nodes');
    assert.equal(await focused(), 'Connections between the nodes');
    await tool.frame.locator('oc-pair-check details[open]').waitFor();
    await tool.frame.locator('oc-pair-check summary').click();
    await tool.openTab('Allowlist');
    const rule = await tool.frame.getByRole('rowheader').first().boundingBox();
    assert.ok(rule !== null && rule.y + 24 < 768, JSON.stringify(rule));
  });

  it('gives names that say what they are by themselves on the other tabs, too', async () => {
    await tool.frame.getByRole('rowheader').first().getByRole('button').click();
    await tool.frame.locator('oc-rule-details').waitFor();
    await keepsNames(tool, 'allowlist');
    await tool.openTab('Proxy');
    await tool.frame.locator('oc-proxy-settings-table [aria-busy=false]').first().waitFor();
    await keepsNames(tool, 'proxy');
    const row = await tool.frame.getByRole('rowheader').first().boundingBox();
    assert.ok(row !== null && row.y + row.height < 768, JSON.stringify(row));
  });

  it('leaves the browser without a complaint', () => {
    // The browser's own note on each answer of the gateway that a node cannot run a script.
    const others = tool.complaints.filter(each => !each.startsWith('Failed to load resource'));
    assert.deepEqual(others, []);
  });

  /** Presses Tab until the button of this name has the focus. */
  async function tabTo(name: string): Promise<void> {
    for (let press = 0; press < 60; press += 1) {
      await tool.page.keyboard.press('Tab');
      if ((await focused()) === name) return;
    }
    assert.fail(`Tab does not reach ${name}`);
  }

  function focused(): Promise<string> {
    return tool.document().evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return 'BODY';
      return element.getAttribute('aria-label') ?? element.textContent.trim();
    });
  }
});

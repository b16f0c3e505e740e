import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readCells, runCheck } from './support/matrix.ts';
import { startTool, type Tool } from './support/tool.ts';

const BUILD = join(import.meta.dirname, '../../dist/app');
const INSTALLED = 'modules/community.outbound-connectivity/';

describe('the tool in its shell', () => {
  let tool: Tool;
  let cells: ReadonlyMap<string, string>;

  before(async () => {
    tool = await startTool({ scenario: 'all-open' });
    await tool.openTab('Reachability');
    await runCheck(tool);
    cells = await readCells(tool);
  });

  after(() => tool.close());

  it('finds everything reachable where everything is open', () => {
    assert.ok(cells.size > 100, `${cells.size} cells`);
    for (const [cell, verdict] of cells) {
      assert.equal(verdict, cell.startsWith('*.') ? 'Not tested' : 'Reachable', cell);
    }
  });

  it('keeps tab and results when the tool is left and opened again', async () => {
    await tool.page.getByRole('button', { name: 'Leave the tool' }).click();
    await tool.page.locator('iframe').waitFor({ state: 'hidden' });
    await tool.page.getByRole('button', { name: 'Return to the tool' }).click();
    await tool.frame.getByRole('tab', { name: 'Reachability', selected: true }).waitFor();
    assert.deepEqual(await readCells(tool), cells);
  });

  it('keeps the tab in the address, so that a reload and a link lead to it', async () => {
    await tool.openTab('Proxy');
    await tool.page.waitForURL(/#\/?proxy$/);
    await tool.page.reload();
    await tool.frame.getByRole('tab', { name: 'Proxy', selected: true }).waitFor();
    await tool.frame.getByRole('heading', { name: 'Proxy of the nodes' }).waitFor();
    await tool.page.goto(`${tool.emulator.url}?link#reachability`);
    await tool.frame.getByRole('tab', { name: 'Reachability', selected: true }).waitFor();
    await tool.frame.getByText('This is the result of an earlier check.').waitFor();
  });

  it('wears the theme that the shell chooses', async () => {
    const background = (): Promise<string> =>
      tool.document().evaluate(() => getComputedStyle(document.body).backgroundColor);
    await tool.frame.locator('html[data-theme="light"]').waitFor();
    const light = await background();
    await tool.page.getByRole('button', { name: 'Dark theme' }).click();
    await tool.frame.locator('html[data-theme="dark"]').waitFor();
    assert.notEqual(await background(), light);
    await tool.page.getByRole('button', { name: 'Dark theme' }).click();
    await tool.frame.locator('html[data-theme="light"]').waitFor();
  });

  it('is the unmodified production build under a policy that allows only its own scripts', async () => {
    const files = globSync('**/*.{html,js,css,json}', { cwd: BUILD });
    assert.ok(files.length > 5, `${files.length} files`);
    for (const file of files) {
      const answer = await fetch(`${tool.emulator.url}${INSTALLED}${file}`);
      assert.equal(answer.status, 200, file);
      // The gateway puts the folder that it serves into a page, and nothing else.
      const served = (await answer.text()).replace(`<base href="/${INSTALLED}"`, '<base href="/"');
      assert.equal(served, readFileSync(join(BUILD, file), 'utf8'), file);
    }
    assert.ok(new URL(tool.document().url()).pathname.startsWith(`/${INSTALLED}`));
    const page = await fetch(`${tool.emulator.url}${INSTALLED}index.html`);
    const policy = page.headers.get('content-security-policy') ?? '';
    const scripts = policy.split(';').find(part => part.trim().startsWith('script-src '));
    assert.equal(scripts?.trim(), "script-src 'self'");
  });

  it('opens with an unreadable address at the first tab', async () => {
    await tool.page.goto(`${tool.emulator.url}?other#no-such-tab`);
    await tool.frame.getByRole('tab', { name: 'Overview', selected: true }).waitFor();
  });

  it('leaves shell and browser without a complaint', async () => {
    assert.deepEqual(tool.complaints, []);
    const error = await tool.page.evaluate(
      () => (window as unknown as { readonly __emu: { readonly error: string } }).__emu.error,
    );
    assert.equal(error, '');
  });
});

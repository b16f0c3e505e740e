import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type Emulator, startEmulator } from '../../emulator/emulator.ts';
import { checkScenario, readScenario } from '../../emulator/lab/read-scenario.ts';
import { checkEnds, startCheck } from './support/matrix.ts';
import { audit, scrollsSideways } from './support/audit.ts';
import { lookAtEveryPart } from './support/every-part.ts';
import { FAMILY_NAMES, takeOffFamily, wearFamily } from './support/font-families.ts';
import { openPseudo } from './support/pseudo.ts';
import { launchBrowser, openTool, type Tool } from './support/tool.ts';

/** The width of WCAG 1.4.10; in colours that the system chooses. */
async function narrowAndForced(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 900 });
  await page.emulateMedia({ forcedColors: 'active' });
}

/** One host that answers each node in another way: as many results in one line as a small cluster can give. */
const OWN_FAULTS = ['nxdomain', 'refuse', 'intercept', 'untrusted', 'drop'];
const DIFFERING = 'login.microsoftonline.com';

/** The shipped scenario, and nodes with long names in capitals beside it. */
function withDifferingNodes(): object {
  const { nodes, ...rest } = readScenario('default');
  const more = OWN_FAULTS.map((fault, index) => ({
    name: `AZL-MUC-N${String(index + 10)}`,
    faults: [{ host: DIFFERING, fault }],
  }));
  return { ...rest, nodes: [...nodes, ...more] };
}

describe('the tool in other languages', () => {
  let emulator: Emulator;
  let browser: Browser;
  let german: Tool;

  before(async () => {
    const scenario = checkScenario(withDifferingNodes(), 'the scenario of the test');
    emulator = await startEmulator({ port: 0, scenario, network: 'lab' });
    browser = await launchBrowser();
    german = await openTool(browser, emulator, { locale: 'de-DE', prepare: narrowAndForced });
  });

  after(async () => {
    await browser.close();
    await emulator.stop();
  });

  it('leads in German, at 320 px and in forced colours, by keyboard from the first page to what to ask of whom', async () => {
    const { frame, page } = german;
    assert.equal(await german.document().evaluate(() => document.documentElement.lang), 'de');
    const answers = frame.getByRole('list', { name: 'Was dieser Cluster kann' }).getByRole('listitem');
    await answers.first().getByText('Noch nicht geprüft').waitFor();
    await passes(german);
    await frame.getByRole('tab', { name: 'Übersicht' }).focus();
    for (let press = 0; (await focused(german)) !== 'Prüfen'; press += 1) {
      assert.ok(press < 20, 'Tab reaches the button that checks');
      await page.keyboard.press('Tab');
    }
    await startCheck(german, () => page.keyboard.press('Enter'), 'Abbrechen');
    await checkEnds(german, 'Abbrechen');
    await answers
      .first()
      .getByText(/^Nein: \d+ Endpunkte?, /)
      .waitFor();
    await frame.getByText('Netzwerk- oder Firewallteam').first().waitFor();
    await frame
      .getByRole('button', { name: /^Anfrage kopieren:/ })
      .first()
      .waitFor();
    await passes(german);
    await german.picture('journey-german-forced-narrow');
  });

  for (const [tab, shows] of [
    ['Zulassungsliste', 'Benötigt für'],
    ['Erreichbarkeit', 'Ergebnisse durchsuchen'],
    ['Proxy', 'Umgehungsliste'],
  ] as const) {
    it(`has German words and room for them: ${tab}`, async () => {
      await german.frame.getByRole('tab', { name: tab }).click();
      await german.frame.getByText(shows).or(german.frame.getByLabel(shows)).first().waitFor();
      const text = await german.document().evaluate(() => document.body.innerText);
      assert.doesNotMatch(text, /\[[a-z]+[.A-Za-z-]+\]|\{\d\}/, 'no key and no placeholder shows');
      await passes(german);
      for (const width of [640, 768, 1024, 1366]) {
        await german.page.setViewportSize({ width, height: 768 });
        assert.equal(await scrollsSideways(german), false, `${String(width)} px`);
      }
      await german.page.setViewportSize({ width: 320, height: 900 });
    });
  }

  it('says in German what the lists say, and marks as English what only a source says so', async () => {
    await german.frame.getByRole('tab', { name: 'Zulassungsliste' }).click();
    await german.frame.getByRole('heading', { name: 'Clusterregistrierung und Abrechnung' }).waitFor();
    await german.frame.getByRole('rowheader').first().getByRole('button').click();
    await german.frame.locator('oc-rule-details').waitFor();
    const [english, unmarked] = await german.document().evaluate(() => {
      const texts = [
        ...document.querySelectorAll<HTMLElement>(
          'h2, p, li, option, td, th, dd > span, oc-source-link a > span',
        ),
      ]
        .filter(each => each.children.length === 0 && /\b(the|of|and|to|by)\b/.test(each.textContent))
        .map(each => ({
          text: each.textContent.trim(),
          isEnglish: each.closest('[lang]')?.getAttribute('lang') === 'en',
        }));
      const isName = (each: Element): boolean =>
        each.closest('oc-source-link, .correction, oc-rule-details li') !== null;
      return [
        [...document.querySelectorAll('[lang=en]')]
          .filter(each => !isName(each))
          .map(each => each.textContent.trim()),
        texts.filter(each => !each.isEnglish).map(({ text }) => text),
      ];
    });
    assert.deepEqual(english, []);
    assert.deepEqual(unmarked, []);
    await german.page.keyboard.press('Escape');
  });

  it('cuts no result at 320 px, whatever a line has to say, under a narrow and a wide font', async () => {
    await german.frame.getByRole('tab', { name: 'Erreichbarkeit' }).click();
    await german.frame.getByRole('gridcell').first().waitFor();
    for (const family of FAMILY_NAMES) {
      await wearFamily(german, family);
      for (const everyNode of [true, false]) {
        await german.frame.getByRole('switch', { name: 'Jeden Knoten zeigen' }).setChecked(everyNode);
        assert.deepEqual(await cutLines(german), [], `${family} font, every node: ${String(everyNode)}`);
      }
    }
    await takeOffFamily(german);
  });

  it('prints no result over another where nodes differ in many ways, from 320 to 1920 px, in both languages and fonts', async () => {
    const english = await openTool(browser, emulator, { prepare: page => withRunsOf(german, page) });
    for (const tool of [german, english]) {
      await tool.frame.locator('#oc-tab-reachability').click();
      await tool.frame.getByRole('searchbox').fill(DIFFERING);
      const line = tool.frame.getByRole('row').filter({ hasText: `${DIFFERING}:443` });
      await line.waitFor();
      assert.ok((await line.getByRole('gridcell').count()) >= OWN_FAULTS.length);
      for (const family of FAMILY_NAMES) {
        await wearFamily(tool, family);
        for (const width of [320, 640, 768, 1024, 1366, 1920]) {
          await tool.page.setViewportSize({ width, height: 900 });
          assert.deepEqual(await misplacedResults(tool), [], `${family} font, ${String(width)} px`);
        }
      }
      await takeOffFamily(tool);
      await tool.frame.getByRole('searchbox').fill('');
    }
    await english.picture('results-differing');
    await english.page.context().close();
    await german.page.setViewportSize({ width: 320, height: 900 });
  });

  it('cuts no heading and no badge of the rules beside an open pane, under a narrow and a wide font', async () => {
    const english = await openTool(browser, emulator);
    for (const tool of [german, english]) {
      await tool.page.setViewportSize({ width: 1366, height: 768 });
      await tool.frame.locator('#oc-tab-allowlist').click();
      await tool.frame.getByRole('rowheader').first().getByRole('button').click();
      await tool.frame.locator('oc-rule-details').waitFor();
      for (const family of FAMILY_NAMES) {
        await wearFamily(tool, family);
        // The last width with columns, and one that makes them a list.
        for (const width of [1366, 1320, 1024]) {
          await tool.page.setViewportSize({ width, height: 768 });
          assert.deepEqual(await cutWords(tool), [], `${family} font, ${String(width)} px`);
        }
      }
      await takeOffFamily(tool);
      await tool.page.setViewportSize({ width: 1366, height: 768 });
      await tool.frame.locator('#oc-tab-reachability').click();
      if (tool === german) {
        await tool.frame.getByRole('gridcell').first().click();
        await tool.frame.locator('oc-result-details').waitFor();
        assert.deepEqual(await cutNodes(tool), []);
      }
    }
    await english.page.close();
    await german.page.setViewportSize({ width: 320, height: 900 });
  });

  it('has no words outside the strings, and room for longer ones, in every page, dialog, panel and fold', async () => {
    const pseudo = await openPseudo(browser, emulator, page => withRunsOf(german, page));
    const { tool } = pseudo;
    let parts = 0;
    for (const tab of ['overview', 'allowlist', 'reachability', 'proxy']) {
      await tool.frame.locator(`#oc-tab-${tab}`).click();
      await tool.frame.locator('oc-command-bar').waitFor();
      if (tab === 'allowlist')
        await tool.frame.locator('oc-rule-table [role=rowheader] button').nth(2).click();
      if (tab === 'reachability') await tool.frame.getByRole('gridcell').first().click();
      if (tab === 'proxy')
        await tool.frame.locator('oc-proxy-settings-table:not(:has([aria-busy=true]))').waitFor();
      await lookAtEveryPart(tool, async part => {
        parts += 1;
        assert.deepEqual(await pseudo.foreignWords(), [], `${tab}: ${part}`);
        for (const width of [320, 1366]) {
          await tool.page.setViewportSize({ width, height: 900 });
          assert.deepEqual(await pseudo.cutWords(), [], `${tab}: ${part}, ${String(width)} px`);
        }
      });
    }
    assert.ok(parts > 40, String(parts));
    await tool.page.context().close();
  });

  it('leaves the browser without a complaint', () => {
    const others = german.complaints.filter(each => !each.startsWith('Failed to load resource'));
    assert.deepEqual(others, []);
  });
});

/** Axe, and nothing scrolls both ways. */
async function passes(tool: Tool): Promise<void> {
  assert.deepEqual(await audit(tool, { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa'] }), []);
  assert.equal(await scrollsSideways(tool), false);
}

function focused(tool: Tool): Promise<string> {
  return tool.document().evaluate(() => document.activeElement?.textContent.trim() ?? '');
}

/** Names of nodes that differ from the others, and end in dots. */
function cutNodes(tool: Tool): Promise<readonly string[]> {
  return tool
    .document()
    .evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('oc-result-matrix .cell:not(.unnamed) .scope')]
        .filter(scope => scope.scrollWidth > scope.clientWidth)
        .map(scope => scope.textContent.trim()),
    );
}

/** Lines of the matrix that are higher than their place, and texts in them that end in dots. */
function cutLines(tool: Tool): Promise<readonly string[]> {
  return tool.document().evaluate(() => {
    const lines = [...document.querySelectorAll<HTMLElement>('oc-result-matrix .line')];
    const texts = lines.flatMap(line => [...line.querySelectorAll<HTMLElement>('.host, .oc-hint, .scope')]);
    return [
      ...lines.filter(line => line.scrollHeight > line.clientHeight),
      ...texts.filter(text => text.scrollWidth > text.clientWidth && text.clientWidth > 0),
    ].map(each => each.textContent.trim());
  });
}

/** What this tool keeps in the browser, for a page in another language. */
async function withRunsOf(tool: Tool, page: Page): Promise<void> {
  const kept = await tool.document().evaluate(() => Object.entries<string>(localStorage));
  await page.addInitScript(entries => {
    for (const [key, value] of entries) localStorage.setItem(key, value);
  }, kept);
}

/** Texts of results that are cut, that leave their line, or that stand on another. Waits until the grid knows its width. */
function misplacedResults(tool: Tool): Promise<readonly string[]> {
  return tool.document().evaluate(async () => {
    await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return [...document.querySelectorAll('oc-result-matrix .line[role=row]')].flatMap(line => {
      const room = line.getBoundingClientRect();
      const texts = [
        ...line.querySelectorAll<HTMLElement>('[role=gridcell] :is(oc-verdict-mark span, .scope)'),
      ];
      const boxes = texts.map(text => ({ text, box: text.getBoundingClientRect() }));
      return boxes
        .filter(
          ({ text, box }, index) =>
            (text.scrollWidth > text.clientWidth + 1 && text.closest('.unnamed') === null) ||
            box.top < room.top ||
            box.bottom > room.bottom + 1 ||
            box.right > room.right + 1 ||
            boxes.some(
              (other, at) =>
                at > index &&
                other.box.left < box.right - 1 &&
                other.box.right > box.left + 1 &&
                other.box.top < box.bottom - 1 &&
                other.box.bottom > box.top + 1,
            ),
        )
        .map(({ text }) => `${text.textContent.trim()} of ${line.textContent.trim()}`);
    });
  });
}

/** Headings and badges of the rules that have more to say than room for it. Waits until the tables know their width. */
function cutWords(tool: Tool): Promise<readonly string[]> {
  return tool.document().evaluate(async () => {
    await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return [...document.querySelectorAll('oc-rule-table:not(.stacked) :is(thead button, .oc-badge)')]
      .filter(word => {
        const cell = word.closest('th, td');
        const isWider = (cell?.scrollWidth ?? 0) > (cell?.clientWidth ?? 0);
        return isWider || word.scrollWidth > word.clientWidth;
      })
      .map(word => word.textContent.trim());
  });
}

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { canUseLab } from '../emulator/lab/network/can-use-lab.ts';
import { readScenario } from '../emulator/lab/read-scenario.ts';
import { launchBrowser, openTool, type Tool } from '../test/e2e/support/tool.ts';
import { buildAll } from './build.ts';
import { PICTURE_STATES, type PictureState } from './lib/picture-states.ts';

/**
 * `npm run screenshots [-- --docs] [-- --states]`: pictures of every page from the running tool, in three themes, three
 * widths and two languages, in `dist/screenshots/pages`; with `--docs` those of README and guide in `docs/images`, too; with
 * `--states` those of states that are seldom seen alone.
 */
const ROOT = join(import.meta.dirname, '..');
const PAGES = join(ROOT, 'dist/screenshots/pages');
const IMAGES = join(ROOT, 'docs/images');

const LOCALES = ['en-US', 'de-DE'] as const;
const THEMES = ['light', 'dark', 'forced'] as const;
const WIDTHS = [1366, 768, 320] as const;
const HEIGHT = 768;
/** By the ids of their tabs, which no language changes. */
const TABS = ['overview', 'allowlist', 'reachability', 'proxy'] as const;

type Theme = (typeof THEMES)[number];

async function main(words: readonly string[]): Promise<number> {
  const isDocs = words.includes('--docs');
  const isStates = words.includes('--states');
  if (words.some(word => word !== '--docs' && word !== '--states') || (isDocs && isStates)) {
    console.error('Usage: npm run screenshots [-- --docs | -- --states]');
    return 2;
  }
  await buildAll(log);
  await mkdir(PAGES, { recursive: true });
  const lab = await canUseLab();
  const emulator = await startEmulator({
    port: 0,
    scenario: readScenario('default'),
    scenarioName: 'default',
    network: lab.usable ? 'lab' : 'local',
  });
  const browser = await launchBrowser();
  try {
    if (!isStates)
      for (const locale of LOCALES) await takeAll(browser, emulator, locale, isDocs && locale === 'en-US');
    if (!isDocs) for (const state of PICTURE_STATES) await takeState(browser, emulator, state);
  } finally {
    await browser.close();
    await emulator.stop();
  }
  return 0;
}

async function takeAll(browser: Browser, emulator: Emulator, locale: string, isDocs: boolean): Promise<void> {
  const tool = await openTool(browser, emulator, { locale });
  const { page, frame } = tool;
  // The first visit, before anything was checked.
  await takeEach(tool, locale, 'first');
  await frame.locator('.oc-command-primary').click();
  await frame.locator('oc-findings h3').first().waitFor({ timeout: 60_000 });
  for (const tab of TABS) {
    await frame.locator(`#oc-tab-${tab}`).click();
    await frame.locator('oc-command-bar').waitFor();
    if (tab === 'proxy') await frame.locator('oc-proxy-settings-table:not(:has([aria-busy=true]))').waitFor();
    if (tab === 'allowlist') await frame.locator('oc-rule-table [role=rowheader] button').nth(2).click();
    if (tab === 'reachability') await frame.getByRole('gridcell').first().click();
    await takeEach(tool, locale, tab);
    if (isDocs) await takeForDocs(tool, tab);
  }
  await page.close();
}

async function takeState(browser: Browser, emulator: Emulator, state: PictureState): Promise<void> {
  const prepare = async (page: Page): Promise<void> => {
    await state.prepare?.(page);
  };
  const tool = await openTool(browser, emulator, { prepare });
  await tool.frame.locator(`#oc-tab-${state.tab}`).click();
  const shown = await state.reach(tool);
  await takeEach(tool, 'en-US', `state-${state.name}`, shown);
  await tool.page.context().close();
}

/** @param shown where a part of the page further down is meant */
async function takeEach(tool: Tool, locale: string, name: string, shown?: Locator): Promise<void> {
  for (const theme of THEMES) {
    await wear(tool, theme);
    for (const width of WIDTHS) {
      await tool.page.setViewportSize({ width, height: HEIGHT });
      await shown?.scrollIntoViewIfNeeded();
      const file = `${name}-${locale}-${theme}-${String(width)}.png`;
      await tool.page.screenshot({ path: join(PAGES, file) });
      log(file);
    }
  }
  await wear(tool, 'light');
}

/** The tool alone, without the emulator's shell. */
async function takeForDocs(tool: Tool, name: string): Promise<void> {
  await mkdir(IMAGES, { recursive: true });
  await tool.page.setViewportSize({ width: WIDTHS[0], height: HEIGHT });
  const box = await tool.page.locator('iframe').boundingBox();
  if (box === null) throw new Error('The shell shows no tool.');
  const clip = { ...box, height: Math.min(box.height, HEIGHT - box.y) };
  await tool.page.screenshot({ path: join(IMAGES, `${name}.png`), clip });
}

/** Dark is the shell's to choose; forced colours are the browser's. */
async function wear({ page, frame }: Tool, theme: Theme): Promise<void> {
  await page.emulateMedia({ forcedColors: theme === 'forced' ? 'active' : 'none' });
  const button = page.locator('#theme');
  const isDark = (await button.getAttribute('aria-pressed')) === 'true';
  if (isDark !== (theme === 'dark')) await button.click();
  await frame.locator(`html[data-theme="${theme === 'dark' ? 'dark' : 'light'}"]`).waitFor();
}

function log(line: string): void {
  console.error(line);
}

process.exitCode = await main(process.argv.slice(2));

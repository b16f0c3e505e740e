import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type Browser, chromium, type FrameLocator, type Page } from 'playwright-core';
import { type Emulator, startEmulator } from '../../emulator/emulator.ts';
import { checkScenario, readScenario } from '../../emulator/lab/read-scenario.ts';

/** The tool in the emulator, in a real browser. */
export interface Tool {
  readonly emulator: Emulator;
  readonly page: Page;
  /** The tool's own page inside the shell. */
  readonly frame: FrameLocator;
  /** What the browser complained about: page errors and console errors. */
  readonly complaints: string[];
  openTab(name: 'Allowlist' | 'Reachability' | 'Proxy'): Promise<void>;
  /** Keeps a picture in `dist/screenshots` for whoever wants to look. */
  picture(name: string): Promise<void>;
}

export interface ToolOptions {
  /** Name of a shipped scenario, or a scenario of the test's own. */
  readonly scenario?: string | object;
  readonly network?: 'lab' | 'local';
  readonly appFolder?: string;
  readonly width?: number;
  readonly theme?: 'light' | 'dark';
  readonly tab?: string;
}

const PICTURES = join(import.meta.dirname, '../../dist/screenshots');

/** Starts emulator and browser; both end with the test. */
export async function startTool(
  t: TestContext | { after(end: () => Promise<void>): void },
  options: ToolOptions = {},
): Promise<Tool> {
  const { scenario = 'default' } = options;
  const named = typeof scenario === 'string';
  const emulator = await startEmulator({
    port: 0,
    scenario: named ? readScenario(scenario) : checkScenario(scenario, 'the scenario of the test'),
    ...(named ? { scenarioName: scenario } : {}),
    network: options.network ?? 'lab',
    ...(options.appFolder === undefined ? {} : { appFolder: options.appFolder }),
  });
  t.after(() => emulator.stop());
  const browser = await launchBrowser();
  t.after(() => browser.close());
  return openTool(browser, emulator, options);
}

/** Without sandbox because CI runs as root; without the background traffic that a browser starts by itself. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'];
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export async function openTool(
  browser: Browser,
  emulator: Emulator,
  options: ToolOptions = {},
): Promise<Tool> {
  const page = await browser.newPage({ viewport: { width: options.width ?? 1280, height: 1000 } });
  const complaints: string[] = [];
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(`${emulator.url}?theme=${options.theme ?? 'light'}#${options.tab ?? ''}`);
  const frame = page.frameLocator('iframe');
  const openTab = async (name: string): Promise<void> => {
    await frame.getByRole('tab', { name, exact: true }).click();
    await frame.getByRole('tab', { name, exact: true, selected: true }).waitFor();
  };
  const picture = async (name: string): Promise<void> => {
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  };
  // The header shows states only once the cluster itself has answered.
  await frame.getByRole('tab', { name: 'Allowlist' }).waitFor();
  await frame.getByText('node1', { exact: true }).first().waitFor();
  return { emulator, page, frame, complaints, openTab, picture };
}

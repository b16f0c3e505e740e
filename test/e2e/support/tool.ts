import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Frame,
  type FrameLocator,
  type Page,
} from 'playwright-core';
import { type Emulator, startEmulator } from '../../../emulator/emulator.ts';
import { checkScenario, readScenario } from '../../../emulator/lab/read-scenario.ts';

/** What comes within a second here may take a loaded computer long; only a failure takes all of it. */
const PATIENCE_MS = 120_000;

export type TabName = 'Overview' | 'Allowlist' | 'Reachability' | 'Proxy';

/** The tool in the emulator, in a real browser. */
export interface Tool {
  readonly emulator: Emulator;
  /** The shell's page. */
  readonly page: Page;
  /** The tool's own page inside the shell. */
  readonly frame: FrameLocator;
  /** What the browser complained about: page errors and console errors, broken content security policy among them. */
  readonly complaints: readonly string[];
  openTab(name: TabName): Promise<void>;
  /** Opens the panel in which the list is chosen; it stays open while the page is shown. */
  openChoices(): Promise<void>;
  /** The tool's document, for what no locator can say. */
  document(): Frame;
  /** Keeps a picture in `dist/screenshots` for whoever wants to look. */
  picture(name: string): Promise<void>;
  /** Ends browser and emulator. */
  close(): Promise<void>;
}

export interface ToolOptions {
  /** Name of a shipped scenario, or a scenario of the test's own. */
  readonly scenario?: string | object;
  readonly network?: 'lab' | 'local';
}

const PICTURES = join(import.meta.dirname, '../../../dist/screenshots');

/** Starts emulator and browser, and waits until the tool knows its nodes. The caller closes it. */
export async function startTool({ scenario = 'default', network = 'lab' }: ToolOptions = {}): Promise<Tool> {
  const named = typeof scenario === 'string';
  const emulator = await startEmulator({
    port: 0,
    scenario: named ? readScenario(scenario) : checkScenario(scenario, 'the scenario of the test'),
    ...(named ? { scenarioName: scenario } : {}),
    network,
  });
  let browser: Browser | undefined;
  try {
    browser = await launchBrowser();
    return await openTool(browser, emulator);
  } catch (error) {
    await browser?.close();
    await emulator.stop();
    throw error;
  }
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

/** How one page of the browser is set up. */
export interface PageOptions {
  /** The browser's language, which Windows Admin Center's follows where nobody chose another. */
  readonly locale?: string;
  /** Called before anything is loaded. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** Opens the shell and waits until the tool knows its nodes. */
export async function openTool(
  browser: Browser,
  emulator: Emulator,
  { locale = 'en-US', prepare }: PageOptions = {},
): Promise<Tool> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, locale });
  return toolIn(context, emulator, prepare);
}

/** The tool in another tab of the same browser, with what the browser keeps for all of them; its page is closed by the caller. */
export function openSecond({ page, emulator }: Tool): Promise<Tool> {
  return toolIn(page.context(), emulator);
}

async function toolIn(
  context: BrowserContext,
  emulator: Emulator,
  prepare?: PageOptions['prepare'],
): Promise<Tool> {
  const page = await context.newPage();
  await prepare?.(page);
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(emulator.url);
  const frame = page.frameLocator('iframe');
  // The header shows states only once the cluster itself has answered.
  await frame.getByRole('tab').first().waitFor();
  await frame.getByText('node1', { exact: true }).first().waitFor();
  return {
    emulator,
    page,
    frame,
    complaints,
    async openTab(name) {
      await frame.getByRole('tab', { name, exact: true }).click();
      await frame.getByRole('tab', { name, exact: true, selected: true }).waitFor();
    },
    async openChoices() {
      const line = frame.getByRole('button', { name: /^List:/ });
      await line.waitFor();
      if ((await line.getAttribute('aria-expanded')) !== 'true') await line.click();
    },
    document() {
      const own = page.frames().find(each => each !== page.mainFrame());
      if (!own) throw new Error('The shell shows no tool.');
      return own;
    },
    async picture(name) {
      mkdirSync(PICTURES, { recursive: true });
      await page.screenshot({ path: join(PICTURES, `${name}.png`) });
    },
    async close() {
      await context.browser()?.close();
      await emulator.stop();
    },
  };
}

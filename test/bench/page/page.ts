import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, CDPSession, Frame, Page } from 'playwright-core';
import { startGateway } from '../../../emulator/gateway/gateway.ts';
import { readApp } from '../../../emulator/gateway/site.ts';
import { launchBrowser } from '../../e2e/support/tool.ts';
import type { Figure, Measured } from '../figures.ts';
import { playingCluster } from './playing-cluster.ts';
import { BusyTime } from './busy.ts';
import { takeReport, timeUntil, watchPage } from './watch.ts';

const ROOT = join(import.meta.dirname, '../../..');
const NODES = 64;
const ENDPOINTS = 500;
const OWN_RULES = 2000;
const CONNECTION = 'hci.contoso.local';
/** Fields of the selection that is kept with the connection: the list of July 2026 without a region is the widest one. */
const WIDEST = { edition: 'azure-local-2026-07', region: 'all' };

/** The tool before one gateway and one browser. */
interface Stage {
  readonly page: Page;
  readonly cdp: CDPSession;
  readonly busy: BusyTime;
  readonly tool: () => Frame;
}

/** The tool's page at its largest: 64 nodes and 500 endpoints while they are reported and afterwards, 2,000 own rules, the widest list. */
export async function benchPage(log: (line: string) => void): Promise<readonly Figure[]> {
  const gateway = await startGateway({
    cluster: playingCluster(NODES),
    app: await readApp(join(ROOT, 'dist/app')),
    shellFolder: join(ROOT, '.generated/shell'),
    about: { scenario: 'bench', network: { kind: 'local', reason: '' } },
    port: 0,
  });
  const browser = await launchBrowser();
  try {
    const url = `http://localhost:${String(gateway.port)}/`;
    const figures: Figure[] = [];
    for (const bench of [benchResults, benchOwnRules, benchWidestList]) {
      log(`  ${bench.name} …`);
      figures.push(...(await bench(browser, url)));
    }
    return figures;
  } finally {
    await browser.close();
    await gateway.stop();
  }
}

async function benchResults(browser: Browser, url: string): Promise<readonly Figure[]> {
  const stage = await open(browser, url, { ownRules: ENDPOINTS });
  const { page } = stage;
  const tool = stage.tool();
  const steps = new Steps(stage);
  await tool.click('#oc-tab-reachability');
  await tool.waitForSelector('oc-command-bar .oc-command-primary:enabled');
  await takeReport(tool);
  await stage.busy.end();
  await stage.busy.begin();
  await tool.click('oc-command-bar .oc-command-primary');
  await tool.waitForSelector('progress');
  await tool.waitForSelector('progress', { state: 'detached', timeout: 300_000 });
  await steps.note('stream', `${String(NODES * ENDPOINTS)} results arriving, Reachability in view`);
  const first = '[role=gridcell]';
  await steps.time(
    'to-overview',
    'from Reachability to Overview',
    '#oc-tab-overview',
    'oc-capability-list li',
  );
  await steps.time('to-results', 'from Overview to Reachability', '#oc-tab-reachability', first);
  await steps.time(
    'every-node',
    'Show every node',
    '[role=switch]',
    '[role=columnheader][aria-colindex="3"]',
  );
  await steps.fill('search', 'a search', 'own-0007', '[role=grid][aria-rowcount="3"]');
  await steps.fill('search-undone', 'the search taken back', '', '[role=grid]:not([aria-rowcount="3"])');
  await steps.time(
    'only-failed',
    'only what failed',
    'oc-tally button:nth-of-type(2)',
    'oc-tally [aria-pressed=true]',
  );
  await steps.time(
    'all-again',
    'all results again',
    'oc-tally [aria-pressed=true]',
    '!oc-tally [aria-pressed=true]',
  );
  await steps.time('select', 'a cell chosen', first, 'oc-result-details');
  await scroll(tool, '.cdk-virtual-scrollable');
  await steps.note('scroll', 'the matrix scrolled both ways to its end');
  await steps.time('to-allowlist', 'from Reachability to Allowlist', '#oc-tab-allowlist', '[role=rowheader]');
  await steps.time('to-proxy', 'from Allowlist to Proxy', '#oc-tab-proxy', 'oc-proxy-page');
  await steps.time('back-to-results', 'from Proxy to Reachability', '#oc-tab-reachability', first);
  steps.add('heap', 'JavaScript heap, the shell page among it, after a collection', await heap(stage), 'MB');
  await steps.forget();
  await benchComparison(tool, steps);
  await page.reload();
  await stage.busy.end();
  await ready(stage);
  await steps.time('kept-run', 'a kept run, after a reload', '#oc-tab-overview', 'oc-capability-list li');
  await stage.busy.end();
  await page.close();
  return steps.figures;
}

/** A second check, of which everything is otherwise, beside the first. */
async function benchComparison(tool: Frame, steps: Steps): Promise<void> {
  await tool.click('oc-command-bar .oc-command-primary');
  await tool.waitForSelector('progress');
  await tool.waitForSelector('progress', { state: 'detached', timeout: 300_000 });
  await steps.note('stream-again', 'the same once more, over the results of before');
  await tool.click('oc-run-history summary');
  const compare = 'oc-run-history li button:nth-of-type(2)';
  await steps.time('compare', 'two runs compared', compare, 'oc-run-comparison tbody th');
  await scroll(tool, 'html');
  await steps.note('compare-scroll', 'the comparison scrolled');
  const field = 'oc-run-comparison input';
  await steps.fill('compare-search', 'a search in it', 'own-0007', 'oc-run-comparison oc-table-tools', field);
  await steps.time(
    'compare-filters',
    'its filters opened',
    'oc-run-comparison [aria-expanded]',
    'oc-run-comparison select',
  );
}

async function benchOwnRules(browser: Browser, url: string): Promise<readonly Figure[]> {
  const stage = await open(browser, url, { ownRules: OWN_RULES });
  const steps = new Steps(stage, `, ${String(OWN_RULES)} own rules`);
  await steps.time('own-rules-to-allowlist', 'to Allowlist', '#oc-tab-allowlist', '[role=rowheader]');
  await steps.fill('own-rules-filter', 'filter by text', 'own-1999', '#oc-own-rules');
  await steps.fill('own-rules-filter-undone', 'the filter taken back', '', '#oc-own-rules');
  await scroll(stage.tool(), 'html');
  await steps.note('own-rules-scroll', 'the page scrolled to its end');
  await stage.busy.end();
  await stage.page.close();
  return steps.figures;
}

async function benchWidestList(browser: Browser, url: string): Promise<readonly Figure[]> {
  const stage = await open(browser, url, { ownRules: 0 });
  const steps = new Steps(stage, ', all regions and features of the newest list');
  await steps.time('widest-to-allowlist', 'to Allowlist', '#oc-tab-allowlist', '[role=rowheader]');
  await steps.fill('widest-filter', 'filter by text', 'login', '[role=rowheader]');
  await steps.fill('widest-filter-undone', 'the filter taken back', '', '[role=rowheader]');
  await scroll(stage.tool(), 'html');
  await steps.note('widest-scroll', 'the page scrolled to its end');
  await stage.busy.end();
  await stage.page.close();
  return steps.figures;
}

/** Opens the tool on its Overview, with what a browser tab would have kept. */
async function open(browser: Browser, url: string, { ownRules }: { ownRules: number }): Promise<Stage> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  page.setDefaultTimeout(60_000);
  const rules = Array.from({ length: ownRules }, (_, index) => ({
    host: `own-${String(index).padStart(4, '0')}.contoso.com`,
    ...{ port: 443, protocol: 'https', requirement: 'required', purpose: `Service ${String(index)}` },
  }));
  const edition = JSON.parse(
    readFileSync(join(ROOT, `.generated/catalog/${WIDEST.edition}.json`), 'utf8'),
  ) as { readonly features: readonly { readonly id: string }[] };
  // The measured run has own rules only: their number is the number of endpoints.
  const features = ownRules === ENDPOINTS ? [] : edition.features.map(({ id }) => id);
  const kept = {
    [`selection:${CONNECTION}`]: JSON.stringify({ ...WIDEST, features: { [WIDEST.edition]: features } }),
    ...(ownRules > 0 && { [`own-rules:${CONNECTION}`]: JSON.stringify({ form: 1, rules }) }),
  };
  await page.addInitScript(entries => {
    for (const [key, value] of Object.entries(entries)) sessionStorage.setItem(key, value);
  }, kept);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.enable');
  await page.goto(url);
  const tool = (): Frame => {
    const frame = page.frames().find(each => each !== page.mainFrame());
    if (frame === undefined) throw new Error('The shell shows no tool.');
    return frame;
  };
  const stage = { page, cdp, tool, busy: await BusyTime.of(browser) };
  await ready(stage);
  return stage;
}

/** Waits for the Overview with its nodes, and begins to watch. */
async function ready({ page, tool, busy }: Stage): Promise<void> {
  await page.frameLocator('iframe').locator('oc-capability-list, oc-result-matrix').first().waitFor();
  await watchPage(tool());
  await takeReport(tool());
  await busy.begin();
}

/** To the end and to the side, screen by screen, as a wheel would. */
function scroll(tool: Frame, selector: string): Promise<void> {
  return tool.evaluate(async where => {
    const scroller = document.querySelector(where);
    const frame = (): Promise<void> => new Promise(resolve => requestAnimationFrame(() => resolve()));
    for (let step = 0; step < 60 && scroller; step += 1) {
      scroller.scrollTop += scroller.clientHeight / 2;
      scroller.scrollLeft += scroller.clientWidth / 4;
      await frame();
    }
  }, selector);
}

/** In MB, after a collection. */
async function heap({ cdp }: Stage): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return Math.round(usedSize / 1e6);
}

/** Takes the steps of one visit and keeps their figures. */
class Steps {
  readonly figures: Figure[] = [];
  readonly #stage: Stage;
  readonly #where: string;

  constructor(stage: Stage, where = '') {
    this.#stage = stage;
    this.#where = where;
  }

  add(figure: string, what: string, value: number, unit: Measured['unit'], note = ''): void {
    this.figures.push({
      what: `${what}${this.#where}`,
      value: `${String(value)} ${unit === 'count' ? '' : unit}`.trim(),
      note,
      measured: { figure: `page-${figure}`, value, unit },
    });
  }

  /** A click, until what it asked for is painted. */
  async time(figure: string, what: string, selector: string, done: string): Promise<void> {
    const shown = await timeUntil(this.#stage.tool(), selector, { click: true }, done);
    await this.#done(figure, what, shown);
  }

  /** A text put into the page's search field. */
  async fill(
    figure: string,
    what: string,
    fill: string,
    done: string,
    field = 'input[type=search]',
  ): Promise<void> {
    const shown = await timeUntil(this.#stage.tool(), field, { fill }, done);
    await this.#done(figure, what, shown);
  }

  /** What has happened since the last step. */
  async note(figure: string, what: string): Promise<void> {
    await this.#done(figure, what, undefined);
  }

  /** What was done since the last step was this program's own, and no step of the page. */
  async forget(): Promise<void> {
    await takeReport(this.#stage.tool());
    await this.#stage.busy.end();
    await this.#stage.busy.begin();
  }

  async #done(figure: string, what: string, shown: number | undefined): Promise<void> {
    const { task, elements } = await takeReport(this.#stage.tool());
    const busy = await this.#stage.busy.end();
    await this.#stage.busy.begin();
    if (shown !== undefined) this.add(`${figure}-shown`, `${what}: first frame`, Math.round(shown), 'ms');
    const note = task === 0 ? 'none above 50 ms' : '';
    this.add(`${figure}-task`, `${what}: longest task`, Math.round(task), 'ms', note);
    this.add(`${figure}-busy`, `${what}: longest task, processor time`, Math.round(busy), 'ms');
    this.add(`${figure}-elements`, `${what}: elements`, elements, 'count');
  }
}

import { join } from 'node:path';
import type { Browser, Frame, Page, Request } from 'playwright-core';
import { startGateway } from '../../emulator/gateway/gateway.ts';
import { readApp } from '../../emulator/gateway/site.ts';
import { startLab } from '../../emulator/lab/network/lab-network.ts';
import type { Network } from '../../emulator/lab/network/network.ts';
import type { Scenario } from '../../emulator/lab/scenario.ts';
import { clusterNames, type SimulatedCluster } from '../../emulator/nodes/cluster.ts';
import { startHostEngine } from '../../emulator/nodes/host-engine.ts';
import type { NodeEngine } from '../../emulator/nodes/node-engine.ts';
import { nodeSeed } from '../../emulator/nodes/node-seed.ts';
import { launchBrowser } from '../e2e/support/tool.ts';
import { noLab, scenarioOf } from '../lab/lab-under-test.ts';
import { listedEndpoints } from '../support/listed-endpoints.ts';
import type { Endpoint } from '../support/probe-node.ts';
import { runCurl } from './curl.ts';
import { type Figure, inMs, median, type Measured, scatter } from './figures.ts';
import { between, processorTimes } from './processor-time.ts';

const ROOT = join(import.meta.dirname, '../..');
/** The largest cluster that Azure Local allows. */
const NODES = 16;
const ROUNDS = 3;
const TIMEOUT_MS = 30_000;
/** So many own rules beside an edition without features make as many endpoints. */
const EDITION = 'azure-local-2026-07';
const ENDPOINTS = 300;

/** One check, from the click. */
interface Check {
  /** ms until the page had a result, and until it had all. */
  readonly first: number;
  readonly last: number;
  /** Requests of the page to the gateway meanwhile. */
  readonly requests: number;
  readonly bytes: number;
  readonly processor: readonly (readonly [string, number])[];
}

/**
 * A check in the browser of 300 endpoints that all answer: on one node, against bare curl on that node, and on 16, which
 * are runspaces of one engine's process and share its network.
 */
export async function benchCluster(log: (line: string) => void): Promise<readonly Figure[]> {
  if (noLab !== false) return [{ what: 'cluster', value: '–', note: `not measured: ${noLab}` }];
  const browser = await launchBrowser();
  try {
    const endpoints = endpointsOf();
    return [
      ...(await benchNodes(browser, 1, endpoints, log)),
      ...(await benchNodes(browser, NODES, endpoints, log)),
    ];
  } finally {
    await browser.close();
  }
}

function endpointsOf(): readonly Endpoint[] {
  return listedEndpoints(EDITION)
    .filter(({ protocol }) => protocol === 'https' || protocol === 'http')
    .slice(0, ENDPOINTS);
}

async function benchNodes(
  browser: Browser,
  nodes: number,
  endpoints: readonly Endpoint[],
  log: (line: string) => void,
): Promise<readonly Figure[]> {
  const names = Array.from({ length: nodes }, (_, index) => `node${String(index + 1)}`);
  const lab = await startLab(scenarioOf([{ name: 'node1' }]), log);
  try {
    const scenario = scenarioOf(names.map(name => ({ name, languageMode: 'Constrained' })));
    const cluster = await oneEngine(lab, scenario);
    const gateway = await startGateway({
      cluster,
      app: await readApp(join(ROOT, 'dist/app')),
      shellFolder: join(ROOT, '.generated/shell'),
      about: { scenario: 'bench', network: { kind: 'lab', reason: '' } },
      port: 0,
    });
    try {
      const url = `http://localhost:${String(gateway.port)}/`;
      const page = await openPage(browser, url, cluster.name, endpoints);
      // The first meets cold engines and a cold page; it does not count.
      await check(page);
      const checks: Check[] = [];
      const curls: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        if (nodes === 1) curls.push((await runCurl(lab, 'node1', endpoints, TIMEOUT_MS, '')).lastAnswer);
        checks.push(await check(page));
      }
      await page.close();
      return figuresOf(nodes, endpoints.length, checks, curls);
    } finally {
      await gateway.stop();
      await cluster.stop();
    }
  } finally {
    await lab.stop();
  }
}

/** Nodes that are runspaces of one engine: what 16 processes would cost in memory says nothing of a cluster. */
async function oneEngine(lab: Network, scenario: Scenario): Promise<SimulatedCluster> {
  const names = clusterNames(scenario);
  const [node] = scenario.nodes;
  if (node === undefined) throw new Error('The scenario has no node.');
  const engine: NodeEngine = await startHostEngine(lab, nodeSeed(scenario, node, names));
  const members = scenario.nodes.map(({ name }) => ({
    ...{ name, fqdn: names.fqdn(name), state: 'Up' as const, credentials: 'gateway' as const, engine },
  }));
  return {
    name: names.cluster,
    members,
    find: target => members.find(({ name, fqdn }) => name === target || fqdn === target) ?? members[0],
    stop: () => engine.close(),
  };
}

/** The tool with as many own rules as endpoints, and nothing of the list. */
async function openPage(
  browser: Browser,
  url: string,
  connection: string,
  endpoints: readonly Endpoint[],
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  page.setDefaultTimeout(60_000);
  const rules = endpoints.map(({ host, port, protocol }) => ({
    ...{ host, port, protocol, requirement: 'required', purpose: 'measured' },
  }));
  const kept = {
    [`selection:${connection}`]: JSON.stringify({ edition: EDITION, features: { [EDITION]: [] } }),
    [`own-rules:${connection}`]: JSON.stringify({ form: 1, rules }),
  };
  await page.addInitScript(entries => {
    for (const [key, value] of Object.entries(entries)) sessionStorage.setItem(key, value);
  }, kept);
  await page.goto(url);
  await page.frameLocator('iframe').locator('oc-capability-list').waitFor();
  await toolOf(page).click('#oc-tab-reachability');
  await toolOf(page).waitForSelector('oc-reachability-page .oc-command-primary:enabled');
  return page;
}

function toolOf(page: Page): Frame {
  const frame = page.frames().find(each => each !== page.mainFrame());
  if (frame === undefined) throw new Error('The shell shows no tool.');
  return frame;
}

async function check(page: Page): Promise<Check> {
  let requests = 0;
  const sizes: Promise<number>[] = [];
  const count = (request: Request): void => {
    if (!request.url().includes('/api/')) return;
    requests += 1;
    sizes.push(
      request.sizes().then(
        each => each.responseBodySize,
        () => 0,
      ),
    );
  };
  page.on('requestfinished', count);
  const before = processorTimes();
  const times = await toolOf(page).evaluate(untilMeasured, 300_000);
  const after = processorTimes();
  page.off('requestfinished', count);
  const bytes = (await Promise.all(sizes)).reduce((sum, each) => sum + each, 0);
  return { ...times, requests, bytes, processor: between(before, after) };
}

/**
 * In the page: begins a check; ms until the progress has counted the first result, and until every cell has its own. What the
 * check asks afterwards, as other addresses of the names, changes no cell.
 */
function untilMeasured(limit: number): Promise<{ first: number; last: number }> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    document.querySelector<HTMLElement>('oc-reachability-page .oc-command-primary')?.click();
    let first = 0;
    let last = 0;
    const look = (): void => {
      const now = performance.now() - began;
      const progress = document.querySelector<HTMLProgressElement>('.summary progress');
      if (progress !== null && progress.value > 0 && first === 0) first = now;
      const isWhole = progress === null || progress.value === progress.max;
      if (first > 0 && isWhole && last === 0) last = now;
      if (first > 0 && progress === null) resolve({ first, last });
      else if (now > limit) reject(new Error('The check did not end.'));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

function figuresOf(
  nodes: number,
  endpoints: number,
  checks: readonly Check[],
  curls: readonly number[],
): readonly Figure[] {
  const what = `check in the browser, ${String(nodes)} × ${String(endpoints)}`;
  const figure = (name: string, label: string, of: (check: Check) => number, peer = {}): Figure => {
    const values = checks.map(of);
    const value = Math.round(median(values));
    return {
      what: `${what}: ${label}`,
      value: inMs(value),
      note: `from the click; median of ${scatter(values)}`,
      measured: { figure: `check-${String(nodes)}-${name}`, value, unit: 'ms', ...peer },
    };
  };
  const counted = (name: string, label: string, value: number, unit: Measured['unit']): Figure => ({
    what: `${what}: ${label}`,
    value: `${String(Math.round(value))} ${unit === 'count' ? '' : unit}`.trim(),
    note: '',
    measured: { figure: `check-${String(nodes)}-${name}`, value: Math.round(value), unit },
  });
  const peer =
    curls.length > 0 ? { peer: 'curl --parallel, last answer', peerValue: Math.round(median(curls)) } : {};
  const programs = new Set(checks.flatMap(({ processor }) => processor.map(([name]) => name)));
  const used = (name: string): number =>
    median(checks.map(({ processor }) => processor.find(([program]) => program === name)?.[1] ?? 0));
  return [
    figure('first', 'first result', check => check.first),
    figure('last', 'last result', check => check.last, peer),
    counted('requests', 'requests to the gateway', median(checks.map(check => check.requests)), 'count'),
    counted(
      'bytes-per-endpoint',
      'bytes to the browser, a node and endpoint',
      median(checks.map(check => check.bytes)) / (nodes * endpoints),
      'B',
    ),
    ...[...programs]
      .sort((one, other) => used(other) - used(one))
      .filter(name => used(name) >= 20)
      .map(name =>
        counted(
          `processor-${name.replace(/\W+/g, '-')}`,
          `processor time of ${programName(name)}`,
          used(name),
          'ms',
        ),
      ),
  ];
}

/** Names of programs as a reader knows them. */
function programName(name: string): string {
  if (name === 'this process') return 'the gateway';
  if (name.endsWith(' children')) return "the nodes' curl";
  if (name.startsWith('dotnet')) return "the nodes' engine";
  if (name.startsWith('chrom')) return 'the browser';
  return name === 'node' || name.includes('Main') ? "the lab's servers" : name;
}

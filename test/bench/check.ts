import { canUseLab } from '../../emulator/lab/network/can-use-lab.ts';
import { runCheck } from '../e2e/support/matrix.ts';
import { startTool, type Tool } from '../e2e/support/tool.ts';
import { type Figure, inMs, median, scatter } from './figures.ts';

const WARM_RUNS = 3;
const TIMEOUT_MS = 5000;
/** The largest cluster that Azure Stack HCI allows. */
const NODES = 16;
const FILLS = 3;

/** A whole check of the default scenario in a browser, from the click to the end; then the matrix of a large cluster. */
export async function benchCheck(): Promise<readonly Figure[]> {
  const lab = await canUseLab();
  if (!lab.usable) return [{ what: 'whole check', value: '–', note: `not measured: ${lab.reason}` }];
  const tool = await startTool();
  try {
    await tool.openTab('Reachability');
    const cold = await runCheck(tool);
    const warm: number[] = [];
    for (let round = 0; round < WARM_RUNS; round += 1) warm.push(await runCheck(tool));
    const note = `click to end, default scenario, timeout ${TIMEOUT_MS} ms`;
    return [
      { what: 'whole check, first run', value: inMs(cold), note },
      {
        what: 'whole check, later runs',
        value: inMs(median(warm)),
        note: `${note}; median of ${scatter(warm)}`,
      },
      ...(await benchMatrix(tool)),
    ];
  } finally {
    await tool.close();
  }
}

/** Gives the tool the kept run of a larger cluster, and measures how long its page takes from the tab's click. */
async function benchMatrix(tool: Tool): Promise<readonly Figure[]> {
  const cells = await tool.document().evaluate(enlargeKeptRun, NODES);
  const times: number[] = [];
  for (let round = 0; round < FILLS; round += 1) {
    await tool.openTab('Allowlist');
    await tool.page.reload();
    await tool.frame.getByRole('tab', { name: 'Allowlist', selected: true }).waitFor();
    await tool.frame.getByText('node1', { exact: true }).first().waitFor();
    times.push(await tool.document().evaluate(openMatrix, cells));
  }
  return [
    {
      what: `matrix of ${NODES} nodes, ${cells} cells`,
      value: inMs(median(times)),
      note: `click on the tab to the first frame with cells; median of ${scatter(times)}`,
    },
  ];
}

/** In the page: copies the first node's results to as many nodes as wanted; answers how many cells that makes. */
function enlargeKeptRun(wanted: number): number {
  const key = Object.keys(sessionStorage).find(name => name.startsWith('reachability:'));
  const kept = key === undefined ? null : sessionStorage.getItem(key);
  if (key === undefined || kept === null) throw new Error('The tool has kept no run.');
  const run = JSON.parse(kept) as {
    plan: { targets: unknown[]; untested: unknown[] };
    nodes: { node: object }[];
    cells: [string, unknown[]][];
  };
  const [report] = run.nodes;
  const results = run.cells[0]?.[1];
  if (!report || !results) throw new Error('The kept run is empty.');
  const names = Array.from({ length: wanted }, (_, index) => `node${index + 1}`);
  run.nodes = names.map(name => ({
    ...report,
    node: { ...report.node, name, fqdn: `${name}.contoso.local` },
  }));
  run.cells = names.map(name => [name, results]);
  sessionStorage.setItem(key, JSON.stringify(run));
  return wanted * (run.plan.targets.length + run.plan.untested.length);
}

/** In the page: clicks the tab; resolves with the time, in ms, until a frame has been painted with cells. */
function openMatrix(cells: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const tab = [...document.querySelectorAll<HTMLElement>('[role=tab]')].find(
      each => each.textContent.trim() === 'Reachability',
    );
    const began = performance.now();
    tab?.click();
    const look = (): void => {
      const shown = document.querySelectorAll('[role=gridcell]').length;
      // Only what is in view is drawn. The next frame begins when this one is painted.
      if (shown > 0) requestAnimationFrame(() => resolve(performance.now() - began));
      else if (performance.now() - began > 30_000) reject(new Error(`${shown} cells of ${cells} are there.`));
      else requestAnimationFrame(look);
    };
    look();
  });
}

import type { Locator } from 'playwright-core';
import { type Download, download } from './download.ts';
import type { Tool } from './tool.ts';

/** The button that ends a check, and stands there only while one runs. */
const CANCEL = 'Cancel';

/** Runs a whole check; resolves with the time from the click to the end, in ms. */
export async function runCheck(tool: Tool): Promise<number> {
  const began = Date.now();
  await startCheck(tool, () => tool.frame.getByRole('button', { name: 'Check reachability' }).click());
  await checkEnds(tool);
  return Date.now() - began;
}

/** What starts a check, up to where its page says so. Looked for in each of the page's frames: a short check is over soon. */
export async function startCheck(
  tool: Tool,
  press: () => Promise<void>,
  cancel: string = CANCEL,
): Promise<void> {
  const starts = tool
    .document()
    .waitForFunction(
      name => [...document.querySelectorAll('button')].some(each => each.innerText.trim() === name),
      cancel,
      { polling: 'raf' },
    );
  await Promise.all([starts, press()]);
}

export async function checkEnds(tool: Tool, cancel: string = CANCEL): Promise<void> {
  await tool.frame.getByRole('button', { name: cancel }).waitFor({ state: 'hidden' });
}

/** Gives each node its own cells, or shows nodes that agree as one. */
export async function showEveryNode(tool: Tool, every = true): Promise<void> {
  await tool.frame.getByRole('switch', { name: 'Show every node' }).setChecked(every);
}

/** Leaves the rows whose host holds this; '' leaves all. */
export async function searchResults(tool: Tool, text: string): Promise<void> {
  await tool.frame.getByRole('searchbox', { name: 'Search results' }).fill(text);
}

/** The cell of an endpoint on a node, brought into the document by the search box. */
export async function findCell(tool: Tool, endpoint: string, node: string): Promise<Locator> {
  await showEveryNode(tool);
  await searchResults(tool, endpoint);
  const cell = tool.frame.getByRole('gridcell', { name: `${endpoint}, ${node}, ` }).first();
  await cell.waitFor();
  return cell;
}

/**
 * The matrix as the screen reader has it: `host:port, node` to verdict word. Rows that are scrolled away are not in the
 * document, so it is read screen by screen.
 */
export async function readCells(tool: Tool): Promise<Map<string, string>> {
  await showEveryNode(tool);
  await searchResults(tool, '');
  const names = await tool.frame.getByRole('grid').evaluate(async grid => {
    const scroller = grid.closest('.cdk-virtual-scrollable') ?? document.documentElement;
    const painted = (): Promise<void> =>
      new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))));
    const found = new Set<string>();
    for (let top = 0; ; top += scroller.clientHeight / 2) {
      scroller.scrollTop = top;
      await painted();
      for (const cell of grid.querySelectorAll('[role=gridcell]'))
        found.add(cell.getAttribute('aria-label') ?? '');
      if (top + scroller.clientHeight >= scroller.scrollHeight) break;
    }
    scroller.scrollTop = 0;
    return [...found];
  });
  return new Map(
    names.map(name => {
      // A verdict's word may have a comma of its own.
      const [, place = name, verdict = ''] = /^([^,]*, [^,]*), (.*)$/.exec(name) ?? [];
      return [place, verdict];
    }),
  );
}

/** Saves the shown run through the dialog behind Export results. */
export async function exportResults(tool: Tool, format: 'JSON' | 'CSV'): Promise<Download> {
  await tool.frame.getByRole('button', { name: 'Export results', exact: true }).click();
  const dialog = tool.frame.getByRole('dialog', { name: 'Export the results' });
  await dialog.getByRole('radio', { name: new RegExp(`^${format}\\b`) }).check();
  return download(tool, () => dialog.getByRole('button', { name: 'Save file' }).click());
}

/** Titles of the findings, on the Overview; comes back to the results. */
export async function readFindings(tool: Tool): Promise<readonly string[]> {
  await tool.openTab('Overview');
  const titles = tool.frame.locator('oc-findings h3');
  await titles.first().waitFor();
  const texts = await titles.allInnerTexts();
  await tool.openTab('Reachability');
  return texts;
}

import { checkEnds, readCells, startCheck } from './matrix.ts';
import { openSecond, type Tool } from './tool.ts';

interface Both {
  /** The results of both checks, each as its own tab shows them. */
  readonly shown: readonly string[];
  /** The same of the two newest runs, as the browser keeps them. */
  readonly kept: readonly string[];
}

/** Checks in two tabs of one browser at the same time, and reads both runs again after a reload. */
export async function checkedInTwoTabs(tool: Tool): Promise<Both> {
  const second = await openSecond(tool);
  const tabs = [tool, second];
  for (const each of tabs) {
    await each.openTab('Reachability');
    await each.frame.getByLabel(/Time for each endpoint/).fill('3');
  }
  for (const tab of tabs)
    await startCheck(tab, () => tab.frame.getByRole('button', { name: 'Check reachability' }).click());
  for (const tab of tabs) await checkEnds(tab);
  const shown = [await cellsOf(tool), await cellsOf(second)].sort();
  await second.page.close();
  // What the browser keeps, and not what this tab still knows.
  await tool.page.reload();
  await tool.frame.getByText(/^Earlier runs/).click();
  const entries = tool.frame.getByRole('list', { name: 'Runs, the newest first' }).getByRole('listitem');
  const kept: string[] = [];
  for (const entry of [entries.nth(0), entries.nth(1)]) {
    const show = entry.getByRole('button', { name: /^Show the run of/ });
    if (await show.isVisible()) await show.click();
    await entry.getByText('Shown now').waitFor();
    kept.push(await cellsOf(tool));
  }
  return { shown, kept: kept.sort() };
}

async function cellsOf(tool: Tool): Promise<string> {
  // A tab behind another draws nothing.
  await tool.page.bringToFront();
  return JSON.stringify([...(await readCells(tool))].sort());
}

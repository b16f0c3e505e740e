import { type Download, download } from './download.ts';
import type { Tool } from './tool.ts';

/** Runs a whole check; resolves with the time from the click to the end, in ms. */
export async function runCheck(tool: Tool): Promise<number> {
  const { frame } = tool;
  const began = Date.now();
  await frame.getByRole('button', { name: 'Check reachability' }).click();
  await frame.getByRole('button', { name: 'Cancel' }).waitFor();
  await frame.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'hidden', timeout: 40_000 });
  return Date.now() - began;
}

/** The matrix as the screen reader has it: `host:port, node` to verdict word. */
export async function readCells(tool: Tool): Promise<Map<string, string>> {
  const names = await tool.frame
    .getByRole('gridcell')
    .evaluateAll(cells => cells.map(cell => cell.getAttribute('aria-label') ?? ''));
  return new Map(
    names.map(name => {
      const at = name.lastIndexOf(', ');
      return [name.slice(0, at), name.slice(at + 2)];
    }),
  );
}

/** Saves the shown run through the dialog behind Export results. */
export async function exportResults(tool: Tool, format: 'JSON' | 'CSV'): Promise<Download> {
  await tool.frame.getByRole('button', { name: 'Export results' }).click();
  const dialog = tool.frame.getByRole('dialog', { name: 'Export the results' });
  await dialog.getByRole('radio', { name: new RegExp(`^${format}\\b`) }).check();
  return download(tool, () => dialog.getByRole('button', { name: 'Save file' }).click());
}

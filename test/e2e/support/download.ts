import { readFile } from 'node:fs/promises';
import type { Tool } from './tool.ts';

/** A file that the tool handed out. */
export interface Download {
  readonly name: string;
  readonly text: string;
}

/** Clicks something that hands out a file, and reads that file. */
export async function download(tool: Tool, click: () => Promise<void>): Promise<Download> {
  const [file] = await Promise.all([tool.page.waitForEvent('download'), click()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

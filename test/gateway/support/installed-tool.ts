import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const TOOL = 'contoso.tool';

/** A folder that looks like an installed extension. */
export async function installTool(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'installed-tool-'));
  const page = '<!doctype html><html><head><base href="/" /></head><body>tool</body></html>';
  await writeFile(join(folder, 'index.html'), page);
  await writeFile(join(folder, 'main.js'), 'export {};');
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ name: TOOL, version: '1.2.3' }));
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

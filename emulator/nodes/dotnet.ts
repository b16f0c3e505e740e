import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const PROGRAM = process.platform === 'win32' ? 'dotnet.exe' : 'dotnet';

/** Folder of a published .NET program of this workspace. */
export function publishedFolder(program: 'powershell-host' | 'powershell-check'): string {
  return join(ROOT, '.tools', program);
}

/** Absolute path of `dotnet`: the one on the PATH, else the one that was brought into `.tools`. */
export function findDotnet(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(folder => folder !== '');
  const found = [...folders, join(ROOT, '.tools/dotnet')]
    .map(folder => join(folder, PROGRAM))
    .find(file => existsSync(file));
  if (!found) throw new Error('dotnet was not found: the simulated nodes need the .NET SDK 10.');
  return realpathSync(found);
}

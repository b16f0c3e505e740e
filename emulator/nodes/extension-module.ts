import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** The extension's own module as the package carries it: one function a script. */
export function extensionModule(): { readonly name: string; readonly code: string } {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'manifest.json'), 'utf8')) as {
    readonly powerShellModuleName: string;
  };
  const folder = join(ROOT, 'src/powershell');
  const functions = readdirSync(folder)
    .filter(file => file.endsWith('.ps1'))
    .map(file => `function ${basename(file, '.ps1')} {\n${readFileSync(join(folder, file), 'utf8')}\n}`);
  return { name: manifest.powerShellModuleName, code: functions.join('\n') };
}

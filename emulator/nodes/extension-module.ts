import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeScript, nodeScriptNames } from '../../scripts/lib/node-scripts.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The extension's own module as the package carries it: one function a script. */
export function extensionModule(): { readonly name: string; readonly code: string } {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'manifest.json'), 'utf8')) as {
    readonly powerShellModuleName: string;
  };
  const functions = nodeScriptNames().map(name => `function ${name} {\n${nodeScript(name)}\n}`);
  return { name: manifest.powerShellModuleName, code: functions.join('\n') };
}

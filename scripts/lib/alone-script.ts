import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeScript } from './node-scripts.ts';
import { ROOT } from './paths.ts';

const FOLDER = join(ROOT, 'src/powershell');
/** What the script that runs alone calls, word for word. */
const CALLED = ['Find-ProxyScript', 'Get-ProxySetting', 'Test-EndpointByCurl', 'Test-TimeServer'];
const MARK = "'@functions'\n";

/** The script that runs without Windows Admin Center: all but the list, which the tool puts in. */
export function aloneScript(): string {
  const read = (path: string): string => readFileSync(join(FOLDER, path), 'utf8').replaceAll('\r\n', '\n');
  const functions = CALLED.map(name => `function ${name} {\n${nodeScript(name).trimEnd()}\n}\n`);
  const text = read('alone/Test-OutboundAllowlist.ps1');
  if (!text.includes(MARK)) throw new Error('Test-OutboundAllowlist.ps1 has no place for its functions.');
  return text.replace(MARK, () => functions.join('\n'));
}

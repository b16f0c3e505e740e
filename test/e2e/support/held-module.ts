import { join } from 'node:path';
import { publishedFolder } from '../../../emulator/nodes/dotnet.ts';
import { runOn, snapshotOf } from './nodes.ts';
import type { Tool } from './tool.ts';

const STAND_IN = join(
  publishedFolder('powershell-host'),
  'modules/gallery/WinInetProxy/WinInetProxy/0.1.0/WinInetProxy.psd1',
);
const FOLDER = 'C:\\Program Files\\WindowsPowerShell\\Modules\\WinInetProxy\\0.1.0';
const HOLD = 'C:\\hold';
const MODULE = `
Import-Module '${STAND_IN}' -Prefix Known
function Set-WinInetProxy {
    param($ProxySettingsPerUser, $ProxyServer, $ProxyBypass)
    Set-KnownWinInetProxy @PSBoundParameters
    while (Test-Path '${HOLD}') { $env:HELD = 'yes'; Start-Sleep -Milliseconds 20 }
}`;

/** On a node without it: the documented module, whose command can be held when it has written and not come back yet. */
export async function installHeldModule(tool: Tool, node: string): Promise<void> {
  const manifest = "@{ RootModule = 'WinInetProxy.psm1'; ModuleVersion = '0.1.0' }";
  for (const [name, text] of [
    ['psm1', MODULE],
    ['psd1', manifest],
  ] as const)
    await runOn(
      tool,
      node,
      `New-Item -ItemType File -Force -Path '${FOLDER}\\WinInetProxy.${name}' -Value '${text.replaceAll("'", "''")}'`,
    );
}

/** From now on the node's command stays where it has written, until it is let go or killed. */
export function holdModule(tool: Tool, node: string): Promise<void> {
  return runOn(tool, node, `New-Item -ItemType File -Path '${HOLD}'`);
}

/** Waits until the node's command has written and is held. */
export async function moduleHeld(tool: Tool, node: string): Promise<void> {
  while ((await snapshotOf(tool, node)).environment['HELD'] === undefined)
    await new Promise(resolve => setTimeout(resolve, 20));
}

export async function letModuleGo(tool: Tool, node: string): Promise<void> {
  await runOn(tool, node, `Remove-Item -LiteralPath '${HOLD}'; $env:HELD = $null`);
}

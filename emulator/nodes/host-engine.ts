import { once } from 'node:events';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Network } from '../lab/network/network.ts';
import type { NodeSeed } from './host-protocol.ts';
import type { NodeEngine, ScriptRequest } from './node-engine.ts';
import { hostCommand, PowerShellHost } from './powershell-host.ts';

/** File shares, WS-Management and Azure's service for the operating system, as on every node of a cluster. */
const SERVICES = [445, 5985, 30301];

/**
 * Starts a node's PowerShell in its network; settles once a script has run there.
 * @param former of a node that loses its power now: its registry and its disk are there again, and nothing else
 */
export async function startHostEngine(
  network: Network,
  seed: NodeSeed,
  former?: NodeEngine,
): Promise<NodeEngine> {
  if (former instanceof PowerShellHost) return startAgain(network, seed, former);
  await startArcProxy(network, seed);
  return startHost(network, seed);
}

async function startAgain(network: Network, seed: NodeSeed, former: PowerShellHost): Promise<NodeEngine> {
  const files = await runScript(former, { script: READ_DISK });
  const { registry, modules } = await former.state();
  await former.kill();
  const host = await startHost(network, { ...seed, proxy: null, registry, proxyModule: modules.length > 0 });
  await runScript(host, { script: WRITE_DISK, parameters: { Files: files } });
  // A value that was removed may come with a new node.
  if (isDeepStrictEqual((await host.state()).registry, registry)) return host;
  await host.close();
  throw new Error(`The registry of ${seed.name} is not what it was before the node lost its power.`);
}

async function startHost(network: Network, seed: NodeSeed): Promise<PowerShellHost> {
  const host = new PowerShellHost(await network.spawn(seed.name, hostCommand(), {}));
  try {
    // Elsewhere those would be this computer's own ports.
    await host.seed(network.kind === 'lab' ? { listens: SERVICES, ...seed } : seed);
    // The engine's first script is slow to begin: it is run before anyone waits for it.
    await runScript(host, { script: '$null' });
    return host;
  } catch (error) {
    await host.close();
    throw error;
  }
}

/** A node with Arc gateway has the agent's proxy on its loopback. Only in the lab: elsewhere that is this computer's own. */
async function startArcProxy(network: Network, seed: NodeSeed): Promise<void> {
  if (network.kind !== 'lab' || seed.arcAgent?.['connection.type'] !== 'gateway') return;
  const program = join(import.meta.dirname, '../lab/servers/arc-proxy.ts');
  const proxy = await network.spawn(seed.name, [process.execPath, program], {});
  // It says so once it listens.
  await Promise.race([once(proxy.stdout, 'data'), proxy.ended]);
}

/** What a script writes; rejects with its first error. */
function runScript(host: PowerShellHost, request: ScriptRequest): Promise<readonly unknown[]> {
  return new Promise((resolve, reject) => {
    const written: unknown[] = [];
    host.run(request, {
      output: value => written.push(value),
      end: ({ errors: [error] }) => {
        if (error) reject(new Error(error.message));
        else resolve(written);
      },
    });
  });
}

/** Path and text of every file that scripts can have left on a node, one after the other. */
const READ_DISK = `
foreach ($file in @(Get-ChildItem -LiteralPath 'C:\\' -Recurse -File)) {
    $file.FullName.Substring($file.FullName.IndexOf('outbound-connectivity-node-'))
    [string](Get-Content -LiteralPath $file.FullName -Raw)
}`;
const WRITE_DISK = `
param([string[]] $Files)
for ($i = 0; $i -lt $Files.Count; $i += 2) {
    $path = 'C:' + $Files[$i].Substring($Files[$i].IndexOf('/'))
    New-Item -ItemType File -Path $path -Value $Files[$i + 1] -Force | Out-Null
}`;

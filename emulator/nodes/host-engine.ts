import { once } from 'node:events';
import { join } from 'node:path';
import type { Network } from '../lab/network/network.ts';
import type { NodeSeed } from './host-protocol.ts';
import type { NodeEngine } from './node-engine.ts';
import { hostCommand, PowerShellHost } from './powershell-host.ts';

/** File shares, WS-Management and Azure's service for the operating system, as on every node of a cluster. */
const SERVICES = [445, 5985, 30301];

/** Starts a node's PowerShell in its network; settles once a script has run there. */
export async function startHostEngine(network: Network, seed: NodeSeed): Promise<NodeEngine> {
  await startArcProxy(network, seed);
  const host = new PowerShellHost(await network.spawn(seed.name, hostCommand(), {}));
  try {
    // Elsewhere those would be this computer's own ports.
    await host.seed(network.kind === 'lab' ? { listens: SERVICES, ...seed } : seed);
    await runOnce(host);
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

/** The engine's first script is slow to begin: it is run before anyone waits for it. */
function runOnce(host: PowerShellHost): Promise<void> {
  return new Promise((resolve, reject) => {
    host.run(
      { script: '$null' },
      {
        output: () => undefined,
        end: ({ errors: [error] }) => {
          if (error) reject(new Error(error.message));
          else resolve();
        },
      },
    );
  });
}

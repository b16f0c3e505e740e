import type { Network } from '../lab/network.ts';
import type { NodeSeed } from './host-protocol.ts';
import type { NodeEngine } from './node-engine.ts';
import { hostCommand, PowerShellHost } from './powershell-host.ts';

/** Starts a node's PowerShell in its network; settles once a script has run there. */
export async function startHostEngine(network: Network, seed: NodeSeed): Promise<NodeEngine> {
  const host = new PowerShellHost(await network.spawn(seed.name, hostCommand(), {}));
  try {
    await host.seed(seed);
    await runOnce(host);
    return host;
  } catch (error) {
    await host.close();
    throw error;
  }
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

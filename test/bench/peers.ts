import type { Network } from '../../emulator/lab/network/network.ts';
import { hostCommand, PowerShellHost } from '../../emulator/nodes/powershell-host.ts';
import type { Endpoint } from '../support/probe-node.ts';

const SERIAL = `param([string[]] $Urls)
foreach ($url in $Urls) {
    try { $null = Invoke-WebRequest -Uri $url -UseBasicParsing -TimeoutSec 5 -MaximumRedirection 0 -ErrorAction Stop } catch { $null = $_ }
}`;

/**
 * What other tools do: one Invoke-WebRequest after the other, in the same engine on a node of the lab; ms of each pass, in their
 * order. Between passes over the same hosts the engine keeps their TLS sessions and shakes hands in short, which a check that begins
 * cannot: passes over other hosts are measured like it.
 */
export async function serialRequests(
  network: Network,
  node: string,
  passes: readonly (readonly Endpoint[])[],
): Promise<readonly number[]> {
  const host = new PowerShellHost(await network.spawn(node, hostCommand(), {}));
  const times: number[] = [];
  try {
    await host.seed({ name: node });
    for (const endpoints of passes) {
      const Urls = endpoints.map(({ protocol, host: name, port }) => `${protocol}://${name}:${port}/`);
      const began = performance.now();
      await new Promise<void>(resolve => {
        host.run({ script: SERIAL, parameters: { Urls } }, { output: () => undefined, end: () => resolve() });
      });
      times.push(performance.now() - began);
    }
    return times;
  } finally {
    await host.close();
  }
}

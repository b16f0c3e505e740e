import type { Network } from '../../emulator/lab/network/network.ts';
import { hostCommand, PowerShellHost } from '../../emulator/nodes/powershell-host.ts';
import type { Endpoint } from '../support/probe-node.ts';

const SERIAL = `param([string[]] $Urls)
foreach ($url in $Urls) {
    try { $null = Invoke-WebRequest -Uri $url -UseBasicParsing -TimeoutSec 5 -MaximumRedirection 0 -ErrorAction Stop } catch { $null = $_ }
}`;

/**
 * What other tools do: one Invoke-WebRequest after the other, in the same engine on a node of the lab; ms of each round.
 *
 * @param isWarm whether the engine's own start is of no weight beside what is measured: then no round is thrown away
 */
export async function serialRequests(
  network: Network,
  node: string,
  endpoints: readonly Endpoint[],
  rounds: number,
  isWarm = false,
): Promise<readonly number[]> {
  const host = new PowerShellHost(await network.spawn(node, hostCommand(), {}));
  const Urls = endpoints.map(({ protocol, host: name, port }) => `${protocol}://${name}:${port}/`);
  const times: number[] = [];
  try {
    await host.seed({ name: node });
    // The first is the engine's own start.
    for (let round = isWarm ? 1 : 0; round <= rounds; round += 1) {
      const began = performance.now();
      await new Promise<void>(resolve => {
        host.run({ script: SERIAL, parameters: { Urls } }, { output: () => undefined, end: () => resolve() });
      });
      if (round > 0) times.push(performance.now() - began);
    }
    return times;
  } finally {
    await host.close();
  }
}

import { canUseLab } from './can-use-lab.ts';
import { startLab } from './lab-network.ts';
import { startLocal } from './local-network.ts';
import type { Network } from './network.ts';
import type { Log } from '../node-process.ts';
import type { Scenario } from '../scenario.ts';

/**
 * Starts the wanted network for the nodes of a scenario. Where the lab cannot be made the nodes get this computer's
 * own network, and the network's `reason` says why in a sentence.
 */
export async function startNetwork(wanted: 'lab' | 'local', scenario: Scenario, log: Log): Promise<Network> {
  if (wanted === 'local') return startLocal(scenario, '', log);
  const use = await canUseLab();
  if (!use.usable)
    return startLocal(scenario, `The nodes use this computer's own network: ${use.reason}.`, log);
  try {
    return await startLab(scenario, log);
  } catch (error) {
    const words = (error instanceof Error ? error.message : String(error))
      .replaceAll(/\s+/g, ' ')
      .replace(/\.?$/, '.');
    return startLocal(scenario, `The nodes use this computer's own network: ${words}`, log);
  }
}

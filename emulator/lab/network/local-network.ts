import type { Network, NodeProcess } from './network.ts';
import { nodeEnvironment, startNodeProcess, type Log } from '../node-process.ts';
import { ownTemp } from '../own-temp.ts';
import type { Scenario } from '../scenario.ts';

/**
 * This computer's own network, for all nodes alike. Faults, egress and proxies of the scenario do not exist in it.
 * @param reason why it is used although the lab was wanted; '' when it was asked for
 */
export function startLocal(scenario: Scenario, reason: string, log: Log): Network {
  const processes = new Set<NodeProcess>();
  let stopped = false;
  return {
    kind: 'local',
    reason,
    async spawn(node, command, env) {
      if (!scenario.nodes.some(each => each.name === node))
        throw new Error(`The scenario has no node named "${node}".`);
      if (stopped) throw new Error('The network has been stopped.');
      const temp = ownTemp();
      const environment = nodeEnvironment({ ...temp.environment, ...env });
      const program = await startNodeProcess(command, environment, line => log(`${node}: ${line}`)).catch(
        (error: unknown) => {
          temp.remove();
          throw error;
        },
      );
      const started = {
        ...program,
        ended: program.ended.then(() => {
          temp.remove();
          processes.delete(started);
        }),
      };
      processes.add(started);
      return started;
    },
    async stop() {
      stopped = true;
      const running = [...processes];
      for (const each of running) each.kill();
      await Promise.all(running.map(each => each.ended));
    },
  };
}

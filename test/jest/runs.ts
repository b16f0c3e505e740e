import type { Node, NodeState } from '../../src/app/cluster/cluster';
import { makePlan, type PlanEntry } from '../../src/app/reachability/plan/probe-plan';
import type { Observation } from '../../src/app/reachability/probe/observation';
import { type RunState, startRun } from '../../src/app/reachability/run/run';
import { nodeEnded, reportArrived } from '../../src/app/reachability/run/run-steps';
import type { Cause } from '../../src/app/reachability/verdict/causes';
import { observed } from './observations';

/** Of an observation that nobody gave an address. */
const [ANYWHERE] = observed().addresses;
export const STARTED = '2026-11-24T07:00:00.000Z';
export const ENDED = '2026-11-24T07:00:06.000Z';

export function nodeNamed(name: string, state: NodeState = 'up'): Node {
  return { name, fqdn: `${name}.contoso.local`, state };
}

/** What a node sees of an endpoint; undefined: it reports nothing. */
export type See = (node: string, target: PlanEntry) => Partial<Observation> | undefined;

/**
 * A run that is over: `doors` such as `a.example:443` (https; http on port 80; or as in `a.example:22/tcp`) seen from every node.
 *
 * @param see reachable when it gives `{}`; a whole observation as `endedAt` makes it keeps its own phases
 * @param ended why a node that did not report all of them stopped
 */
export function runOf(
  nodes: readonly (string | Node)[],
  doors: readonly string[],
  see: See = () => ({}),
  ended: (node: string) => Cause = () => 'no-report',
): RunState {
  const plan = makePlan(
    doors.map(door => {
      const [host = '', port = '443', protocol = port === '80' ? 'http' : 'https'] = door.split(/[:/]/);
      return {
        host,
        port: Number(port),
        protocol: protocol as PlanEntry['protocol'],
        rule: { id: `rule ${door}` },
      };
    }),
  );
  const all = nodes.map(node => (typeof node === 'string' ? nodeNamed(node) : node));
  const request = {
    cluster: 'hci.contoso.local',
    cloud: 'public',
    features: ['f'],
    edition: { id: '2024-06', published: '2024-06-01', name: 'June 2024' },
    timeoutMs: 5000,
  } as const;
  let run = startRun(request, plan, all, STARTED);
  for (const { name } of all) {
    for (const target of plan.targets) {
      const seen = see(name, target);
      if (seen === undefined) continue;
      const { id, host, port } = target;
      // Each host has its own address, unless a test gives it another.
      const own = `192.0.2.${plan.targets.findIndex(each => each.host === host) + 1}`;
      const protocol = target.protocol === 'udp' ? 'tcp' : target.protocol;
      run = reportArrived(run, name, {
        ...observed({ protocol, ...seen }),
        ...(seen.addresses === undefined || seen.addresses[0] === ANYWHERE ? { addresses: [own] } : {}),
        ...{ id, host, port, protocol },
      });
    }
    run = nodeEnded(run, name, ended(name), '', ENDED);
  }
  return run;
}

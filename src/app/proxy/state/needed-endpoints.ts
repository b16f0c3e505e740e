import { lastValueFrom, toArray } from 'rxjs';
import type { ProbePlan } from '../../reachability/plan/probe-plan';
import { parseObservation } from '../../reachability/probe/parse-observation';
import { measureThrough, proxyUse } from '../../reachability/run/node-check';
import { KNOWN_AUTHORITIES } from '../../reachability/verdict/authorities';
import { endpointFacts } from '../../reachability/verdict/endpoint-facts';
import { judge } from '../../reachability/verdict/verdict';
import type { RemoteShell } from '../../wac/remote-shell';
import type { ReachedIds } from '../change/node-change';
import type { ProxySetting } from '../setting/proxy-setting';

/** What one node's endpoints did through one setting. */
export interface Probed {
  readonly reached: ReachedIds;
  /** `host:port` with its verdict's code. */
  readonly failing: readonly { readonly endpoint: string; readonly verdict: string }[];
}

const ENDPOINT_MS = 5_000;

/**
 * Which endpoints a node reaches through a proxy that is given. Undefined when it could not be tested – that is never
 * taken for a success. Never rejects.
 */
export async function probeThrough(
  shell: RemoteShell,
  fqdn: string,
  plan: ProbePlan,
  use: { readonly server: string; readonly bypass: readonly string[] },
): Promise<Probed | undefined> {
  const { targets } = plan;
  if (targets.length === 0) return undefined;
  try {
    const reports = await lastValueFrom(
      measureThrough(shell, { fqdn }, targets, { timeoutMs: ENDPOINT_MS }, use).pipe(toArray()),
    );
    const reached = new Set<string>();
    const failing: { endpoint: string; verdict: string }[] = [];
    let count = 0;
    for (const report of reports) {
      const observation = parseObservation(report);
      const target = targets.find(({ id }) => id === observation?.id);
      if (observation === undefined || target === undefined) continue;
      count++;
      const { verdict } = judge(observation, KNOWN_AUTHORITIES, endpointFacts(plan, target));
      if (verdict === 'reachable') reached.add(target.id);
      else failing.push({ endpoint: `${target.host}:${target.port}`, verdict });
    }
    return count === 0 ? undefined : { reached, failing };
  } catch {
    return undefined;
  }
}

/** The same through the setting that the node has. */
export async function probeAsSet(
  shell: RemoteShell,
  fqdn: string,
  plan: ProbePlan,
  setting: ProxySetting,
): Promise<Probed | undefined> {
  return setting.readable ? probeThrough(shell, fqdn, plan, proxyUse(setting)) : undefined;
}

import { lastValueFrom, toArray } from 'rxjs';
import type { ProbePlan } from '../../reachability/plan/probe-plan';
import { parseObservation } from '../../reachability/probe/parse-observation';
import { measureThrough } from '../../reachability/run/checks/node-check';
import { proxyUse } from '../../reachability/run/checks/proxy-use';
import { KNOWN_AUTHORITIES } from '../../reachability/verdict/certificates/known-authorities';
import { endpointFacts } from '../../reachability/verdict/endpoint-facts';
import { judge } from '../../reachability/verdict/verdict';
import { isFailure } from '../../reachability/verdict/verdicts';
import type { RemoteShell } from '../../wac/remote-shell';
import type { FailingEndpoint, Proof } from '../change/node-change';
import type { ProxySetting } from '../setting/proxy-setting';

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
): Promise<Proof | undefined> {
  // A proxy carries no UDP: time goes its own way, whatever is set.
  const targets = plan.targets.filter(({ protocol }) => protocol !== 'udp');
  if (targets.length === 0) return undefined;
  try {
    const reports = await lastValueFrom(
      measureThrough(shell, { fqdn }, targets, { timeoutMs: ENDPOINT_MS }, use).pipe(toArray()),
    );
    const reached = new Set<string>();
    const failed = new Set<string>();
    const answered: FailingEndpoint[] = [];
    const failing: FailingEndpoint[] = [];
    for (const report of reports) {
      const observation = parseObservation(report);
      const target = targets.find(({ id }) => id === observation?.id);
      if (observation === undefined || target === undefined) continue;
      const { verdict, cause } = judge(observation, KNOWN_AUTHORITIES, endpointFacts(plan, target));
      if (verdict === 'reachable') reached.add(target.id);
      else {
        // What was not tested, or proves nothing, is no failure of the setting either.
        if (isFailure(verdict)) failed.add(target.id);
        const list = verdict === 'not-proven' ? answered : failing;
        list.push({ endpoint: `${target.host}:${target.port}`, verdict, cause });
      }
    }
    return reached.size + failed.size === 0 ? undefined : { reached, failed, answered, failing };
  } catch {
    return undefined;
  }
}

/** The same through a setting that the node has, or will have. Where that follows a script, or SOCKS, no HTTP proxy shows it. */
export async function probeAsSet(
  shell: RemoteShell,
  fqdn: string,
  plan: ProbePlan,
  setting: ProxySetting,
): Promise<Proof | undefined> {
  if (!setting.readable) return undefined;
  const { byScript, ...use } = proxyUse(setting);
  return byScript || use.notices.includes('socks') ? undefined : probeThrough(shell, fqdn, plan, use);
}

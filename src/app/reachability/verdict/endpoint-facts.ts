import type { Protocol } from '../../allowlist/catalog/catalog';
import type { PlanEntry, ProbePlan } from '../plan/probe-plan';
import { covers } from '../../allowlist/catalog/host-pattern';

/** What the plan knows of an endpoint, beside what a node measures. */
export interface EndpointFacts {
  /**
   * Only the administrator's own rules name it, or the organization's own authority signs for it: no authority and no mark
   * is published for it.
   */
  readonly own: boolean;
  /** Whether the plan has a host, itself or by a wildcard. */
  readonly lists: (host: string, port: number) => boolean;
}

/** Where nothing is known of the plan. */
export const NO_FACTS: EndpointFacts = { own: false, lists: () => false };

/** A host that a service sends its callers on to. */
export interface NextHost {
  readonly host: string;
  readonly port: number;
  readonly protocol: Protocol;
}

export function endpointFacts(plan: ProbePlan, { rules, authority }: PlanEntry): EndpointFacts {
  return {
    own: authority === 'organization' || (rules.length > 0 && rules.every(rule => rule.startsWith('own-'))),
    lists: (host, port) =>
      [...plan.targets, ...plan.untested].some(
        entry =>
          entry.port === port && [entry.host, ...entry.standsFor].some(pattern => covers(pattern, host)),
      ),
  };
}

/** Where a redirect leads; undefined when it names no host of the web, or the very one that was asked. */
export function nextHost(from: NextHost, location: string): NextHost | undefined {
  const base = `${from.protocol === 'https' ? 'https' : 'http'}://${from.host}:${from.port}/`;
  const url = location === '' ? null : URL.parse(location, base);
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') return undefined;
  const protocol = url.protocol === 'https:' ? 'https' : 'http';
  const port = Number(url.port) || (protocol === 'https' ? 443 : 80);
  const host = url.hostname.toLowerCase();
  return host === from.host.toLowerCase() && port === from.port ? undefined : { host, port, protocol };
}

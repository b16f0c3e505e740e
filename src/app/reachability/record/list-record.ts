import type { ProbePlan } from '../plan/probe-plan';
import type { RunRequest } from '../run/run';

/**
 * What a check asks, as JSON: the part of a run's file that is known before it runs, and of each endpoint the path and the
 * client besides. The offline check carries it along, and hands it back with what it measured.
 */
export function listRecord(request: RunRequest, plan: ProbePlan, tool: object): ListRecord {
  const { cluster, cloud, edition, features, region, vendor, arcGateway, timeoutMs } = request;
  const endpoint = (entry: ProbePlan['targets'][number], untested: string | null): object => {
    const { host, port, protocol, path, rules, standsFor, connects, authority } = entry;
    return {
      ...{ host, port, protocol, rules, standsFor, untested },
      ...(path !== undefined && { path }),
      ...(connects !== undefined && { connects }),
      ...(authority !== undefined && { authority }),
    };
  };
  return {
    head: {
      ...{ tool, cluster, cloud, edition },
      selection: {
        features,
        region: region ?? null,
        vendor: vendor ?? null,
        arcGateway: arcGateway ?? false,
        timeoutMs,
      },
    },
    endpoints: [
      ...plan.targets.map(entry => endpoint(entry, null)),
      ...plan.untested.map(entry => endpoint(entry, entry.reason)),
    ],
  };
}

export interface ListRecord {
  /** All but the endpoints. */
  readonly head: Readonly<Record<string, unknown>>;
  /** Those that are measured first, in their order. */
  readonly endpoints: readonly object[];
}

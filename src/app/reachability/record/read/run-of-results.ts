import { doorName } from '../../../allowlist/catalog/door';
import { UNTESTED_REASONS, type PlanEntry, type ProbePlan, type UntestedReason } from '../../plan/probe-plan';
import { pathOf } from '../../plan/http-evidence';
import { type NodeReport, type RunRequest, type RunState, untouched } from '../../run/run';
import { type Cause, isCause } from '../../verdict/causes';
import type { ProbeResult } from '../../verdict/probe-result';

/** A cause that this version does not have says nothing for sure. */
export function causeOrUnclear(value: unknown): Cause {
  return isCause(value) ? value : 'unclear-report';
}

/** A run from a file that has only results: what was asked follows from them. */
export function runOfResults(
  results: readonly ProbeResult[],
  known: {
    readonly request: RunRequest;
    readonly startedAt: string;
    readonly endedAt?: string;
    readonly status?: RunState['status'];
    /** Absent: one for each name among the results. */
    readonly nodes?: readonly NodeReport[];
  },
): RunState {
  const names = [...new Set(results.map(({ node }) => node))];
  const nodes = known.nodes ?? names.map(bareReport);
  const cells = new Map(nodes.map(({ node }) => [node.name, new Map<string, ProbeResult>()]));
  for (const result of results) cells.get(result.node)?.set(doorName(result), result);
  return {
    status: known.status ?? 'finished',
    ...{ request: known.request, plan: planOf(results), nodes, cells, startedAt: known.startedAt },
    ...(known.endedAt === undefined ? {} : { endedAt: known.endedAt }),
  };
}

function planOf(results: readonly ProbeResult[]): ProbePlan {
  const entries = new Map<string, PlanEntry>();
  const reasons = new Map<string, UntestedReason>();
  for (const { host, port, protocol, rules, standsFor, cause } of results) {
    const id = doorName({ host, port, protocol });
    entries.set(id, { ...{ id, host, port, protocol, rules, standsFor }, ...pathOf(host, protocol) });
    const reason = UNTESTED_REASONS.find(each => each === cause);
    if (reason !== undefined) reasons.set(id, reason);
  }
  const all = [...entries.values()];
  return {
    targets: all.filter(({ id }) => !reasons.has(id)),
    untested: all.flatMap(entry => {
      const reason = reasons.get(entry.id);
      return reason === undefined ? [] : [{ ...entry, reason }];
    }),
  };
}

function bareReport(name: string): NodeReport {
  return untouched({ name, fqdn: '', state: 'unknown' }, 'done');
}

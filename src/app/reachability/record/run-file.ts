import type { Text } from '../../ui/words/make-text';
import type { Finding } from '../finding/finding';
import { say } from '../finding/say';
import type { PlanEntry } from '../plan/probe-plan';
import { clientOf } from '../run/follow-up/redirect-chain';
import type { RunState } from '../run/run';
import type { ProbeResult } from '../verdict/probe-result';
import { wayRecords } from './ways-record';

/** What the file says it is. */
export const RUN_FILE = 'outbound-connectivity/run';
/** Raised when a reader of the older form would misread the newer one; new fields alone do not raise it. */
export const RUN_FILE_VERSION = 1;

/**
 * A run as JSON: what was asked, of whom, when, every endpoint and every result with its evidence. The schema is
 * `run-file.schema.json`, in words `docs/run-file.md`. The same form is kept in the browser, exported and imported.
 *
 * @param more findings and the tool's version, which are not needed to read the run again
 */
export function runRecord(run: RunState, more: Readonly<Record<string, unknown>> = {}): object {
  const { request } = run;
  return {
    format: RUN_FILE,
    version: RUN_FILE_VERSION,
    ...more,
    by: request.by ?? null,
    cluster: request.cluster,
    cloud: request.cloud,
    edition: request.edition,
    selection: {
      features: request.features,
      region: request.region ?? null,
      vendor: request.vendor ?? null,
      arcGateway: request.arcGateway ?? false,
      timeoutMs: request.timeoutMs,
      way: request.way?.kind ?? 'own',
      wayProxy: request.way?.proxy ?? null,
    },
    status: run.status,
    startedAt: run.startedAt,
    endedAt: run.endedAt ?? null,
    since: run.since ?? null,
    nodes: run.nodes.map(report => ({
      name: report.node.name,
      fqdn: report.node.fqdn,
      state: report.node.state,
      check: report.state,
      proxy: report.proxy ?? null,
      notices: report.notices,
      sources: report.sources,
      resolvers: report.resolvers,
      names: [...report.names].map(([host, addresses]) => ({ host, addresses })),
      unreadableReports: report.badReports,
      ended: report.ended ?? null,
      message: report.message,
      ...(report.script && { proxyScript: report.script }),
    })),
    endpoints: [
      ...run.plan.targets.map(entry => endpoint(entry, null)),
      ...run.plan.untested.map(entry => endpoint(entry, entry.reason)),
    ],
    results: resultsOf(run).map(resultRecord),
    ...(run.hops && { hops: hopRecords(run.hops) }),
    ...(run.ways && { ways: wayRecords(run.ways, resultRecord) }),
  };
}

/** Each with the client by whose way it was asked, where that is not WinINet's. */
function hopRecords(hops: NonNullable<RunState['hops']>): readonly object[] {
  return [...hops.values()].flatMap(results =>
    [...results].map(([id, result]) => {
      const client = clientOf(id);
      return { ...resultRecord(result), ...(client && { connects: client }) };
    }),
  );
}

export function resultRecord({ rules, ...result }: ProbeResult): object {
  return { ...result, rule: rules[0] ?? '', rules };
}

/** Findings as they stand in the file: codes for programs, sentences for people. */
export function findingRecords(findings: readonly Finding[], t: Text): readonly object[] {
  return findings.map(({ id, kind, verdict, cause, owner, title, next, scope, cells }) => ({
    ...{ id, kind, verdict, cause, owner, title: say(title, t), next: say(next, t) },
    nodes: scope.nodes,
    allNodes: scope.allNodes,
    endpoints: scope.endpoints.map(entry => entry.id),
    rules: scope.rules,
    blocks: scope.blocks,
    results: cells,
  }));
}

/** In the order of the list, then of the nodes. */
export function resultsOf(run: RunState): readonly ProbeResult[] {
  return [...run.plan.targets, ...run.plan.untested].flatMap(entry =>
    run.nodes.flatMap(({ node }) => run.cells.get(node.name)?.get(entry.id) ?? []),
  );
}

function endpoint(entry: PlanEntry, untested: string | null): object {
  const { host, port, protocol, rules, standsFor, authority, connects } = entry;
  return {
    ...{ host, port, protocol, rules, standsFor, untested },
    ...(connects && { connects }),
    ...(authority && { authority }),
  };
}

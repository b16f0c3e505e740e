import { type Cause, CAUSES } from './causes';
import type { Observation } from '../probe/observation';
import type { PlanEntry } from '../plan/probe-plan';
import type { ProbeResult } from './probe-result';
import { type KnownAuthorities, recognize, rootOf } from './authorities';
import { judge } from './verdict';

/** What a node measured, with its verdict. */
export function toResult(
  node: string,
  target: PlanEntry,
  observation: Observation,
  known: KnownAuthorities,
): ProbeResult {
  const { http, certificates, proxy } = observation;
  const leaf = certificates[0];
  const certificate = leaf && {
    subject: leaf.subject,
    issuer: leaf.issuer,
    root: rootOf(certificates),
    notAfter: leaf.notAfter,
    // Who signed a chain that the node does not accept was not checked.
    ...(observation.tlsErrors.length === 0 && { recognizedBy: recognize(certificates, known) }),
  };
  return {
    node,
    host: target.host,
    port: target.port,
    protocol: target.protocol,
    rules: target.rules,
    standsFor: target.standsFor,
    ...judge(observation, known),
    route: observation.route === 'proxy' ? { kind: 'proxy', proxy } : { kind: 'direct' },
    phases: observation.phases.map(({ phase, ms, outcome, code, detail }) => ({
      phase,
      ms,
      outcome,
      detail: [code, detail].filter(text => text !== '').join(': '),
    })),
    addresses: observation.addresses,
    ...(certificate && { certificate }),
    ...(http && { http: { status: http.status, server: http.server, location: http.location } }),
    startedAt: observation.startedAt,
  };
}

/** An endpoint about which nothing is known, and why. */
export function notMeasured(node: string, entry: PlanEntry, cause: Cause): ProbeResult {
  return {
    node,
    host: entry.host,
    port: entry.port,
    protocol: entry.protocol,
    rules: entry.rules,
    standsFor: entry.standsFor,
    verdict: CAUSES[cause].verdict,
    cause,
    route: { kind: 'none' },
    phases: [],
    addresses: [],
    startedAt: '',
  };
}

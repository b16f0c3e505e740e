import { type Cause, CAUSES } from './causes';
import type { Observation, ObservedPhase } from '../probe/observation';
import type { PlanEntry } from '../plan/probe-plan';
import type { Judged, OtherFamily, ProbeResult } from './probe-result';
import { recognize, rootOf } from './certificates/authorities';
import type { KnownAuthorities } from './certificates/known-authorities';
import { clockSkewOf } from './times/clock';
import { type EndpointFacts, nextHost, NO_FACTS } from './endpoint-facts';
import { familyOf } from '../plan/family';
import { inspectingProduct } from './certificates/inspecting-products';
import { slowOf } from './times/slow';
import { judge } from './verdict';
import { isFailure, isProven, isUnknown } from './verdicts';

/**
 * What a node measured, with its verdict.
 *
 * @param timeoutMs what each endpoint was allowed; 0: not known
 */
export function toResult(
  node: string,
  target: PlanEntry,
  observation: Observation,
  known: KnownAuthorities,
  about: EndpointFacts = NO_FACTS,
  timeoutMs = 0,
): ProbeResult {
  const { http, certificates, proxy } = observation;
  const skew = clockSkewOf(observation);
  const next = http && nextHost(observation, http.location);
  const product = inspectingProduct(certificates);
  const judgement = judgeEndpoint(observation, known, about);
  const hasAnswered = !isFailure(judgement.verdict) && !isUnknown(judgement.verdict);
  const slow = hasAnswered ? slowOf(observation, timeoutMs) : undefined;
  const leaf = certificates[0];
  const certificate = leaf && {
    subject: leaf.subject,
    issuer: leaf.issuer,
    root: rootOf(certificates),
    notAfter: leaf.notAfter,
    ...(product !== undefined && { product }),
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
    ...judgement,
    route: {
      ...(observation.route === 'proxy' ? { kind: 'proxy', proxy } : { kind: 'direct' }),
      ...(observation.client && { client: observation.client }),
      ...(target.connects && target.connects !== observation.client && { notBy: target.connects }),
    },
    phases: observation.phases.map(step => ({
      phase: step.phase,
      ms: step.ms,
      outcome: step.outcome,
      detail: saidOf(step),
    })),
    addresses: observation.addresses,
    ...(certificate && { certificate }),
    ...(http && { http: { status: http.status, server: http.server, location: http.location } }),
    ...(skew !== undefined && { clockSkewSeconds: skew }),
    ...(slow && { slow }),
    ...(next && { next: { ...next, listed: about.lists(next.host, next.port) } }),
    startedAt: observation.startedAt,
  };
}

function saidOf({ code, detail }: ObservedPhase): string {
  return [code, detail].filter(text => text !== '').join(': ');
}

/** The same endpoint at another address, of its other family. */
export function toOtherFamily(
  address: string,
  observation: Observation,
  known: KnownAuthorities,
  about: EndpointFacts,
): OtherFamily {
  const { phases } = observation;
  const last = phases.at(-1);
  return {
    address,
    ...judge(observation, known, about),
    ms: phases.find(({ phase }) => phase === 'connect')?.ms ?? 0,
    detail: last === undefined || last.outcome === 'ok' ? '' : saidOf(last),
  };
}

/**
 * What was measured by a way that need not be the one of the endpoint's client: neither proof that the client gets through, nor
 * that anything fails. The evidence stays.
 */
export function byAnotherWay(result: ProbeResult): ProbeResult {
  const { verdict } = result;
  const cause = isProven(verdict) ? 'answered-past-script' : 'failed-past-script';
  return isProven(verdict) || isFailure(verdict)
    ? { ...result, verdict: CAUSES[cause].verdict, cause }
    : result;
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

/** Of an endpoint at all addresses of its name: no way to the only ones that it has is a matter of the missing ones. */
export function judgeEndpoint(
  observation: Observation,
  known: KnownAuthorities,
  about: EndpointFacts,
): Judged {
  const judgement = judge(observation, known, about);
  const { host, route, addresses } = observation;
  const isOnlyIpv6 =
    judgement.cause === 'unreachable' &&
    route === 'direct' &&
    addresses.length > 0 &&
    addresses.every(address => familyOf(address) === 'ipv6' && address !== host);
  return isOnlyIpv6 ? { ...judgement, cause: 'only-ipv6' } : judgement;
}

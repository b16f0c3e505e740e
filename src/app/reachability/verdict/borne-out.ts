import type { ObservedHttp, Observation } from '../probe/observation';
import { httpEvidenceOf } from '../plan/http-evidence';
import { addressCause } from './answers/address-cause';
import { type Cause, CAUSES } from './causes';
import type { KnownAuthorities } from './certificates/known-authorities';
import type { EndpointFacts } from './endpoint-facts';
import type { ProbeResult } from './probe-result';
import { httpCause } from './answers/http-cause';
import { judgeEndpoint } from './result';
import { lastPhase } from './verdict';
import { isFailure, isProven, isUnknown } from './verdicts';

/**
 * The cause of a result, where what it has of its measurements can have come to it by {@link judgeEndpoint}'s rules; where another
 * version of them named it otherwise, today's cause of the same verdict. Undefined: they contradict each other. What results do
 * not keep, such as headers, may have been anything. One that says nothing of the endpoint has nothing to show.
 *
 * @param own as in {@link EndpointFacts}; undefined: not known
 */
export function causeBorneOut(result: ProbeResult, own?: boolean): Cause | undefined {
  const { verdict, cause } = result;
  if (isUnknown(verdict)) return cause;
  const possible = (own === undefined ? [false, true] : [own]).flatMap(each => possibleCauses(result, each));
  if (possible.includes(cause)) return cause;
  if (cause === 'answered-past-script')
    return possible.some(each => isProven(CAUSES[each].verdict)) ? cause : undefined;
  const today = possible.find(each => CAUSES[each].verdict === verdict);
  // Silence after a slow look-up was silence before it had a name of its own.
  return (
    today ?? (verdict === 'timed-out' ? possible.find(each => each === 'name-took-the-time') : undefined)
  );
}

/** By what a chain fails that the node does not accept; why it did not, results do not keep. */
const NOT_ACCEPTED = [
  'root-missing',
  'root-named',
  'chain-incomplete',
  'certificate-untrusted',
  'certificate-expired',
  'certificate-not-yet-valid',
  'certificate-wrong-name',
  'certificate-invalid',
] as const satisfies readonly Cause[];

function possibleCauses(result: ProbeResult, own: boolean): readonly Cause[] {
  const observation = measuredIn(result);
  const last = lastPhase(observation);
  if (result.route.kind === 'none' || last === undefined) return [];
  const where = last.phase === 'name' ? undefined : addressCause(observation, own);
  if (where === 'blocked-by-name' || where === 'private-address-not-allowed') return [where];
  const isAfterConnection = last.phase === 'tls' || last.phase === 'http';
  const signers = isAfterConnection ? signersOf(result, own) : [undefined];
  return signers.flatMap((signer): readonly Cause[] => {
    if (signer !== undefined && isFailure(CAUSES[signer].verdict)) return [signer];
    return last.outcome === 'ok' ? answers(observation, signer, own) : failures(observation, own);
  });
}

/** What the certificates of a handshake may have shown; undefined: nothing, or that they are the service's own. */
function signersOf(
  { protocol, phases, certificate }: ProbeResult,
  own: boolean,
): readonly (Cause | undefined)[] {
  if (protocol !== 'https') return [undefined];
  const isOpen = phases.some(({ phase, outcome }) => phase === 'tls' && outcome === 'ok');
  if (certificate === undefined) return [isOpen ? 'issuer-not-seen' : undefined, ...NOT_ACCEPTED];
  if (!isOpen && certificate.recognizedBy !== undefined) return [undefined];
  switch (certificate.recognizedBy) {
    case 'issuing-authority':
    case 'root':
      return [undefined];
    case 'public':
      return [own ? undefined : 'other-public-authority'];
    case 'none':
      return ['inspecting-product', own ? 'signed-by-unknown' : 'unknown-root'];
    case undefined:
      return [undefined, ...NOT_ACCEPTED];
  }
}

const NOBODY: KnownAuthorities = { roots: [], issuing: new Set(), issuingNames: new Set(), publicRoots: [] };
/** Any of its answers to CONNECT: what it said, results do not keep. */
const PROXY_STATUSES = [null, 200, 400, 403, 407, 502] as const;

function failures(observation: Observation, own: boolean): readonly Cause[] {
  const about = { own, lists: () => false };
  return PROXY_STATUSES.flatMap(proxyStatus =>
    // A text without a code may look as if it had one.
    [observation, withoutCodes(observation)].map(
      each => judgeEndpoint({ ...each, proxyStatus }, NOBODY, about).cause,
    ),
  );
}

function withoutCodes(observation: Observation): Observation {
  return { ...observation, phases: observation.phases.map(step => ({ ...step, code: '' })) };
}

/** Headers as a service, a page for people, a proxy's own answer and one that it passes on have them. */
const HEADERS: readonly Partial<ObservedHttp>[] = [
  {},
  { headers: ['x-ms-request-id'] },
  { contentType: 'text/html' },
  { headers: ['x-squid-error'] },
  { via: '1.1 proxy' },
];

function answers(observation: Observation, signer: Cause | undefined, own: boolean): readonly Cause[] {
  const { protocol, http } = observation;
  const listed: readonly EndpointFacts[] = [true, false].map(isListed => ({ own, lists: () => isListed }));
  if (protocol === 'udp' || protocol === 'tcp')
    return listed.map(about => judgeEndpoint(observation, NOBODY, about).cause);
  if (http === null) return [];
  const path = httpEvidenceOf(observation.host)?.path;
  const asked = { ...observation, ...(path !== undefined && { path }) };
  const seen = [asked, { ...asked, unmeasured: ['headers'] } as const];
  return listed.flatMap(about =>
    seen.flatMap(each => HEADERS.map(more => httpCause(each, { ...http, ...more }, signer, about))),
  );
}

/** A result as far as it keeps what was observed. */
function measuredIn(result: ProbeResult): Observation {
  const { host, port, protocol, route, addresses, http, startedAt } = result;
  return {
    ...{ id: '', host, port, protocol, addresses, startedAt },
    ...{ route: route.kind === 'proxy' ? 'proxy' : 'direct', proxy: route.proxy ?? '' },
    outcome: 'done',
    phases: result.phases.map(({ phase, ms, outcome, detail }) => ({
      ...{ phase, ms, detail },
      outcome: outcome === 'ok' || outcome === 'timeout' ? outcome : 'failed',
      code: outcome === 'ok' ? '' : (detail.split(': ', 1)[0] ?? ''),
    })),
    ...{ certificates: [], tlsErrors: [], proxyStatus: null },
    http: http === undefined ? null : { ...http, via: '', headers: [] },
  };
}

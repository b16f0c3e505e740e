import type { Observation } from '../../probe/observation';
import { isIssuingName, namedRootOf, ownAuthorityIn, recognize } from './authorities';
import type { KnownAuthorities } from './known-authorities';
import type { Cause } from '../causes';
import type { EndpointFacts } from '../endpoint-facts';
import { inspectingProduct } from './inspecting-products';

/**
 * What the certificates of a handshake show. Undefined: it showed none (it ended before), or they are the service's own.
 * A cause that is no failure says by whom the answer was signed; a failure that comes later still goes first.
 */
export function certificateCause(
  observation: Observation,
  known: KnownAuthorities,
  about: EndpointFacts,
): Cause | undefined {
  if (observation.protocol !== 'https') return undefined;
  const tls = observation.phases.find(item => item.phase === 'tls');
  const errors = new Set(observation.tlsErrors);
  if (errors.size > 0) return notAccepted(observation, errors, known);
  if (tls?.outcome !== 'ok') return undefined;
  if (observation.certificates.length > 0) return accepted(observation, known, about);
  // A server without a certificate ends no handshake of these clients: they offer no such cipher suite.
  return observation.unmeasured?.includes('certificates') === true ? 'issuer-not-seen' : 'unclear-report';
}

/** The node trusts the chain; whether the services use its authority is another question. */
function accepted(
  { certificates }: Observation,
  known: KnownAuthorities,
  about: EndpointFacts,
): Cause | undefined {
  switch (recognize(certificates, known)) {
    case 'issuing-authority':
    case 'root':
      return undefined;
    case 'public':
      // Nobody inspects with a public authority, and it has seen that the host's owner asked for the certificate.
      return about.own ? undefined : 'other-public-authority';
    case 'none':
      if (inspectingProduct(certificates) !== undefined) return 'inspecting-product';
      return about.own ? 'signed-by-unknown' : 'unknown-root';
  }
}

/** The most fundamental error counts: who signed it, then when, then for which name. */
function notAccepted(observation: Observation, errors: ReadonlySet<string>, known: KnownAuthorities): Cause {
  if (errors.has('UntrustedRoot') || errors.has('PartialChain'))
    return notTrusted(observation, errors, known);
  if (errors.has('NotTimeValid')) return outOfTime(observation);
  return errors.has('RemoteCertificateNameMismatch') ? 'certificate-wrong-name' : 'certificate-invalid';
}

/** The service's own authority in the chain, by thumbprint: then the node lacks what comes above it. */
function notTrusted(
  { certificates }: Observation,
  errors: ReadonlySet<string>,
  known: KnownAuthorities,
): Cause {
  if (ownAuthorityIn(certificates, known) !== undefined) return 'root-missing';
  const leaf = certificates[0];
  const alone = certificates.length === 1 && leaf !== undefined && leaf.issuer !== leaf.subject;
  // Names can be copied, so this is said as what the certificate claims, not as proof.
  if (alone && errors.has('PartialChain') && isIssuingName(leaf.issuer, known)) return 'chain-incomplete';
  if (namedRootOf(certificates, known) !== undefined) return 'root-named';
  return 'certificate-untrusted';
}

function outOfTime({ certificates, startedAt }: Observation): Cause {
  const early = certificates.some(
    item => item.notBefore !== '' && startedAt !== '' && item.notBefore > startedAt,
  );
  return early ? 'certificate-not-yet-valid' : 'certificate-expired';
}

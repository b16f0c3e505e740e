import type {
  ObservedCertificate,
  ObservedHttp,
  ObservedPhase,
  Observation,
} from '../../src/app/reachability/probe/observation';
import { expectedPhases } from '../../src/app/reachability/verdict/verdict';

export const PUBLIC_ROOT = 'CN=DigiCert Global Root G2, OU=www.digicert.com, O=DigiCert Inc, C=US';

export function chainTo(
  root: string,
  notBefore = '2026-01-01T00:00:00.000Z',
): readonly ObservedCertificate[] {
  const link = (subject: string, issuer: string): ObservedCertificate => ({
    subject,
    issuer,
    thumbprint: 'AB',
    notBefore,
    notAfter: '2027-01-01T00:00:00.000Z',
  });
  return [link('CN=host', 'CN=Issuer'), link('CN=Issuer', root), link(root, root)];
}

export const ANSWER: ObservedHttp = { status: 200, server: '', via: '', location: '', headers: [] };

/** An observation that went all the way, changed as wanted. */
export function observed(change: Partial<Observation> = {}): Observation {
  const protocol = change.protocol ?? 'https';
  const route = change.route ?? 'direct';
  return {
    id: `a.example:443/${protocol}`,
    host: 'a.example',
    port: 443,
    protocol,
    route,
    proxy: route === 'proxy' ? 'proxy.example:8080' : '',
    outcome: 'done',
    phases: expectedPhases({ protocol, route }).map(phase => ({
      phase,
      ms: 10,
      outcome: 'ok',
      code: '',
      detail: '',
    })),
    addresses: ['192.0.2.1'],
    certificates: protocol === 'https' ? chainTo(PUBLIC_ROOT) : [],
    tlsErrors: [],
    http: protocol === 'tcp' ? null : ANSWER,
    proxyStatus: route === 'proxy' && protocol !== 'http' ? 200 : null,
    startedAt: '2026-11-24T07:00:00.000Z',
    ...change,
  };
}

/** The same, ended at a phase. */
export function endedAt(last: Partial<ObservedPhase>, change: Partial<Observation> = {}): Observation {
  const whole = observed(change);
  const end = whole.phases.findIndex(item => item.phase === last.phase);
  const phases = whole.phases
    .slice(0, end + 1)
    .map((item, index): ObservedPhase => (index === end ? { ...item, outcome: 'failed', ...last } : item));
  return {
    ...whole,
    certificates: phases.some(item => item.phase === 'tls' && item.outcome === 'ok')
      ? whole.certificates
      : [],
    http: null,
    proxyStatus: null,
    outcome: last.outcome === 'timeout' ? 'timeout' : 'done',
    ...change,
    phases,
  };
}

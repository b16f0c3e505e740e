import * as fc from 'fast-check';
import { ANSWER, chainTo, endedAt, observed } from '../../../../test/jest/observations';
import { anyMeasured } from '../../../../test/jest/any-measured';
import type { Observation } from '../probe/observation';
import { causeBorneOut } from './borne-out';
import { type Cause, CAUSES } from './causes';
import { KNOWN_AUTHORITIES } from './certificates/known-authorities';
import type { ProbeResult } from './probe-result';
import { byAnotherWay, toResult } from './result';
import { isProven } from './verdicts';

const seen = (observation: Observation, own = false): ProbeResult => {
  const { id, host, port, protocol } = observation;
  const target = { id, host, port, protocol, rules: own ? ['own-1'] : ['r'], standsFor: [] };
  const about = { own, lists: (name: string) => name === 'a.example' };
  return toResult('n1', target, observation, KNOWN_AUTHORITIES, about);
};
const saying = (result: ProbeResult, cause: Cause): ProbeResult => ({
  ...result,
  cause,
  verdict: CAUSES[cause].verdict,
});

const signedBy = (recognizedBy: 'root' | 'public' | 'none'): ProbeResult => {
  const { certificate, ...result } = seen(observed());
  return { ...result, ...(certificate && { certificate: { ...certificate, recognizedBy } }) };
};

const slowlyResolved = ((): ProbeResult => {
  const ended = endedAt({ phase: 'tls', outcome: 'timeout', ms: 600 });
  return seen({
    ...ended,
    phases: ended.phases.map(each => (each.phase === 'name' ? { ...each, ms: 4300 } : each)),
  });
})();

describe('A result and its measurements', () => {
  it('bear each other out whenever the result was judged by them', () => {
    fc.assert(
      fc.property(anyMeasured, fc.boolean(), fc.boolean(), (observation, own, isOtherWay) => {
        const judged = seen(observation, own);
        const result = isOtherWay ? byAnotherWay(judged) : judged;
        expect([causeBorneOut(result, own), causeBorneOut(result)]).toEqual([result.cause, result.cause]);
      }),
      { numRuns: 2000 },
    );
  });

  it('contradict each other where it says reachable of what nobody answered, or no proven one', () => {
    fc.assert(
      fc.property(
        anyMeasured,
        fc.boolean(),
        fc.constantFrom<Cause>(
          'answered',
          'answered-refusal',
          'answered-failure',
          'answered-elsewhere',
          'answered-past-script',
        ),
        (observation, own, cause) => {
          const result = saying(seen(observation, own), cause);
          const hasFailed = result.phases.some(({ outcome }) => outcome !== 'ok');
          const isUnproven =
            result.protocol === 'https' &&
            !['root', 'issuing-authority', 'public', undefined].includes(result.certificate?.recognizedBy);
          const isMute =
            result.http === undefined || result.http.status < 200 || /tcp|udp/.test(result.protocol);
          if (hasFailed || isUnproven || isMute)
            expect([result, causeBorneOut(result)]).toEqual([result, undefined]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('contradict each other where it says that something failed of a step that went well', () => {
    const whole = seen(observed());
    expect(isProven(whole.verdict)).toBe(true);
    const failing = Object.keys(CAUSES).filter(
      (cause): cause is Cause =>
        !['reachable', 'not-proven', 'not-tested', 'node-unavailable'].includes(
          CAUSES[cause as Cause].verdict,
        ),
    );
    expect(failing.filter(cause => causeBorneOut(saying(whole, cause)) !== undefined)).toEqual([]);
  });

  it.each<[string, Cause, ProbeResult]>([
    [
      'a refusal of the proxy',
      'answered',
      seen(endedAt({ phase: 'proxy' }, { route: 'proxy', proxyStatus: 407 })),
    ],
    ['silence', 'answered', seen(endedAt({ phase: 'connect', outcome: 'timeout' }))],
    ['silence', 'connection-refused', seen(endedAt({ phase: 'connect', outcome: 'timeout' }))],
    ['silence', 'connected', seen(endedAt({ phase: 'connect', outcome: 'timeout' }))],
    ['a name that is not found', 'tls-reset', seen(endedAt({ phase: 'name', code: 'HostNotFound' }))],
    ['a time server', 'answered', seen(observed({ protocol: 'udp', port: 123 }))],
    ['an open port', 'answered', seen(observed({ protocol: 'tcp' }))],
    ['an inspected chain', 'answered', seen(observed({ certificates: chainTo('CN=Zscaler Root CA') }))],
    ['a chain that is not accepted', 'answered', seen(observed({ certificates: [] }))],
    ['an authority of the public web', 'unknown-root', signedBy('public')],
    ['an unknown authority', 'other-public-authority', signedBy('none')],
    ["the service's authority", 'certificate-expired', signedBy('root')],
    ['a name that a filter blocks', 'answered', { ...seen(observed()), addresses: ['0.0.0.0'] }],
    ['nothing at all', 'answered', { ...seen(observed()), phases: [] }],
    ['no way', 'answered', { ...seen(observed()), route: { kind: 'none' } }],
    ['no certificate', 'answered', { ...seen(observed()), certificate: undefined }],
  ])('contradict each other: %s, and %s', (_, cause, result) => {
    expect(causeBorneOut(saying(result, cause), false)).toBeUndefined();
  });

  it.each<[Cause, Cause, ProbeResult]>([
    // As versions named it before it had a cause of its own.
    [
      'unreachable',
      'only-ipv6',
      seen(endedAt({ phase: 'connect', code: 'NetworkUnreachable' }, { addresses: ['2001:db8::1'] })),
    ],
    ['tls-timed-out', 'name-took-the-time', slowlyResolved],
    ['answered', 'answered-failure', seen(observed({ http: { ...ANSWER, status: 503 } }))],
  ])('take the name of today where a cause had another: %s, now %s', (named, today, result) => {
    expect(causeBorneOut(saying(result, named))).toBe(today);
  });
});

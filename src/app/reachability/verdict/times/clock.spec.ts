import { ANSWER, observed } from '../../../../../test/jest/observations';
import { clockSkewOf, clockSkewOfNode } from './clock';
import type { ProbeResult } from '../probe-result';

const at = (date: string): number | undefined => clockSkewOf(observed({ http: { ...ANSWER, date } }));

describe('The clock of a node', () => {
  it('is held against the date of a server', () => {
    // Observations start at seven o'clock sharp and take 40 ms.
    expect(at('2026-11-24T07:00:00.000Z')).toBe(0);
    expect(at('2026-11-24T06:59:35.000Z')).toBe(0);
    expect(at('2026-11-24T07:00:40.000Z')).toBe(-40);
    expect(at('2026-11-24T06:00:00.000Z')).toBe(3600);
    expect(at('2026-11-24T07:10:00.000Z')).toBe(-600);
    expect(clockSkewOf(observed())).toBeUndefined();
    expect(
      clockSkewOf(observed({ startedAt: '', http: { ...ANSWER, date: '2026-11-24T06:00:00.000Z' } })),
    ).toBe(undefined);
  });

  it('is not held against a date that a cache kept', () => {
    const http = { ...ANSWER, date: '2026-11-24T02:00:00.000Z', headers: ['date', 'age', 'x-cache'] };
    expect(clockSkewOf(observed({ http }))).toBeUndefined();
  });

  it.each([
    ['+00.0012345s', 0],
    ['-00.0012345s', 0],
    ['+3600.5s', -3600],
    ['-86400,1s', 86_400],
    ['soon', undefined],
  ])('is held against what a time server says: %s', (detail, skew) => {
    const phases = [
      { phase: 'name', ms: 1, outcome: 'ok', code: '', detail: '' },
      { phase: 'ntp', ms: 1, outcome: 'ok', code: '', detail },
    ] as const;
    expect(clockSkewOf(observed({ protocol: 'udp', phases, http: null }))).toBe(skew);
  });

  it('is wrong when enough servers say so', () => {
    const skewOf = (skews: readonly number[], verdict = 'reachable'): number | undefined =>
      clockSkewOfNode(
        skews.map((clockSkewSeconds, index) => ({
          ...{ host: `h${index}`, verdict, clockSkewSeconds },
        })) as unknown as readonly ProbeResult[],
      );
    expect(skewOf([40, 3600, 3601])).toBe(3600);
    expect(skewOf([3600, 3601])).toBeUndefined();
    // Three caches with old dates say nothing against four servers that agree.
    expect(skewOf([900, 1200, 86_400, 0, 0, 0, 0])).toBe(0);
    // A filter's page has the filter's date.
    expect(skewOf([3600, 3600, 3600], 'http-blocked')).toBeUndefined();
    expect(skewOf([3600, 3600, 3600], 'not-proven')).toBeUndefined();
  });
});

import { ANSWER, observed } from '../../../../test/jest/observations';
import { clockSkewOf, clockSkewOfNode } from './clock';
import type { ProbeResult } from './probe-result';

const at = (date: string): number | undefined => clockSkewOf(observed({ http: { ...ANSWER, date } }));

describe('The clock of a node', () => {
  it('is held against the date of a server', () => {
    // Observations start at seven o'clock sharp and take 40 ms.
    expect(at('2026-11-24T07:00:00.000Z')).toBeUndefined();
    expect(at('2026-11-24T06:00:00.000Z')).toBe(3600);
    expect(at('2026-11-24T07:10:00.000Z')).toBe(-600);
    expect(clockSkewOf(observed())).toBeUndefined();
    expect(
      clockSkewOf(observed({ startedAt: '', http: { ...ANSWER, date: '2026-11-24T06:00:00.000Z' } })),
    ).toBe(undefined);
  });

  it('is wrong when enough servers say so', () => {
    const results = [10, 3600, 3601].map((clockSkewSeconds, index) => ({
      host: `h${index}`,
      clockSkewSeconds,
    }));
    expect(clockSkewOfNode(results as unknown as readonly ProbeResult[])).toBe(3600);
    expect(clockSkewOfNode(results.slice(1) as unknown as readonly ProbeResult[])).toBeUndefined();
  });
});

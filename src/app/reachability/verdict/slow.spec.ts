import { slowMs } from './slow';

const took = (...times: readonly number[]) =>
  times.map(ms => ({ phase: 'http', ms, outcome: 'ok', detail: '' }) as const);

describe('A slow endpoint', () => {
  it.each([
    ['reachable', [10, 20, 2000], undefined],
    ['reachable', [10, 20, 2970], 3000],
    ['not-proven', [1500, 1500.4], 3000],
    ['timed-out', [5000], undefined],
    ['not-tested', [], undefined],
  ] as const)('%s after %j ms', (verdict, times, expected) => {
    expect(slowMs({ verdict, phases: took(...times) })).toBe(expected);
  });
});

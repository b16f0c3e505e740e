import * as fc from 'fast-check';
import { observed } from '../../../../../test/jest/observations';
import { runOf } from '../../../../../test/jest/runs';
import type { Observation, PhaseName } from '../../probe/observation';
import { slowOf } from './slow';
import { gradeOf } from '../verdicts';

/** Milliseconds of the steps that took any. */
const taking = (
  times: Partial<Record<PhaseName, number>>,
  change: Partial<Observation> = {},
): Observation => {
  const whole = observed(change);
  return { ...whole, phases: whole.phases.map(step => ({ ...step, ms: times[step.phase] ?? 1 })) };
};

describe('A slow answer', () => {
  it.each([
    [{ http: 1999 }, 5000, undefined],
    [{ http: 2000 }, 5000, { step: 'http', ms: 2000 }],
    [{ name: 4012.4 }, 10_000, { step: 'name', ms: 4012 }],
    [{ connect: 3000, tls: 2000 }, 5000, { step: 'connect', ms: 3000 }],
    // Many steps that each took a little are no step of the network that is slow.
    [{ name: 1000, connect: 1000, tls: 1000, http: 1000 }, 5000, undefined],
    [{ tls: 999 }, 1000, undefined],
    [{ tls: 1000 }, 1000, { step: 'tls', ms: 1000 }],
    [{ tls: 60_000 }, 0, undefined],
  ] as const)('by its steps %j, allowed %i ms', (times, allowed, slow) => {
    expect(slowOf(taking(times), allowed)).toEqual(slow);
  });

  it('is not slow by what the script itself lost', () => {
    expect(slowOf({ ...taking({ tls: 4000 }), heldUpMs: 2500 }, 5000)).toBeUndefined();
    expect(slowOf({ ...taking({ tls: 4500 }), heldUpMs: 500 }, 5000)).toEqual({ step: 'tls', ms: 4000 });
  });

  it('does not name a step that was not timed apart', () => {
    const tunnel = taking({ tls: 4000 }, { route: 'proxy' });
    const phases = tunnel.phases.map(step =>
      step.phase === 'proxy' ? { ...step, ms: 0, detail: 'not timed apart from what follows' } : step,
    );
    expect(slowOf({ phases }, 5000)).toEqual({ step: 'opening', ms: 4000 });
    expect(slowOf(taking({ proxy: 4000 }, { route: 'proxy' }), 5000)?.step).toBe('proxy');
  });

  it('keeps its verdict, whatever it took, and is told of answers only', () => {
    const step = fc.record({
      ms: fc.double({ min: 0, max: 20_000, noNaN: true }),
      outcome: fc.constantFrom('ok', 'ok', 'ok', 'failed', 'timeout'),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 4, maxLength: 4 }), times => {
        const { phases } = observed();
        const end = times.findIndex(({ outcome }) => outcome !== 'ok');
        const seen = phases
          .slice(0, end < 0 ? phases.length : end + 1)
          .map((each, index) => ({ ...each, ...times[index] }));
        const run = runOf(['node1'], ['a.example:443'], () => ({ phases: seen }));
        const quick = runOf(['node1'], ['a.example:443'], () => ({
          phases: seen.map(each => ({ ...each, ms: 1 })),
        }));
        const [result] = run.cells.get('node1')?.values() ?? [];
        const [other] = quick.cells.get('node1')?.values() ?? [];
        expect(other?.slow).toBeUndefined();
        // What times out after no time was not given any; that is another matter.
        if (end < 0) expect([result?.verdict, result?.cause]).toEqual([other?.verdict, other?.cause]);
        if (result?.slow !== undefined) expect(gradeOf(result.verdict)).toBe('proven');
      }),
    );
  });
});

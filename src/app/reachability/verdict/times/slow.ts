import type { ObservedPhase, Observation, PhaseName } from '../../probe/observation';
import { isUntimed } from '../../probe/own-words';

/** Where the time went; `opening`: several steps up to the first byte of TLS, which were not timed apart. */
export const SLOW_STEPS = ['name', 'connect', 'proxy', 'opening', 'tls', 'http', 'ntp'] as const;
export type SlowStep = (typeof SLOW_STEPS)[number];

/** One step of the network took most of an answer's time, and a large part of what it was allowed. */
export interface Slow {
  readonly step: SlowStep;
  /** Of this step alone. */
  readonly ms: number;
}

/** Less is not worth a word, however little time was allowed. */
const LEAST_MS = 1000;
/** Of the time allowed: what takes more has little left for a bad day, since clients give up as the probe does. */
const LARGE_PART = 0.4;

/**
 * The step that made an answer slow; undefined when none did. Depends on the observation alone; in what time the script
 * did not run, the network may have answered, so that it does not count.
 *
 * @param timeoutMs what the endpoint was allowed; 0: not known, then nothing is slow
 */
export function slowOf(
  { phases, heldUpMs = 0 }: Pick<Observation, 'phases' | 'heldUpMs'>,
  timeoutMs: number,
): Slow | undefined {
  const [first] = phases;
  if (timeoutMs <= 0 || first === undefined || phases.some(({ outcome }) => outcome !== 'ok'))
    return undefined;
  const longest = phases.reduce((most, next) => (next.ms > most.ms ? next : most), first);
  const ms = longest.ms - heldUpMs;
  if (ms < LEAST_MS || ms < LARGE_PART * timeoutMs) return undefined;
  return { step: stepOf(longest, phases), ms: Math.round(ms) };
}

function stepOf(longest: ObservedPhase, phases: readonly ObservedPhase[]): PhaseName | 'opening' {
  const before = phases[phases.indexOf(longest) - 1];
  return before !== undefined && isUntimed(before) ? 'opening' : longest.phase;
}

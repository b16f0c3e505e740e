import type { ProbeResult } from './probe-result';
import { isFailure, isUnknown } from './verdicts';

/** Clients of the services give up after ten seconds and more; what takes three has little left for a bad day. */
const SLOW_MS = 3000;

/**
 * How long an endpoint took that did answer, when that was long: milliseconds. Undefined: not long, or it did not answer.
 * It is no failure, and may be the node's own slowness: the other endpoints of the node tell.
 */
export function slowMs({ verdict, phases }: Pick<ProbeResult, 'verdict' | 'phases'>): number | undefined {
  const ms = phases.reduce((sum, phase) => sum + phase.ms, 0);
  return isFailure(verdict) || isUnknown(verdict) || ms < SLOW_MS ? undefined : Math.round(ms);
}

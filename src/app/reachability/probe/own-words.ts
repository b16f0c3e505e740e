import type { ObservedPhase } from './observation';

/** Not every curl notes when the connection was there; that it was, its address tells. */
export const UNTIMED = 'not timed apart from what follows';
/** No variable of `--write-out` has them (curl's manual, --write-out), and with Schannel the running commentary has not either. */
export const UNTOLD = "version and cipher: not told by the node's curl";

/** Whether a step's time is part of the next one's. */
export function isUntimed({ detail }: Pick<ObservedPhase, 'detail'>): boolean {
  return detail.endsWith(UNTIMED);
}

/** What a node said of a step, and, apart from it, which of this tool's own remarks stands in its place or after it. */
export function saidOf(step: Pick<ObservedPhase, 'detail'>): {
  readonly words: string;
  readonly remark?: 'untimed' | 'untold';
} {
  if (step.detail === UNTOLD) return { words: '', remark: 'untold' };
  if (!isUntimed(step)) return { words: step.detail };
  return { words: step.detail.slice(0, -UNTIMED.length).replace(/; $/, ''), remark: 'untimed' };
}

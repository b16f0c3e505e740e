import { type MonoTypeOperatorFunction, retry, throwError, timer } from 'rxjs';

/** Statuses with which a gateway that restarts, or a load balancer before it, answers; 0: nobody did. */
const PASSING: ReadonlySet<number> = new Set([0, 429, 502, 503, 504]);
/** Waits before each new try, in ms: half a minute in all, as long as a gateway takes to restart. */
const WAITS_MS: readonly number[] = [250, 500, 1000, 2000, 4000, 6000, 8000, 8000];

/** Whether a failure of a request says nothing of the node: the gateway was away or busy for a moment. */
export function isPassing(thrown: unknown): boolean {
  if (typeof thrown !== 'object' || thrown === null) return false;
  const { status, response } = thrown as { readonly status?: unknown; readonly response?: unknown };
  // With the gateway's own words the request has been dealt with.
  return typeof status === 'number' && PASSING.has(status) && !hasWords(response);
}

/**
 * Asks again while the gateway is away.
 *
 * @param mayRepeat whether what failed may be done again, asked after each failure
 */
export function patiently<T>(mayRepeat: () => boolean = () => true): MonoTypeOperatorFunction<T> {
  return retry({
    count: WAITS_MS.length,
    resetOnSuccess: true,
    delay: (thrown: unknown, attempt) =>
      isPassing(thrown) && mayRepeat() ? timer(WAITS_MS[attempt - 1] ?? 0) : throwError(() => thrown),
  });
}

function hasWords(response: unknown): boolean {
  return typeof response === 'object' && response !== null && ('error' in response || 'errors' in response);
}

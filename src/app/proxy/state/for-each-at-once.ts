import { defer, from, lastValueFrom, mergeMap } from 'rxjs';

/** Does the work for every item, for a limited number at the same time. */
export async function forEachAtOnce<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  await lastValueFrom(from(items).pipe(mergeMap(item => defer(() => work(item)), Math.max(1, atOnce))), {
    defaultValue: undefined,
  });
}

import { concat, defer, finalize, type Observable, Subject } from 'rxjs';

/** Makes works wait for each other: each begins when the one before is over, has failed, or was given up. */
export function turns(): <T>(work: Observable<T>) => Observable<T> {
  let last: Observable<never> | undefined;
  return work =>
    defer(() => {
      const before = last;
      const over = new Subject<never>();
      last = over;
      const whole = before === undefined ? work : concat(before, work);
      return whole.pipe(finalize(() => over.complete()));
    });
}

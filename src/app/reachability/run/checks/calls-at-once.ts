import { defer, finalize, Observable, switchMap, take } from 'rxjs';
import type { RemoteShell } from '../../../wac/remote-shell';

/** A shell with so many calls at the same time; the others wait, and have all of their own time when their turn comes. */
export function callsAtOnce(shell: RemoteShell, most: number): RemoteShell {
  const waiting: (() => void)[] = [];
  let running = 0;
  const turn = new Observable<void>(subscriber => {
    const begin = (): void => {
      running += 1;
      subscriber.next();
    };
    if (running < most) begin();
    else waiting.push(begin);
    return () => {
      const at = waiting.indexOf(begin);
      if (at >= 0) waiting.splice(at, 1);
    };
  });
  const end = (): void => {
    running -= 1;
    waiting.shift()?.();
  };
  return {
    run: (node, command, timeoutMs) =>
      turn.pipe(
        take(1),
        switchMap(() => defer(() => shell.run(node, command, timeoutMs)).pipe(finalize(end))),
      ),
  };
}

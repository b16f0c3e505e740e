import { catchError, EMPTY, from, ignoreElements, mergeMap, type Observable, tap } from 'rxjs';
import type { RemoteShell } from '../../wac/remote-shell';
import { RedirectTrail } from '../run/follow-up/follow-redirects';
import { callsAtOnce } from '../run/checks/calls-at-once';
import { failureOf } from '../run/checks/check-failure';
import { checkNode, type Measuring } from '../run/checks/node-check';
import type { ProxyUse } from '../run/checks/proxy-use';
import { guessedOf } from '../plan/way';
import { type RunState, waitingTargets } from '../run/run';
import { nodeEnded, proxyKnown, reportArrived } from '../run/run-steps';

export interface Work {
  readonly measuring: Measuring;
  readonly nodesAtOnce: number;
  /** Of each node. */
  readonly callsAtOnce: number;
  /** Now, ISO 8601. */
  time(): string;
  /** Takes each step of the run. */
  change(step: (run: RunState) => RunState): void;
}

/**
 * Measures what of a run is still waiting, from so many nodes at once; the others wait for their turn. Never errors:
 * what fails on a node becomes that node's end. Unsubscribing stops the work on all nodes.
 */
export function measureWaiting(shell: RemoteShell, run: RunState, work: Work): Observable<never> {
  return from(run.nodes).pipe(
    mergeMap(({ node }) => {
      const { name } = node;
      const targets = waitingTargets(run, name);
      if (targets.length === 0) return EMPTY;
      const told = (use: ProxyUse): void =>
        work.change(state =>
          proxyKnown(state, name, use.server, use.notices, guessedOf(targets, use, work.measuring.way)),
        );
      return checkNode(
        callsAtOnce(shell, work.callsAtOnce),
        node,
        targets,
        work.measuring,
        told,
        new RedirectTrail(run, name),
      ).pipe(
        tap({
          next: value => work.change(state => reportArrived(state, name, value)),
          complete: () => work.change(state => nodeEnded(state, name, 'no-report', '', work.time())),
        }),
        catchError((thrown: unknown) => {
          const { cause, message } = failureOf(thrown);
          work.change(state => nodeEnded(state, name, cause, message, work.time()));
          return EMPTY;
        }),
      );
    }, work.nodesAtOnce),
    ignoreElements(),
  );
}

import { catchError, filter, from, map, mergeMap, type Observable, of } from 'rxjs';
import type { Node } from '../../../cluster/cluster';
import type { RemoteShell } from '../../../wac/remote-shell';
import type { PairDoor } from '../../plan/pair-plan';
import type { PlanEntry } from '../../plan/probe-plan';
import { parseObservation } from '../../probe/parse-observation';
import { KNOWN_AUTHORITIES } from '../../verdict/certificates/known-authorities';
import type { Cause } from '../../verdict/causes';
import { judge } from '../../verdict/verdict';
import { failureOf } from './check-failure';
import { measureThrough } from './node-check';

/**
 * `open`: the connection came about. `refused`: the other node, or a firewall, said no: where nothing listens the way is open all
 * the same. `silent`: no answer. `name`: the other node's name was not found. `untested`: nothing was learned.
 */
export const PAIR_OUTCOMES = ['open', 'refused', 'silent', 'name', 'untested'] as const;
export type PairOutcome = (typeof PAIR_OUTCOMES)[number];

/** One port of one node, seen from another. */
export interface PairResult {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly outcome: PairOutcome;
}

/** A node from which nothing more comes, and why. */
export interface PairFailure {
  readonly from: string;
  readonly cause: Cause;
}

/** An open port that does not speak takes all of it: what stays silent longer than this is no neighbour. */
const PAIR_MS = 3_000;

/** Tries each port of each other node from each node; nodes at once as many as are allowed. Never errors. */
export function checkPairs(
  shell: RemoteShell,
  nodes: readonly Node[],
  doors: readonly PairDoor[],
  nodesAtOnce: number,
): Observable<PairResult | PairFailure> {
  return from(nodes).pipe(
    mergeMap(node => {
      const others = nodes.filter(other => other !== node);
      const places = others.flatMap(other => doors.map(({ port }) => ({ other, port })));
      const targets = places.map(({ other, port }) => targetOf(other, port));
      const measuring = { timeoutMs: PAIR_MS, way: { kind: 'direct' } } as const;
      const result = (id: string, outcome: PairOutcome): PairResult | undefined => {
        const place = places[targets.findIndex(target => target.id === id)];
        return place && { from: node.name, to: place.other.name, port: place.port, outcome };
      };
      return measureThrough(shell, node, targets, measuring, { server: '', bypass: [] }).pipe(
        map(value => {
          const observation = parseObservation(value);
          return (
            observation && result(observation.id, outcomeOf(judge(observation, KNOWN_AUTHORITIES).cause))
          );
        }),
        filter(found => found !== undefined),
        catchError((thrown: unknown) => of({ from: node.name, cause: failureOf(thrown).cause })),
      );
    }, nodesAtOnce),
  );
}

function targetOf(node: Node, port: number): PlanEntry {
  return { id: `${node.fqdn}:${port}/tcp`, host: node.fqdn, port, protocol: 'tcp', rules: [], standsFor: [] };
}

const OUTCOMES: Readonly<Partial<Record<Cause, PairOutcome>>> = {
  connected: 'open',
  'connected-web-port': 'open',
  'connection-refused': 'refused',
  'connection-reset': 'refused',
  'private-address-refused': 'refused',
  'blocked-on-node': 'refused',
  'connect-timed-out': 'silent',
  'private-address': 'silent',
  unreachable: 'silent',
  'no-such-name': 'name',
  'name-server-silent': 'name',
  'name-server-failed': 'name',
  'blocked-by-name': 'name',
};

/** What is said of all ports of one node seen from another: the worst first; undefined where all are open. */
export function worstOf(results: readonly PairResult[]): PairOutcome | undefined {
  const order: readonly PairOutcome[] = ['silent', 'name', 'untested', 'refused'];
  return order.find(outcome => results.some(result => result.outcome === outcome));
}

function outcomeOf(cause: Cause): PairOutcome {
  return OUTCOMES[cause] ?? 'untested';
}

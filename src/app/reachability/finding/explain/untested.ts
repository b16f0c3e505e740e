import { type Cause, ownerOf } from '../../verdict/causes';
import { isUnknown } from '../../verdict/verdicts';
import { type Draft, endpoints, type Explainer, nodeNames, plural, sentence, where } from './draft';
import type { Sentence } from '../finding';
import { type Cell, groupBy, nodesOf, type Seen } from '../seen';

/** These are about nodes and have titles of their own, with the nodes first. */
const ABOUT_NODES: ReadonlySet<Cause> = new Set([
  'node-down',
  'node-unreachable',
  'access-denied',
  'constrained-language',
  'script-failed',
  'call-timed-out',
  'gateway-failed',
  'proxy-setting-unreadable',
  'way-unknown',
  'no-report',
  'not-in-run',
]);

/** Nodes from which nothing, or not all, was measured, and single endpoints that a node could not try. */
export const explainUntested: Explainer = (open, seen) => {
  const untested = open.filter(({ result }) => isUnknown(result.verdict));
  return [...groupBy(untested, ({ result }) => result.cause)].map(([cause, cells]): Draft => {
    const action = sentence(`reachability.cause.${cause}.action`);
    const title = titleOf(cause, cells, seen);
    return { kind: 'untested', about: cause, cells, owner: ownerOf(cause), title, next: action, ask: action };
  });
};

function titleOf(cause: Cause, cells: readonly Cell[], seen: Seen): Sentence {
  if (ABOUT_NODES.has(cause)) {
    const key = plural(`finding.untested.${cause}`, nodesOf(cells, seen).length);
    return sentence(key, nodeNames(cells, seen), endpoints(cells));
  }
  if (cause === 'contradicts-itself') {
    const key = plural(`finding.untested.${cause}`, cells.length);
    return sentence(key, cells.length, endpoints(cells), where(cells, seen));
  }
  const meaning = sentence(`reachability.cause.${cause}.meaning`);
  return sentence('finding.untested', endpoints(cells), where(cells, seen), meaning);
}

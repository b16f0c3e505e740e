import type { Cause } from '../../verdict/causes';
import { type Draft, type Explainer, hosts, nodeNames, plural, sentence, where } from './draft';
import type { FindingKind } from '../finding';
import { type Cell, groupBy, hostsOf, nodesOf, passed, type Seen, without } from '../seen';

const NO_ANSWER: ReadonlySet<Cause> = new Set(['name-server-silent', 'name-server-failed']);

/** From so many names on, a resolver is at fault and not a name. */
const ENOUGH_NAMES = 2;
const ENOUGH_UNKNOWN_NAMES = 3;

/** What resolvers do: first those that answer nothing, then the names that they do not give. */
export const explainNames: Explainer = (open, seen) => {
  const silent = open.filter(({ result }) => NO_ANSWER.has(result.cause));
  const missing = open.filter(({ result }) => result.cause === 'no-such-name');
  const state = new Map(
    [...groupBy(silent, nodeOf)].map(([node, cells]) => [node, resolverState(node, cells, seen)]),
  );
  const ofState = (kind: FindingKind): readonly Cell[] =>
    silent.filter(cell => state.get(nodeOf(cell)) === kind);
  const blind = [...groupBy(missing, nodeOf)]
    .filter(([node, cells]) => knowsNothing(node, cells, seen))
    .flatMap(([, cells]) => cells);
  const unknown = without(missing, blind);
  return [
    ...resolvers('resolver-silent', ofState('resolver-silent'), seen),
    ...resolvers('resolver-stopped', ofState('resolver-stopped'), seen),
    ...resolvers('resolver-blind', blind, seen),
    ...names('names-unanswered', ofState('names-unanswered'), seen),
    ...names('names-missing', unknown, seen),
  ];
};

function resolvers(kind: FindingKind, cells: readonly Cell[], seen: Seen): readonly Draft[] {
  if (cells.length === 0) return [];
  const title = sentence(
    plural(`finding.${kind}`, nodesOf(cells, seen).length),
    nodeNames(cells, seen),
    hosts(cells),
  );
  return [{ kind, about: '', cells, owner: 'dns', title }];
}

/** By the nodes on which each name is not given, all of a kind together. */
function names(kind: FindingKind, cells: readonly Cell[], seen: Seen): readonly Draft[] {
  const asking = groupBy(
    seen.cells.filter(({ result }) => asksResolver(result)),
    ({ entry }) => entry.host,
  );
  const everywhere = [...groupBy(cells, ({ entry }) => entry.host)]
    .filter(([host, group]) => nodesOf(asking.get(host) ?? [], seen).length === nodesOf(group, seen).length)
    .flatMap(([, group]) => group);
  const somewhere = without(cells, everywhere);
  return [everywhere, somewhere]
    .filter(group => group.length > 0)
    .map((group): Draft => ({
      kind,
      about: group === everywhere ? 'everywhere' : 'somewhere',
      cells: group,
      owner: 'dns',
      title: sentence(plural(`finding.${kind}`, hostsOf(group).length), hosts(group), where(group, seen)),
      context: resolvedElsewhere(group, seen),
    }));
}

function resolvedElsewhere(cells: readonly Cell[], seen: Seen): Draft['context'] {
  const wanted = new Set(hostsOf(cells));
  const resolved = seen.cells.filter(({ entry, result }) => wanted.has(entry.host) && isResolved(result));
  const nodes = nodesOf(resolved, seen);
  return nodes.length === 0 ? [] : [sentence('finding.context.resolvedOn', nodes.join(', '))];
}

/** What a node's unanswered names say of its resolver. */
function resolverState(node: string, silent: readonly Cell[], seen: Seen): FindingKind {
  const asked = hostsOf(silent).length;
  const resolved = seen.of(node).filter(({ result }) => isResolved(result));
  if (asked < ENOUGH_NAMES) return 'names-unanswered';
  if (resolved.length === 0) return 'resolver-silent';
  const firstSilent = silent.map(({ result }) => result.startedAt).sort()[0] ?? '';
  const lastResolved =
    resolved
      .map(({ result }) => result.startedAt)
      .sort()
      .at(-1) ?? '';
  const stopped = firstSilent >= lastResolved || asked > hostsOf(resolved).length;
  return stopped ? 'resolver-stopped' : 'names-unanswered';
}

/** It answers, and knows no name at all: it does not ask the internet. */
function knowsNothing(node: string, missing: readonly Cell[], seen: Seen): boolean {
  return (
    hostsOf(missing).length >= ENOUGH_UNKNOWN_NAMES && !seen.of(node).some(({ result }) => isResolved(result))
  );
}

function asksResolver(result: Cell['result']): boolean {
  return result.route.kind === 'direct' && result.phases.some(({ phase }) => phase === 'name');
}

function isResolved(result: Cell['result']): boolean {
  return result.route.kind === 'direct' && passed(result, 'name');
}

function nodeOf({ result }: Cell): string {
  return result.node;
}

import type { Cause, Owner } from '../../verdict/causes';
import type { FindingKind, Sentence } from '../finding';
import { type Cell, entriesOf, hostsOf, nodesOf, type Seen } from '../seen';

/** A finding before its scope and evidence are put together. */
export interface Draft {
  readonly kind: FindingKind;
  /** What it is about, besides its kind: keeps its id the same in other runs. */
  readonly about: string;
  readonly cells: readonly Cell[];
  /** Results that did not fail and show it: they say on which nodes it is so, and are not explained by it. */
  readonly shownBy?: readonly Cell[];
  /** Where not the cells say it: what is seen elsewhere, which they lead to. */
  readonly cause?: Cause;
  readonly owner: Owner;
  readonly title: Sentence;
  /** Where the kind's own sentences do not fit. */
  readonly next?: Sentence;
  readonly ask?: Sentence;
  readonly context?: readonly Sentence[];
}

/** Explains some of what is still unexplained. Claims no cell twice and none that is not open. */
export type Explainer = (open: readonly Cell[], seen: Seen) => readonly Draft[];

export function sentence(key: string, ...values: Sentence['values']): Sentence {
  return { key, values };
}

/** In a title; what was seen and the request have them all, as whoever mends it needs them. */
const MAX_NODES = 8;
const NAMED_NODES = 3;

/** `node3`, or several by name; of many the first ones and how many more. */
export function nodeNames(cells: readonly Cell[], seen: Seen): string | Sentence {
  return nodeList(nodesOf(cells, seen));
}

/** The same of names. */
export function nodeList(nodes: readonly string[]): string | Sentence {
  return nodes.length <= MAX_NODES
    ? nodes.join(', ')
    : sentence('finding.nodes.many', nodes.slice(0, NAMED_NODES).join(', '), nodes.length - NAMED_NODES);
}

/** Continues a sentence: "on all nodes", "on node1, node2". */
export function where(cells: readonly Cell[], seen: Seen): Sentence {
  const nodes = nodesOf(cells, seen);
  // Another endpoint on another node: then nothing holds for all of them.
  if (nodes.length * entriesOf(cells).length > cells.length)
    return sentence('finding.where.mixed', nodeList(nodes));
  if (seen.nodes.length > 1 && nodes.length === seen.nodes.length) return sentence('finding.where.all');
  if (seen.measuring.length > 1 && seen.measuring.every(node => nodes.includes(node)))
    return sentence('finding.where.measuring');
  return sentence('finding.where.some', nodeList(nodes));
}

/** "a.example:443", "a.example:443 and b.example:80" or "5 endpoints". */
export function endpoints(cells: readonly Cell[]): Sentence {
  return counted('endpoints', endpointNames(cells));
}

/** `host:port`, each once. */
export function endpointNames(cells: readonly Cell[]): readonly string[] {
  return [...new Set(entriesOf(cells).map(({ host, port }) => `${host}:${port}`))];
}

/** The same of places that are no endpoints. */
export function doorNames(doors: readonly string[]): Sentence {
  return counted('hosts', doors);
}

/** The same of host names. */
export function hosts(cells: readonly Cell[]): Sentence {
  return counted('hosts', hostsOf(cells));
}

/** As many are named; the request has them all. */
const MAX_HOSTS = 40;

/** The names of hosts that a title only counts. */
export function hostList(cells: readonly Cell[]): readonly Sentence[] {
  const names = hostsOf(cells);
  if (names.length <= 2) return [];
  const shown = names.slice(0, MAX_HOSTS).join(', ');
  return names.length <= MAX_HOSTS
    ? [sentence('finding.context.hosts', shown)]
    : [sentence('finding.context.hosts.more', shown, names.length - MAX_HOSTS)];
}

function counted(what: 'endpoints' | 'hosts', names: readonly string[]): Sentence {
  const [first = '', second = ''] = names;
  if (names.length === 1) return sentence('finding.name.one', first);
  if (names.length === 2) return sentence('finding.name.two', first, second);
  return sentence(`finding.${what}.many`, names.length);
}

/** Whose side of the network it is: behind a proxy it is the proxy's. */
export function sideOf(cells: readonly Cell[]): 'network' | 'proxy' {
  return cells.every(({ result }) => result.route.kind === 'proxy') ? 'proxy' : 'network';
}

/** The key for one or for several. */
export function plural(key: string, count: number): string {
  return `${key}.${count === 1 ? 'one' : 'many'}`;
}

const UNITS = [
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
] as const;

/** In the largest unit of which there are two at least. */
export function duration(seconds: number): Sentence {
  const [unit, length] = UNITS.find(([, each]) => seconds >= 2 * each) ?? (['seconds', 1] as const);
  return sentence(`finding.duration.${unit}`, Math.round(seconds / length));
}

import type { Node } from '../../cluster/cluster';
import type { ChangeKind, ChangeNote, ChangeRecord } from '../setting/change-record';
import type { Difference, ProxySetting } from '../setting/proxy-setting';
import { gatewaySignsOf } from '../setting/compare-layers';
import { type ArcAgent, isAgentRead } from '../setting/layers/arc-agent';
import { laterOf, mergeOrders, type Placed } from '../setting/record-order';
import { changedIds, isAccountValue } from '../setting/layers/raw-values';
import { differencesTo, NO_EXTRAS, type Wish } from './order';

export interface NodeSetting {
  readonly node: Node;
  readonly setting: ProxySetting;
}

export interface HistoryNode {
  readonly node: Node;
  readonly record: ChangeRecord;
}

/** One change of the cluster, as its nodes keep it. */
export interface HistoryEntry {
  readonly change: string;
  /** Of the first node that took it; ISO text, '' when no snapshot could be read. */
  readonly when: string;
  readonly who: string;
  readonly kind?: ChangeKind;
  /** What its nodes had before, each once; '' for no proxy. Empty when no snapshot could be read. */
  readonly from: readonly string[];
  /** Says something only where `kind` does. */
  readonly to: string;
  readonly nodes: readonly HistoryNode[];
}

/** All changes that the nodes know of, newest first. Roll-backs and retries belong to their change. */
export function historyOf(settings: readonly NodeSetting[]): readonly HistoryEntry[] {
  const byChange = new Map<string, HistoryNode[]>();
  const orders = settings.map(({ node, setting }) => {
    const order: string[] = [];
    // Oldest first: the first attempt on a node knows what it had before.
    for (const record of [...(setting.node?.records ?? [])].reverse()) {
      const change = record.note?.change || record.id;
      const nodes = byChange.get(change) ?? [];
      const known = nodes.findIndex(each => each.node.fqdn === node.fqdn);
      const first = nodes[known];
      if (first === undefined) {
        nodes.push({ node, record });
        order.unshift(change);
      } else if (record.outcome !== undefined)
        nodes[known] = { node, record: { ...first.record, outcome: record.outcome } };
      byChange.set(change, nodes);
    }
    return order;
  });
  const entries = new Map([...byChange].map(([change, nodes]) => [change, entryOf(change, nodes)]));
  const placeOf = (change: string): Placed => ({
    id: change,
    when: entries.get(change)?.when ?? '',
    ...latestNumber(entries.get(change)?.nodes ?? []),
  });
  const order = mergeOrders(orders, (a, b) => laterOf(placeOf(b), placeOf(a)));
  return order.flatMap(change => entries.get(change) ?? []);
}

function entryOf(change: string, nodes: readonly HistoryNode[]): HistoryEntry {
  const sorted = [...nodes].sort((a, b) => laterOf(a.record, b.record));
  const [first] = sorted;
  const note = sorted.find(({ record }) => record.note !== undefined)?.record.note;
  const froms = new Set(nodes.flatMap(({ record }) => record.note?.from ?? []));
  return {
    change,
    when: first?.record.when ?? '',
    who: first?.record.who ?? '',
    ...(note && { kind: note.kind }),
    from: [...froms],
    to: note?.to ?? '',
    nodes,
  };
}

function latestNumber(nodes: readonly HistoryNode[]): Pick<Placed, 'number'> {
  const numbers = nodes.flatMap(({ record }) => record.number ?? []);
  return numbers.length === 0 ? {} : { number: Math.max(...numbers) };
}

/** What a node keeps of a change: its first attempt, which knows what was before. */
export function recordOf(setting: ProxySetting | undefined, change: string): ChangeRecord | undefined {
  return setting?.node?.records.findLast(({ id, note }) => (note?.change || id) === change);
}

/** A node that is not as the last change wanted it, and in what way. */
export interface Drift {
  readonly node: Node;
  readonly differences: readonly Difference[];
}

/**
 * Nodes that are not as the last change that came to its end on any node left the cluster; until they match. A node
 * that was down at the time is among them.
 */
export function driftOf(settings: readonly NodeSetting[]): readonly Drift[] {
  const byNode = new Map(settings.map(({ node, setting }) => [node.fqdn, setting]));
  const isApplied = ({ node, record }: HistoryNode): boolean => holds(record, byNode.get(node.fqdn));
  const last = historyOf(settings).find(({ nodes }) => nodes.some(isApplied));
  const common = last?.nodes.find(isApplied)?.record.note;
  if (last === undefined || common === undefined) return [];
  // What a later version wanted beyond this one's knowledge cannot be held against a node.
  if (last.nodes.some(({ record }) => record.trouble === 'newer')) return [];
  return settings.flatMap(({ node, setting }) => {
    const record = last.nodes.find(item => item.node.fqdn === node.fqdn)?.record;
    const own = record?.note;
    const wish = wishOf(own ?? common, setting, own !== undefined);
    const differences = [
      ...(wish === undefined ? [] : differencesTo(setting, wish)),
      ...(record === undefined ? [] : changedSince(record, setting)),
    ];
    return differences.length === 0 ? [] : [{ node, differences }];
  });
}

/** Layers that a change left alone on a node are held to what they were then, and the Arc agent's own setting always. */
function changedSince({ note, values }: ChangeRecord, setting: ProxySetting): readonly Difference[] {
  const { node } = setting;
  if (note === undefined || node === undefined) return [];
  const found: Difference[] = [];
  if (values !== undefined && note.kind !== 'put-back') {
    const ids = changedIds(values, node.values);
    if (note.winHttp !== true && ids.some(id => id.startsWith('winhttp'))) found.push('winhttp-since');
    if (note.environment !== true && ids.some(id => id.startsWith('env.'))) found.push('environment-since');
  }
  const agent = ({ proxyUrl, proxyBypass, connectionType }: ArcAgent): string =>
    JSON.stringify([proxyUrl, proxyBypass, connectionType]);
  // Of an agent that came or went since, that could not be asked, or that a note of an earlier version does not name,
  // nothing is known to have drifted.
  if (isAgentRead(note.agent) && isAgentRead(setting.agent) && agent(note.agent) !== agent(setting.agent))
    found.push('agent-since');
  return found;
}

/**
 * Whether a change came to its end on a node: noted so, or ended and as wanted although the page that made it was gone
 * before it could note anything.
 */
function holds(record: ChangeRecord, setting: ProxySetting | undefined): boolean {
  const { outcome, ended, cutOff: noEnd, note } = record;
  if (outcome !== undefined || note === undefined || setting === undefined) return outcome === 'applied';
  const wish = ended && !noEnd ? wishOf(note, setting, true) : undefined;
  return wish !== undefined && differencesTo(setting, wish).length === 0;
}

/** What a change wanted of a node; undefined where nothing can be told, or the node is none of its business. */
function wishOf(note: ChangeNote, setting: ProxySetting, isOwn: boolean): Wish | undefined {
  const extras = {
    ...NO_EXTRAS,
    winHttp: note.winHttp === true,
    environment: note.environment === true,
  };
  if (note.kind === 'put-back') {
    const { target = '' } = note;
    const record = recordOf(setting, target) ?? setting.node?.records.find(({ id }) => id === target);
    return record?.values && { kind: 'put-back', record };
  }
  // Nodes that go out through Arc gateway are left alone by changes that would cut them off.
  if (!isOwn && gatewaySignsOf(setting).length > 0) return undefined;
  if (note.kind === 'remove') return { kind: 'remove', extras };
  if (note.server === undefined) return undefined;
  const server = note.keepsServer === true && !isOwn ? setting.server : note.server;
  return { kind: 'set', server, bypass: note.bypass ?? [], extras };
}

/** Nodes whose last command was cut off: its process is gone, and it never told its end. */
export function cutOff(settings: readonly NodeSetting[]): readonly Node[] {
  return settings
    .filter(({ setting }) => {
      const [last] = setting.node?.records ?? [];
      return last !== undefined && last.begun && last.cutOff && last.ended && last.outcome === undefined;
    })
    .map(({ node }) => node);
}

/**
 * Of those, the nodes on which the account's own values are not what they were before: the command wrote them, too, and
 * was cut off before it gave them back. `hidden`: another account ran it, whose values this one does not see.
 */
export function accountCutOff(settings: readonly NodeSetting[]): {
  readonly changed: readonly Node[];
  readonly hidden: readonly HistoryNode[];
} {
  const changed: Node[] = [];
  const hidden: HistoryNode[] = [];
  const names = new Set(cutOff(settings).map(({ fqdn }) => fqdn));
  for (const { node, setting } of settings) {
    const [record] = setting.node?.records ?? [];
    if (setting.node === undefined || record === undefined || !names.has(node.fqdn)) continue;
    if (record.note?.kind === 'put-back') continue;
    if (record.who.toLowerCase() !== setting.node.account.toLowerCase()) hidden.push({ node, record });
    else if (record.values && changedIds(record.values, setting.node.values).some(isAccountValue))
      changed.push(node);
  }
  return { changed, hidden };
}

/** Commands that began and never told their end, and whose process is there. */
export function neverEnded(settings: readonly NodeSetting[]): readonly Node[] {
  return settings
    .filter(({ setting }) => setting.node?.records.some(({ begun, ended }) => begun && !ended) === true)
    .map(({ node }) => node);
}

/** One more than the highest number of a change that any of these nodes keeps: a later change is known by it everywhere. */
export function nextNumber(settings: readonly ProxySetting[]): number {
  const numbers = settings.flatMap(({ node }) => node?.records.flatMap(({ number }) => number ?? []) ?? []);
  return Math.max(0, ...numbers) + 1;
}

/** How a change came out on a node; each has its sentence under `proxy.history.outcome.<code>`. */
export function outcomeOf({ outcome, ended, cutOff: noEnd }: ChangeRecord): string {
  if (outcome !== undefined) return outcome;
  if (!ended) return 'open';
  return noEnd ? 'cut-off' : 'ended';
}

/** The file of one entry: all that its nodes keep of it. */
export function historyJson(entry: HistoryEntry): string {
  const { nodes, ...rest } = entry;
  return `${JSON.stringify({ ...rest, nodes: nodes.map(({ node, record }) => ({ node: node.name, ...record })) }, null, 2)}\n`;
}

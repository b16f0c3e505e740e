import type { Node } from '../../cluster/cluster';
import type { ChangeKind, ChangeRecord } from '../setting/change-record';
import type { ProxySetting } from '../setting/proxy-setting';
import { laterOf, mergeOrders, type Placed } from '../setting/record-order';
import { withoutCredentials } from '../setting/layers/hidden-values';
import { changedIds, isAccountValue } from '../setting/layers/raw-values';

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

/** The file of one entry: all that its nodes keep of it, but for passwords. */
export function historyJson({ nodes, ...rest }: HistoryEntry): string {
  const told = nodes.map(({ node, record: { values, ...record } }) => ({
    node: node.name,
    ...record,
    ...(values && { values: withoutCredentials(values) }),
  }));
  return `${JSON.stringify({ ...rest, nodes: told }, null, 2)}\n`;
}

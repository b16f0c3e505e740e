import type { Node } from '../../cluster/cluster';
import type { ChangeKind, ChangeRecord } from '../setting/change-record';
import type { ProxySetting } from '../setting/proxy-setting';
import { differencesTo, NO_EXTRAS } from './order';

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
  readonly from: string;
  readonly to: string;
  readonly nodes: readonly HistoryNode[];
}

/** All changes that the nodes know of, newest first. Roll-backs and retries belong to their change. */
export function historyOf(settings: readonly NodeSetting[]): readonly HistoryEntry[] {
  const byChange = new Map<string, HistoryNode[]>();
  for (const { node, setting } of settings) {
    // Oldest first: the first attempt on a node knows what it had before.
    for (const record of [...(setting.node?.records ?? [])].reverse()) {
      const change = record.note?.change || record.id;
      const nodes = byChange.get(change) ?? [];
      const known = nodes.findIndex(each => each.node.fqdn === node.fqdn);
      const first = nodes[known];
      if (first === undefined) nodes.push({ node, record });
      else if (record.outcome !== undefined)
        nodes[known] = { node, record: { ...first.record, outcome: record.outcome } };
      byChange.set(change, nodes);
    }
  }
  return [...byChange]
    .map(([change, nodes]): HistoryEntry => {
      const [first] = [...nodes].sort((a, b) => (a.record.id < b.record.id ? -1 : 1));
      const note = first?.record.note;
      const froms = new Set(nodes.map(({ record }) => record.note?.from ?? ''));
      return {
        change,
        when: first?.record.when ?? '',
        who: first?.record.who ?? '',
        ...(note && { kind: note.kind }),
        from: [...froms].join(' | '),
        to: note?.to ?? '',
        nodes,
      };
    })
    .sort((a, b) => (a.change < b.change ? 1 : -1));
}

/** Nodes that are not as the last change that came to its end on any node left the cluster; until they match. */
export function driftOf(settings: readonly NodeSetting[]): readonly Node[] {
  const last = historyOf(settings).find(({ nodes }) =>
    nodes.some(({ record }) => record.outcome === 'applied'),
  );
  const note = last?.nodes.find(({ record }) => record.outcome === 'applied')?.record.note;
  if (note === undefined || note.kind === 'put-back') return [];
  const wish =
    note.kind === 'set' && note.server !== undefined
      ? ({ kind: 'set', server: note.server, bypass: note.bypass ?? [], extras: NO_EXTRAS } as const)
      : ({ kind: 'remove', extras: NO_EXTRAS } as const);
  return settings
    .filter(({ setting }) => (setting.node?.arcGateway.length ?? 0) === 0)
    .filter(({ setting }) => differencesTo(setting, wish).length > 0)
    .map(({ node }) => node);
}

/** Commands that began and never told their end: they may still be at work, or their process was killed. */
export function neverEnded(settings: readonly NodeSetting[]): readonly Node[] {
  return settings
    .filter(({ setting }) => setting.node?.records.some(({ begun, ended }) => begun && !ended) === true)
    .map(({ node }) => node);
}

/** The file of one entry: all that its nodes keep of it. */
export function historyJson(entry: HistoryEntry): string {
  const { nodes, ...rest } = entry;
  return `${JSON.stringify({ ...rest, nodes: nodes.map(({ node, record }) => ({ node: node.name, ...record })) }, null, 2)}\n`;
}

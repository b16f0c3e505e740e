import type { ChangeNote, ChangeRecord } from '../setting/change-record';
import { gatewaySignsOf } from '../setting/compare-layers';
import { type ArcAgent, isAgentRead } from '../setting/layers/arc-agent';
import { changedIds } from '../setting/layers/raw-values';
import type { Difference, ProxySetting } from '../setting/proxy-setting';
import { type HistoryNode, historyOf, type NodeSetting, outcomeOf, recordOf } from './history';
import { differencesTo, NO_EXTRAS, type Wish } from './order';

/** How a node came to be otherwise, as its records show; each has its sentence under `proxy.drift.why.<code>`. */
export type DriftReason =
  /** It keeps nothing of the last change: down, not chosen, or the change ended before its turn. */
  | 'not-reached'
  | 'rolled-back'
  /** The command ran, and the node has what it had before. */
  | 'as-before'
  | 'failed'
  | 'cut-off'
  /** A change after the last one that came to its end anywhere began on this node. */
  | 'later';

/** A node that is not as the last change wanted it, and in what way. */
export interface Drift extends NodeSetting {
  /** Absent: it was as wanted, or nobody knows. */
  readonly why?: DriftReason;
  /** Empty where `why` says it all. */
  readonly differences: readonly Difference[];
}

/**
 * Nodes that are not as the last change that came to its end on any node left the cluster; until they match. A node
 * that was down at the time is among them.
 */
export function driftOf(settings: readonly NodeSetting[]): readonly Drift[] {
  const byNode = new Map(settings.map(({ node, setting }) => [node.fqdn, setting]));
  const isApplied = ({ node, record }: HistoryNode): boolean => holds(record, byNode.get(node.fqdn));
  const history = historyOf(settings);
  const place = history.findIndex(({ nodes }) => nodes.some(isApplied));
  const last = history[place];
  const common = last?.nodes.find(isApplied)?.record.note;
  if (last === undefined || common === undefined) return [];
  // What a later version wanted beyond this one's knowledge cannot be held against a node.
  if (last.nodes.some(({ record }) => record.trouble === 'newer')) return [];
  const inLater = new Set(history.slice(0, place).flatMap(({ nodes }) => nodes.map(({ node }) => node.fqdn)));
  return settings.flatMap(({ node, setting }) => {
    const record = last.nodes.find(item => item.node.fqdn === node.fqdn)?.record;
    const own = record?.note;
    const wish = wishOf(own ?? common, setting, own !== undefined);
    const missed = wish === undefined ? [] : differencesTo(setting, wish);
    const why = missed.length === 0 ? undefined : reasonOf(record, setting, inLater.has(node.fqdn));
    const differences = [
      ...(why === undefined || !SAYS_ALL.has(why) ? missed : []),
      ...(record === undefined ? [] : changedSince(record, setting)),
    ];
    return missed.length + differences.length === 0
      ? []
      : [{ node, setting, differences, ...(why && { why }) }];
  });
}

/** What is otherwise follows from it: it is what the node had before. */
const SAYS_ALL: ReadonlySet<DriftReason> = new Set(['not-reached', 'rolled-back', 'as-before']);

function reasonOf(
  record: ChangeRecord | undefined,
  { node }: ProxySetting,
  isInLater: boolean,
): DriftReason | undefined {
  if (node === undefined) return undefined;
  if (isInLater) return 'later';
  if (record === undefined) return 'not-reached';
  const isAsBefore = record.values !== undefined && changedIds(record.values, node.values).length === 0;
  switch (outcomeOf(record)) {
    case 'rolled-back':
      return isAsBefore ? 'rolled-back' : undefined;
    case 'failed':
      return isAsBefore ? 'as-before' : 'failed';
    case 'cut-off':
      return isAsBefore ? 'as-before' : 'cut-off';
    case 'ended':
      return isAsBefore ? 'as-before' : undefined;
    default:
      return undefined;
  }
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

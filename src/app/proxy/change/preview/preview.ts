import { isReachableState, type Node } from '../../../cluster/cluster';
import { isAgentRead } from '../../setting/layers/arc-agent';
import { keepsArcGateway } from '../../setting/layers/arc-gateway';
import type { ProxySetting } from '../../setting/proxy-setting';
import type { Failure } from '../failure';
import { lostOf, type Proof, type ReachedIds } from '../node-change';
import { canGoBack, differencesTo, type Obstacle, obstacleFor, orderFor, type Wish } from '../order';
import { shownCommands } from './shown-commands';

/** What the needed endpoints do through the setting that is wished, before anything changes. */
export type PreFlight =
  | { readonly at: 'waiting' }
  /** Nothing to test: the node is left alone. */
  | { readonly at: 'none' }
  /** It could not be tested; that is no success. */
  | { readonly at: 'not-tested' }
  | {
      readonly at: 'tested';
      /** Through the wished setting. */
      readonly proof: Proof;
      /** Reached now. */
      readonly had: ReachedIds;
    };

/** One node as the preview shows it. */
export interface PreviewRow {
  readonly node: Node;
  readonly wish: Wish;
  readonly setting?: ProxySetting;
  /** Why it could not be read. */
  readonly failure?: Failure;
  readonly preFlight: PreFlight;
  /** By the administrator; undefined: as the tool proposes. */
  readonly choice?: boolean;
}

/** What becomes of a node when the preview is confirmed as it stands. */
export type PreviewState =
  | 'down'
  | 'unread'
  | 'already'
  | Obstacle
  | 'no-module'
  | 'no-way'
  | 'loses'
  /** The same where a proxy is taken away or given back, which is what was asked for. */
  | 'gives-up'
  | 'refused'
  | 'not-tested'
  /** The same where a proxy is taken away or given back. */
  | 'untested-after'
  | 'partly'
  | 'ready'
  | 'checking';

/** What a change would do on the node, or why nothing. */
export function stateOf(row: PreviewRow): PreviewState {
  const { node, setting, wish, preFlight } = row;
  if (!isReachableState(node.state)) return 'down';
  if (setting === undefined) return row.failure === undefined ? 'checking' : 'unread';
  if (differencesTo(setting, wish).length === 0) return 'already';
  const obstacle = obstacleFor(wish, setting);
  if (obstacle !== undefined) return obstacle;
  if (lacksModule(row)) return 'no-module';
  switch (preFlight.at) {
    case 'waiting':
      return 'checking';
    case 'not-tested':
      return wish.kind === 'set' ? 'not-tested' : 'untested-after';
    case 'none':
      return 'ready';
    case 'tested':
      if (wish.kind !== 'set') return lossesOf(row).length > 0 ? 'gives-up' : 'ready';
      if (preFlight.proof.reached.size === 0) return 'no-way';
      if (lossesOf(row).length > 0) return 'loses';
      // What fails by the proxy's own word would not come about by a change elsewhere.
      if (preFlight.proof.failing.some(({ verdict }) => verdict.startsWith('proxy-'))) return 'refused';
      return preFlight.proof.failing.length > 0 || isDoubtful(preFlight.proof) ? 'partly' : 'ready';
  }
}

/** Whether more could be proven of what answered: a port that is only connected to says no more through a good proxy. */
function isDoubtful({ answered }: Proof): boolean {
  return answered.some(({ cause }) => cause !== 'connected' && cause !== 'connected-web-port');
}

/** The documented command is not there, and the node's language lets Windows' own commands not stand in for it. */
function lacksModule({ setting, wish }: PreviewRow): boolean {
  if (wish.kind === 'put-back' || setting === undefined || setting.moduleVersion !== null) return false;
  return setting.node?.languageMode === 'FullLanguage';
}

/** What is not known of a node, so that it is only changed by an explicit choice; each has its sentence under `proxy.preview.reservation.<code>`. */
export type Reservation =
  /** It did not tell every value to the byte: no copy is kept, and nothing can be rolled back or put back. */
  | 'no-way-back'
  /** Its Arc agent is there and could not be asked: it may go out through Arc gateway, which the change would cut off. */
  | 'agent-unread';

/** What speaks against a change on a node that could be made; empty where it is left alone. */
export function reservationsOf(row: PreviewRow): readonly Reservation[] {
  const { setting, wish } = row;
  // What goes back to a copy needs every value, and touches no agent.
  if (setting === undefined || wish.kind === 'put-back' || !canChoose(row)) return [];
  const keepsGateway = wish.kind === 'set' && (wish.keepsServer === true || keepsArcGateway(wish.server));
  return [
    ...(setting.node === undefined ? (['no-way-back'] as const) : []),
    ...(setting.agent !== undefined && !isAgentRead(setting.agent) && !keepsGateway
      ? (['agent-unread'] as const)
      : []),
  ];
}

/** Only by an explicit choice. */
const ASKED: readonly PreviewState[] = ['no-way', 'loses', 'refused', 'not-tested'];

/** Nodes that can be chosen at all. */
export function canChoose(row: PreviewRow): boolean {
  return [...ASKED, 'gives-up', 'untested-after', 'partly', 'ready'].includes(stateOf(row));
}

/** A node whose pre-flight fails, or proves nothing, or of which too little is known, is only changed by an explicit choice. */
export function isChosen(row: PreviewRow): boolean {
  if (!canChoose(row)) return false;
  return row.choice ?? !(ASKED.includes(stateOf(row)) || reservationsOf(row).length > 0);
}

/** Needed endpoints that a node reaches now and would not reach any more. */
export function lossesOf({ preFlight }: PreviewRow): readonly string[] {
  return preFlight.at === 'tested' ? lostOf(preFlight.had, preFlight.proof) : [];
}

/**
 * Losses that the administrator saw and chose all the same. Where nothing answers at all, the choice is only for another
 * try: a node that is cut off is given back what it had.
 */
export function acceptedLosses(row: PreviewRow): readonly string[] {
  return row.choice === true && stateOf(row) === 'loses' ? lossesOf(row) : [];
}

/** For showing; none where the node is left alone. */
export function commandsOf(row: PreviewRow): readonly string[] {
  const { setting, wish } = row;
  if (setting === undefined || !canChoose(row)) return [];
  return shownCommands(orderFor(wish, setting), wish.kind === 'put-back' ? wish.record.id : '');
}

export function hasWayBack(row: PreviewRow): boolean {
  return row.setting !== undefined && canGoBack(row.setting);
}

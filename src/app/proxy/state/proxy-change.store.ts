import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { isReachableState, type Node } from '../../cluster/cluster';
import { TEXT } from '../../ui/words/text';
import { HOST } from '../../wac/host';
import { CLOCK, LEAVE_GUARD } from '../../wac/platform';
import { REMOTE_SHELL } from '../../wac/remote-shell';
import { changeNode, type ChangeTools, settleNode } from '../change/change-node';
import {
  canRetry,
  carryOver,
  changedNodes,
  planChange,
  planRetry,
  type ProxyChange,
} from '../change/change-plan';
import {
  isProven,
  isUnsettled,
  lostUnseen,
  type NodeChange,
  ownAttempts,
  seenLater,
  stopNode,
} from '../change/node-change';
import { nextNumber, recordOf } from '../change/history';
import { type ExtraLayers, NO_RECORD, type Wish } from '../change/order';
import { acceptedLosses, canChoose, isChosen, type PreviewRow, stateOf } from '../change/preview/preview';
import { type ChangeRecord, makeChangeId } from '../setting/change-record';
import { forEachAtOnce } from './for-each-at-once';
import { probeAsSet } from './needed-endpoints';
import { NEEDED_PLAN } from './needed-plan';
import { serverToKeep } from './preview';
import { ProxyPreviewStore } from './proxy-preview.store';
import { ProxyNotices } from './proxy-notices';
import { AT_ONCE, type ProxyRow, ProxyStore } from './proxy.store';

/** Between two readings of a node of which nobody knows whether it changed. */
const READ_AGAIN_MS = 5_000;
/** Nodes that are changed at the same time, unless the administrator says otherwise. */
export const USUAL_LIMIT = 4;

/** The change that is previewed, under way, or over. It goes on when the page is left. */
@Injectable({ providedIn: 'root' })
export class ProxyChangeStore {
  private readonly shell = inject(REMOTE_SHELL);
  private readonly clock = inject(CLOCK);
  private readonly proxies = inject(ProxyStore);
  private readonly previews = inject(ProxyPreviewStore);
  private readonly plan = inject(NEEDED_PLAN);
  private readonly guard = inject(LEAVE_GUARD);
  private readonly notices = new ProxyNotices(inject(HOST), inject(TEXT));

  private readonly changeSignal = signal<ProxyChange | undefined>(undefined);
  private readonly stoppingSignal = signal(false);
  private stopReadingAgain: (() => void) | undefined;
  private count = 0;

  readonly preview = this.previews.preview;
  /** The last change of this session, finished or not. */
  readonly change = this.changeSignal.asReadonly();
  readonly changing = this.proxies.held;
  /** No more nodes are started. */
  readonly stopping = this.stoppingSignal.asReadonly();
  readonly limit = signal(USUAL_LIMIT);
  /** Nodes that the last change left otherwise than before, and that can be put back. */
  readonly toPutBack = computed(() => {
    const change = this.change();
    if (change === undefined || change.kind === 'put-back' || this.changing()) return [];
    return changedNodes(change).filter(({ before }) => before?.node !== undefined);
  });

  /** Something is not known yet, or still at work, whoever began it. */
  private readonly restless = computed(
    () =>
      !this.changing() &&
      (this.change()?.nodes.some(isUnsettled) === true || this.proxies.rows().some(isWorkedOn)),
  );

  constructor() {
    effect(() => {
      if (this.restless()) untracked(() => this.readAgain());
    });
    // A later reading corrects what a row says, also of a node that the cluster does not name any more; one that came
    // during a change does so after it.
    effect(() => {
      const isChanging = this.changing();
      for (const { node } of untracked(this.change)?.nodes ?? []) {
        const setting = this.proxies.settingOf(node);
        if (setting !== undefined && !isChanging)
          untracked(() => {
            this.update(node, row => seenLater(row, setting));
          });
      }
    });
  }

  /** Shows the same wish for all nodes, after node states, settings and endpoints were looked at anew. */
  async prepare(wish: Wish): Promise<void> {
    await this.previews.show(wish.kind, () => wish);
  }

  /** Shows a new bypass list for all nodes, each with the server that it has. */
  async prepareBypass(bypass: readonly string[], extras: ExtraLayers): Promise<void> {
    await this.previews.show('set', (node, setting = this.proxies.settingOf(node)) => {
      return { kind: 'set', server: serverToKeep(setting), bypass, extras, keepsServer: true };
    });
  }

  /** Shows those nodes of the last change that did not get there, read and tested anew. */
  async prepareRetry(): Promise<void> {
    const change = this.change();
    if (change === undefined) return;
    const wishes = new Map(change.nodes.filter(canRetry).map(({ node, wish }) => [node.fqdn, wish]));
    await this.previews.show(
      change.kind,
      (node, setting) => {
        const wish = wishes.get(node.fqdn);
        // The server that it is to keep is the one that it has by now.
        return wish?.kind === 'set' && wish.keepsServer === true && setting !== undefined
          ? { ...wish, server: serverToKeep(setting) }
          : wish;
      },
      true,
    );
  }

  /** Shows the way back to before a change, by what each node keeps of it when it is read for this. */
  async prepareGoingBack(change: string): Promise<void> {
    await this.previews.show('put-back', (node, setting = this.proxies.settingOf(node)) => ({
      kind: 'put-back',
      record: recordOf(setting, change) ?? NO_RECORD,
    }));
  }

  /** The state before the first attempt of the last change. */
  async preparePutBack(): Promise<void> {
    const records = new Map<string, ChangeRecord>();
    for (const row of this.toPutBack()) {
      const { node, before } = row;
      if (before?.node === undefined) continue;
      const { values, account } = before.node;
      const id = ownAttempts(row)[0]?.id ?? '';
      records.set(node.fqdn, { id, when: '', who: account, values, begun: true, ended: true, cutOff: false });
    }
    await this.previews.show('put-back', node => {
      const record = records.get(node.fqdn);
      return record && { kind: 'put-back', record };
    });
  }

  choose(node: Node, chosen: boolean): void {
    this.previews.choose(node, chosen);
  }

  dismiss(): void {
    this.previews.dismiss();
  }

  /** Makes the change that the preview shows. */
  async confirm(): Promise<void> {
    const preview = this.preview();
    if (preview?.ready !== true || this.proxies.busy()) return;
    this.dismiss();
    const candidates = preview.rows.map(row => ({
      node: row.node,
      wish: row.wish,
      // A node that is right already says so itself; one that is protected, too.
      chosen: canChoose(row) ? isChosen(row) : staysAsItIs(row),
      ...(row.failure && { failure: row.failure }),
      ...(stateOf(row) === 'no-module' && { lacksModule: true }),
      ...(row.setting && { setting: row.setting }),
      ...(row.preFlight.at === 'tested' && { had: row.preFlight.had }),
      ...(acceptedLosses(row).length > 0 && { accepted: new Set(acceptedLosses(row)) }),
    }));
    const change = this.change();
    await this.run(
      preview.isRetry && change !== undefined
        ? planRetry(change, candidates)
        : carryOver(planChange(this.newId(), preview.kind, candidates), change),
    );
  }

  /** Nodes under way come to their end; no other is started. */
  stop(): void {
    this.stoppingSignal.set(true);
  }

  private async run(change: ProxyChange): Promise<void> {
    if (this.proxies.busy()) return;
    this.endReadingAgain();
    this.proxies.hold();
    this.stoppingSignal.set(false);
    const release = this.guard.hold();
    this.changeSignal.set(change);
    this.notices.changing(change);
    try {
      await this.runNodes(change);
    } finally {
      release();
      this.notices.changed(this.changeSignal() ?? change);
      await this.proxies.letGo();
      this.readAgain();
    }
  }

  /** One node first. Only when it came out as wanted, or was not touched, the others follow. */
  private async runNodes(change: ProxyChange): Promise<void> {
    const waiting = change.nodes.filter(({ phase }) => phase.at === 'waiting');
    const rest = [...waiting];
    for (let first = rest.shift(); first !== undefined; first = rest.shift()) {
      const end = await this.runNode(change, first);
      if (isDoubtful(end) || ['rolled-back', 'mismatch', 'unknown'].includes(end.phase.at))
        this.stoppingSignal.set(true);
      else if (end.phase.at === 'verified') break;
      if (this.stopping()) break;
    }
    await forEachAtOnce(rest, this.limit(), async start => {
      if (this.stopping()) this.update(start.node, stopNode);
      else await this.runNode(change, start);
    });
  }

  private async runNode(change: ProxyChange, start: NodeChange): Promise<NodeChange> {
    if (this.stopping()) return start;
    return changeNode(this.tools(change.id), start, step => {
      this.update(step.node, () => step);
    });
  }

  private tools(change: string): ChangeTools {
    const plan = this.plan();
    return {
      shell: this.shell,
      change,
      newId: () => this.newId(),
      nextNumber: () => nextNumber(this.proxies.known()),
      read: node => this.proxies.read(node),
      noted: (node, id, outcome) => {
        this.proxies.note(node, id, outcome);
      },
      ...(plan && {
        probe: (fqdn, setting) => probeAsSet(this.shell, fqdn, plan, setting),
      }),
    };
  }

  /** Asks those nodes again until they tell how they are. */
  private readAgain(): void {
    if (!this.restless() || this.stopReadingAgain !== undefined) return;
    let reading = false;
    this.stopReadingAgain = this.clock.every(READ_AGAIN_MS, () => {
      const change = this.change();
      if (reading) return;
      reading = true;
      const unsettled = change?.nodes.filter(isUnsettled) ?? [];
      const names = new Set(unsettled.map(({ node }) => node.fqdn));
      const others = this.proxies.rows().filter(row => isWorkedOn(row) && !names.has(row.node.fqdn));
      void Promise.all([
        forEachAtOnce(unsettled, AT_ONCE, async row => {
          const settled = await settleNode(this.tools(change?.id ?? ''), row);
          if (!this.changing() && this.change()?.id === change?.id)
            this.update(row.node, () => settled.change);
        }),
        forEachAtOnce(others, AT_ONCE, async ({ node }) => {
          await this.proxies.read(node);
        }),
      ]).then(() => {
        reading = false;
        if (!this.restless()) this.endReadingAgain();
      });
    });
  }

  private endReadingAgain(): void {
    this.stopReadingAgain?.();
    this.stopReadingAgain = undefined;
  }

  private update(node: Node, make: (row: NodeChange) => NodeChange): void {
    this.changeSignal.update(change => {
      if (change === undefined) return change;
      const nodes = change.nodes.map(row => (row.node.fqdn === node.fqdn ? make(row) : row));
      return nodes.some((row, index) => row !== change.nodes[index]) ? { ...change, nodes } : change;
    });
  }

  private newId(): string {
    return makeChangeId(this.clock.now(), this.count++, Math.random);
  }
}

/** It was read, and nothing is to be done to it. */
function staysAsItIs(row: PreviewRow): boolean {
  return row.setting !== undefined && isReachableState(row.node.state) && stateOf(row) !== 'no-module';
}

/** The first one must show that the way out is there: tested before, it is not without proof after, and loses no more than was chosen. */
function isDoubtful(end: NodeChange): boolean {
  const { phase, wish, had, proof } = end;
  if (phase.at !== 'verified' || wish.kind !== 'set') return false;
  return (had !== undefined && !isProven(end)) || lostUnseen(end, proof).length > 0;
}

function isWorkedOn({ reading }: ProxyRow): boolean {
  return (
    reading.at === 'read' &&
    reading.setting.node?.records.some(({ begun, ended }) => begun && !ended) === true
  );
}

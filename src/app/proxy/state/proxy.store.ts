import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { defer, from, lastValueFrom, mergeMap } from 'rxjs';
import { isReachableState, type Node } from '../../cluster/cluster';
import { ClusterStore } from '../../cluster/cluster.store';
import { TEXT } from '../../ui/text';
import { HOST } from '../../wac/host';
import { CLOCK } from '../../wac/platform';
import { REMOTE_SHELL } from '../../wac/remote-shell';
import { countChange, planForAll, planPutBack, planRetry, type ProxyChange } from '../change/change-plan';
import type { Failure } from '../change/failure';
import { changeNode, installModule, readProxy } from '../change/proxy-calls';
import { advance, isUnsettled, type NodeChange } from '../change/proxy-change';
import { ProxyNotices } from './proxy-notices';
import {
  type ComparedPart,
  type DesiredProxy,
  differingParts,
  type ProxySetting,
} from '../setting/proxy-setting';

/** What is known of one node's setting. */
export type Reading =
  | { readonly at: 'loading' }
  | { readonly at: 'read'; readonly setting: ProxySetting; readonly when: Date }
  /** `last`: what was read before, and when; it may not be so any more. */
  | { readonly at: 'failed'; readonly failure: Failure; readonly last?: Seen }
  /** Not asked, because the node is not up. */
  | { readonly at: 'skipped' };

export interface Seen {
  readonly setting: ProxySetting;
  readonly when: Date;
}

export type Installation =
  { readonly at: 'running' } | { readonly at: 'done' } | { readonly at: 'failed'; readonly failure: Failure };

export interface ProxyRow {
  readonly node: Node;
  readonly reading: Reading;
  /** Parts that are not like those of most nodes. */
  readonly differs: ReadonlySet<ComparedPart>;
  readonly installation?: Installation;
}

/** Calls at the same time: each is a remoting session on the gateway. */
const AT_ONCE = 8;
/** Between two readings of a node of which nobody knows whether it changed. */
const READ_AGAIN_MS = 5_000;
const NOTHING: ReadonlySet<ComparedPart> = new Set();

/** The proxy of every node: what it is, and the change that is or was under way. It goes on when the page is left. */
@Injectable({ providedIn: 'root' })
export class ProxyStore {
  private readonly shell = inject(REMOTE_SHELL);
  private readonly clusterStore = inject(ClusterStore);
  private readonly clock = inject(CLOCK);
  private readonly notices = new ProxyNotices(inject(HOST), inject(TEXT));

  private readonly readings = signal<ReadonlyMap<string, Reading>>(new Map());
  private readonly versions = new Map<string, number>();
  /** The last good reading of each node. */
  private readonly seen = new Map<string, Seen>();
  private readonly installations = signal<ReadonlyMap<string, Installation>>(new Map());
  private readonly changeSignal = signal<ProxyChange | undefined>(undefined);
  private readonly changingSignal = signal(false);
  private stopReadingAgain: (() => void) | undefined;

  readonly nodes = computed(() => this.clusterStore.cluster()?.nodes ?? []);
  /** Nodes that a change would be made on. */
  readonly reachable = computed(() => this.nodes().filter(node => isReachableState(node.state)));
  readonly rows = computed<readonly ProxyRow[]>(() =>
    makeRows(this.nodes(), this.readings(), this.installations()),
  );
  readonly loading = computed(() => this.rows().some(row => row.reading.at === 'loading'));
  /** The last change of this session, finished or not. */
  readonly change = this.changeSignal.asReadonly();
  readonly changing = this.changingSignal.asReadonly();
  /** Nothing may be started while this is true. */
  readonly busy = computed(
    () =>
      this.changing() ||
      [...this.installations().values()].some(installation => installation.at === 'running'),
  );
  /** The way back from the last change; undefined when there is nothing to put back. */
  readonly putBackPlan = computed(() => {
    const change = this.change();
    if (change === undefined || change.kind === 'put-back' || countChange(change).open > 0) return undefined;
    const plan = planPutBack(change);
    return plan.change.nodes.length + plan.impossible.length > 0 ? plan : undefined;
  });

  constructor() {
    effect(() => {
      if (this.nodes().length > 0) untracked(() => void this.refresh());
    });
  }

  /** Reads every node that is not known to be down. Never rejects. */
  async refresh(): Promise<void> {
    if (this.changing()) return;
    const asked = this.nodes();
    for (const node of asked) {
      this.setReading(node, { at: isReachableState(node.state) ? 'loading' : 'skipped' });
    }
    await forEachAtOnce(
      asked.filter(node => isReachableState(node.state)),
      node => this.read(node),
    );
  }

  async apply(desired: DesiredProxy): Promise<void> {
    await this.run(planForAll(this.nodes(), desired));
  }

  async remove(): Promise<void> {
    await this.run(planForAll(this.nodes(), undefined));
  }

  /** Tries again those nodes of the last change that did not get there. */
  async retry(): Promise<void> {
    const change = this.change();
    if (change !== undefined) await this.run(planRetry(change));
  }

  async putBack(): Promise<void> {
    const plan = this.putBackPlan();
    if (plan !== undefined) await this.run(plan.change);
  }

  /** Installs the WinInetProxy module on one node and reads the node again. */
  async install(node: Node): Promise<void> {
    if (this.busy()) return;
    this.setInstallation(node, { at: 'running' });
    this.notices.installing(node);
    const result = await installModule(this.shell, node.fqdn);
    const failure = 'failure' in result ? result.failure : undefined;
    this.setInstallation(node, failure === undefined ? { at: 'done' } : { at: 'failed', failure });
    this.notices.installed(node, failure);
    await this.read(node);
  }

  private async run(change: ProxyChange): Promise<void> {
    if (this.busy()) return;
    this.endReadingAgain();
    this.changingSignal.set(true);
    this.changeSignal.set(change);
    this.notices.changing(change);
    await forEachAtOnce(
      change.nodes.filter(node => node.phase.at === 'waiting'),
      async start => {
        await changeNode(this.shell, start, step => {
          this.take(step);
        });
      },
    );
    this.changingSignal.set(false);
    this.notices.changed(this.changeSignal() ?? change);
    this.readAgain();
    // The cluster may have told of other nodes meanwhile.
    if (this.nodes().some(node => !this.readings().has(node.fqdn))) await this.refresh();
  }

  private take(step: NodeChange): void {
    this.changeSignal.update(
      change =>
        change && {
          ...change,
          nodes: change.nodes.map(node => (node.node.fqdn === step.node.fqdn ? step : node)),
        },
    );
    const { phase } = step;
    const seen = 'after' in phase ? phase.after : undefined;
    if (seen !== undefined) this.setReading(step.node, this.readNow(seen));
    else if (phase.at === 'unknown') this.setReading(step.node, this.failedNow(step.node, phase.failure));
  }

  /** Reads those nodes until they tell how they are. */
  private readAgain(): void {
    const unsettled = () => this.change()?.nodes.filter(isUnsettled) ?? [];
    if (unsettled().length === 0) return;
    let reading = false;
    this.stopReadingAgain = this.clock.every(READ_AGAIN_MS, () => {
      if (reading) return;
      reading = true;
      void forEachAtOnce(unsettled(), ({ node }) => this.read(node)).then(() => {
        reading = false;
        if (unsettled().length === 0) this.endReadingAgain();
      });
    });
  }

  private endReadingAgain(): void {
    this.stopReadingAgain?.();
    this.stopReadingAgain = undefined;
  }

  /** An answer that was overtaken by a later reading is dropped. One that comes after a change corrects its result. */
  private async read(node: Node): Promise<void> {
    const asked = this.versions.get(node.fqdn);
    const result = await readProxy(this.shell, node.fqdn);
    if (this.versions.get(node.fqdn) !== asked) return;
    if ('failure' in result) {
      this.setReading(node, this.failedNow(node, result.failure));
      return;
    }
    this.setReading(node, this.readNow(result.value));
    if (this.changing()) return;
    this.changeSignal.update(change => change && seen(change, node, result.value));
  }

  private readNow(setting: ProxySetting): Reading {
    return { at: 'read', setting, when: this.clock.now() };
  }

  private failedNow(node: Node, failure: Failure): Reading {
    const before = this.seen.get(node.fqdn);
    return { at: 'failed', failure, ...(before && { last: before }) };
  }

  private setReading(node: Node, reading: Reading): void {
    if (reading.at === 'read') this.seen.set(node.fqdn, reading);
    this.versions.set(node.fqdn, (this.versions.get(node.fqdn) ?? 0) + 1);
    this.readings.update(readings => new Map(readings).set(node.fqdn, reading));
  }

  private setInstallation(node: Node, installation: Installation): void {
    this.installations.update(installations => new Map(installations).set(node.fqdn, installation));
  }
}

function seen(change: ProxyChange, node: Node, setting: ProxySetting): ProxyChange {
  return {
    ...change,
    nodes: change.nodes.map(each =>
      each.node.fqdn === node.fqdn ? advance(each, { on: 'read', setting }) : each,
    ),
  };
}

function makeRows(
  nodes: readonly Node[],
  readings: ReadonlyMap<string, Reading>,
  installations: ReadonlyMap<string, Installation>,
): readonly ProxyRow[] {
  const settings = new Map<string, ProxySetting>();
  for (const node of nodes) {
    const reading = readings.get(node.fqdn);
    if (reading?.at === 'read') settings.set(node.fqdn, reading.setting);
  }
  const parts = differingParts([...settings.values()]);
  const differs = new Map([...settings.keys()].map((fqdn, index) => [fqdn, parts[index] ?? NOTHING]));
  return nodes.map(node => {
    const installation = installations.get(node.fqdn);
    return {
      node,
      reading: readings.get(node.fqdn) ?? { at: 'loading' },
      differs: differs.get(node.fqdn) ?? NOTHING,
      ...(installation && { installation }),
    };
  });
}

async function forEachAtOnce<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  await lastValueFrom(from(items).pipe(mergeMap(item => defer(() => work(item)), AT_ONCE)), {
    defaultValue: undefined,
  });
}

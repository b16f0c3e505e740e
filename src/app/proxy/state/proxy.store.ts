import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { defer, from, lastValueFrom, mergeMap } from 'rxjs';
import { isReachableState, type Node } from '../../cluster/cluster';
import { ClusterStore } from '../../cluster/cluster.store';
import { TEXT } from '../../ui/text';
import { HOST } from '../../wac/host';
import { REMOTE_SHELL } from '../../wac/remote-shell';
import { countChange, planForAll, planPutBack, planRetry, type ProxyChange } from '../change/change-plan';
import type { Failure } from '../change/failure';
import { changeNode, installModule, readProxy } from '../change/proxy-calls';
import type { NodeChange } from '../change/proxy-change';
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
  | { readonly at: 'read'; readonly setting: ProxySetting }
  | { readonly at: 'failed'; readonly failure: Failure }
  /** Not asked, because the node is not up. */
  | { readonly at: 'skipped' };

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
const NOTHING: ReadonlySet<ComparedPart> = new Set();

/** The proxy of every node: what it is, and the change that is or was under way. It goes on when the page is left. */
@Injectable({ providedIn: 'root' })
export class ProxyStore {
  private readonly shell = inject(REMOTE_SHELL);
  private readonly clusterStore = inject(ClusterStore);
  private readonly notices = new ProxyNotices(inject(HOST), inject(TEXT));

  private readonly readings = signal<ReadonlyMap<string, Reading>>(new Map());
  private readonly versions = new Map<string, number>();
  private readonly installations = signal<ReadonlyMap<string, Installation>>(new Map());
  private readonly changeSignal = signal<ProxyChange | undefined>(undefined);
  private readonly changingSignal = signal(false);

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
    const seen = phase.at === 'verified' || phase.at === 'mismatch' ? phase.after : undefined;
    if (seen !== undefined) this.setReading(step.node, { at: 'read', setting: seen });
    else if (phase.at === 'failed' && phase.changed === 'unknown') {
      this.setReading(step.node, { at: 'failed', failure: phase.failure });
    }
  }

  /** An answer that was overtaken by a later reading is dropped. */
  private async read(node: Node): Promise<void> {
    const asked = this.versions.get(node.fqdn);
    const result = await readProxy(this.shell, node.fqdn);
    if (this.versions.get(node.fqdn) !== asked) return;
    this.setReading(
      node,
      'failure' in result ? { at: 'failed', failure: result.failure } : { at: 'read', setting: result.value },
    );
  }

  private setReading(node: Node, reading: Reading): void {
    this.versions.set(node.fqdn, (this.versions.get(node.fqdn) ?? 0) + 1);
    this.readings.update(readings => new Map(readings).set(node.fqdn, reading));
  }

  private setInstallation(node: Node, installation: Installation): void {
    this.installations.update(installations => new Map(installations).set(node.fqdn, installation));
  }
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

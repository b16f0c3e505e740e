import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { isReachableState, type Node } from '../../cluster/cluster';
import { ClusterStore } from '../../cluster/cluster.store';
import { TEXT } from '../../ui/words/text';
import { HOST } from '../../wac/host';
import { CLOCK } from '../../wac/platform';
import { REMOTE_SHELL } from '../../wac/remote-shell';
import type { Failure } from '../change/failure';
import { type CallResult, installModule, readProxy, sendModule } from '../change/node-calls';
import type { ModuleFile } from '../module/read-package';
import { differingLayers, type LayerDifference, winInetInForce } from '../setting/compare-layers';
import type { LayerName } from '../setting/layers/layers';
import type { Outcome } from '../setting/change-record';
import type { ProxySetting } from '../setting/proxy-setting';
import { forEachAtOnce } from './for-each-at-once';
import { ProxyNotices } from './proxy-notices';

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
  /** Layers that are not like those of most nodes. */
  readonly differs: ReadonlyMap<LayerName, LayerDifference>;
  readonly installation?: Installation;
}

/** Calls at the same time: each is a remoting session on the gateway. */
export const AT_ONCE = 8;
const NOTHING: ReadonlyMap<LayerName, LayerDifference> = new Map();

/** The proxy of every node, as it was read; what changes it is the business of {@link ProxyChangeStore}. */
@Injectable({ providedIn: 'root' })
export class ProxyStore {
  private readonly shell = inject(REMOTE_SHELL);
  private readonly clusterStore = inject(ClusterStore);
  private readonly clock = inject(CLOCK);
  private readonly notices = new ProxyNotices(inject(HOST), inject(TEXT));

  private readonly readings = signal<ReadonlyMap<string, Reading>>(new Map());
  private questions = 0;
  /** For each node the question whose answer is shown, or after which one counts. */
  private readonly answered = new Map<string, number>();
  /** The last good reading of each node. */
  private readonly seen = new Map<string, Seen>();
  private readonly installations = signal<ReadonlyMap<string, Installation>>(new Map());
  private readonly heldSignal = signal(false);

  /** Looking at the cluster anew gives the same nodes as another list. */
  readonly nodes = computed(() => this.clusterStore.cluster()?.nodes ?? [], {
    equal: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  /** Nodes that a change would be made on. */
  readonly reachable = computed(() => this.nodes().filter(node => isReachableState(node.state)));
  readonly rows = computed<readonly ProxyRow[]>(() =>
    makeRows(this.nodes(), this.readings(), this.installations()),
  );
  /** When the oldest of what is shown was read. */
  readonly readAt = computed(() => {
    const times = this.rows().flatMap(({ reading }) =>
      reading.at === 'read' ? [reading.when.getTime()] : [],
    );
    return times.length === 0 ? undefined : new Date(Math.min(...times));
  });
  readonly loading = computed(() => this.rows().some(row => row.reading.at === 'loading'));
  /** A change is under way: nothing else is started. */
  readonly held = this.heldSignal.asReadonly();
  readonly busy = computed(
    () =>
      this.held() || [...this.installations().values()].some(installation => installation.at === 'running'),
  );

  constructor() {
    effect(() => {
      if (this.nodes().length > 0) untracked(() => void this.refresh());
    });
  }

  /** Reads every node that is not known to be down. Never rejects. */
  async refresh(): Promise<void> {
    if (!this.held()) await this.readAll(this.nodes());
  }

  /** Nothing else is started until it is let go; then nodes that joined or came up meanwhile are read. */
  hold(): void {
    this.heldSignal.set(true);
  }

  async letGo(): Promise<void> {
    this.heldSignal.set(false);
    await this.readAll(
      this.nodes().filter(({ fqdn, state }) => {
        const reading = this.readings().get(fqdn);
        return reading === undefined || (reading.at === 'skipped' && isReachableState(state));
      }),
    );
  }

  private async readAll(nodes: readonly Node[]): Promise<void> {
    for (const node of nodes) {
      this.setReading(node, { at: isReachableState(node.state) ? 'loading' : 'skipped' });
    }
    await forEachAtOnce(
      nodes.filter(node => isReachableState(node.state)),
      AT_ONCE,
      async node => {
        await this.read(node, true);
      },
    );
  }

  /** Installs the module on one node, through the proxy that is about to be set when one is given. */
  async install(node: Node, proxy = ''): Promise<void> {
    if (this.busy()) return;
    await this.installOn([node], () => installModule(this.shell, node.fqdn, proxy));
  }

  private async installOn(
    nodes: readonly Node[],
    work: (node: Node) => Promise<CallResult<unknown>>,
  ): Promise<void> {
    for (const node of nodes) this.setInstallation(node, { at: 'running' });
    this.notices.installing(nodes);
    const failures = new Map<Node, Failure>();
    await forEachAtOnce(nodes, AT_ONCE, async node => {
      const result = await work(node);
      const failure = await this.installed(node, 'failure' in result ? result.failure : undefined);
      if (failure !== undefined) failures.set(node, failure);
    });
    this.notices.installed(nodes, failures);
  }

  /** A node says itself whether it has the module now; gives back why not. */
  private async installed(node: Node, failure: Failure | undefined): Promise<Failure | undefined> {
    await this.read(node);
    const version = this.settingOf(node)?.moduleVersion;
    // A call that broke off may have done its work; without a reading, what it said stands.
    const said = version === null ? (failure ?? { code: 'module-missing', message: '' }) : failure;
    const end: Failure | undefined = typeof version === 'string' ? undefined : said;
    this.setInstallation(node, end === undefined ? { at: 'done' } : { at: 'failed', failure: end });
    return end;
  }

  /** Installs the module from the administrator's own computer, on all these nodes at once. */
  async installFrom(files: readonly ModuleFile[], nodes: readonly Node[]): Promise<void> {
    if (this.busy()) return;
    const upload = Array.from({ length: 12 }, () => Math.floor(Math.random() * 36).toString(36)).join('');
    await this.installOn(nodes, node => sendModule(this.shell, node.fqdn, files, upload));
  }

  /** Reads a node, shows what it tells, and hands it over. An answer to an earlier question than the shown one is not shown. */
  async read(node: Node, asksAgent = !this.hasSilentAgent(node)): Promise<CallResult<ProxySetting>> {
    const question = ++this.questions;
    const result = await readProxy(this.shell, node.fqdn, asksAgent);
    if (question > (this.answered.get(node.fqdn) ?? 0)) this.show(node, result, question);
    return result;
  }

  /** One that gave no answer is asked again by the reader alone: a change must not wait for it at each step. */
  private hasSilentAgent({ fqdn }: Node): boolean {
    const agent = this.seen.get(fqdn)?.setting.agent;
    return agent !== undefined && 'unread' in agent && agent.unread === '';
  }

  private show(node: Node, result: CallResult<ProxySetting>, question: number): void {
    if ('failure' in result) {
      const last = this.seen.get(node.fqdn);
      this.setReading(node, { at: 'failed', failure: result.failure, ...(last && { last }) }, question);
    } else {
      const reading = { at: 'read', setting: result.value, when: this.clock.now() } as const;
      this.seen.set(node.fqdn, reading);
      this.setReading(node, reading, question);
    }
  }

  /** A node took the outcome of a change down since it was read. */
  note(node: Node, id: string, outcome: Outcome): void {
    const reading = this.readings().get(node.fqdn);
    if (reading?.at !== 'read' || reading.setting.node === undefined) return;
    const records = reading.setting.node.records.map(each => (each.id === id ? { ...each, outcome } : each));
    const setting = { ...reading.setting, node: { ...reading.setting.node, records } };
    this.readings.update(readings => new Map(readings).set(node.fqdn, { ...reading, setting }));
  }

  settingOf(node: Node): ProxySetting | undefined {
    const reading = this.readings().get(node.fqdn);
    return reading?.at === 'read' ? reading.setting : undefined;
  }

  /** What was last read of each node, also where it could not be read since. */
  known(): readonly ProxySetting[] {
    return [...this.seen.values()].map(({ setting }) => setting);
  }

  private setReading(node: Node, reading: Reading, question = this.questions): void {
    this.answered.set(node.fqdn, question);
    this.readings.update(readings => new Map(readings).set(node.fqdn, reading));
  }

  private setInstallation(node: Node, installation: Installation): void {
    this.installations.update(installations => new Map(installations).set(node.fqdn, installation));
  }
}

/** Whether WinINet's proxy in force is another one than on most nodes. */
export function isOtherInForce({ reading, differs }: ProxyRow): boolean {
  if (reading.at !== 'read') return false;
  const { setting } = reading;
  return differs.has(winInetInForce(setting)) || (setting.node === undefined && differs.has('machine'));
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
  const layers = differingLayers([...settings.values()]);
  const differs = new Map([...settings.keys()].map((fqdn, index) => [fqdn, layers[index] ?? NOTHING]));
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

import { setImmediate } from 'node:timers';
import { TestBed } from '@angular/core/testing';
import type * as fc from 'fast-check';
import { defer, from, lastValueFrom } from 'rxjs';
import { isEnd, isProven } from '../../../src/app/proxy/change/node-change';
import { sameProxyKey } from '../../../src/app/proxy/setting/layers/layers';
import type { RawValues } from '../../../src/app/proxy/setting/layers/raw-values';
import { type RemoteCommand, RemoteError, type RemoteShell } from '../../../src/app/wac/remote-shell';
import { checkPage } from './cluster-check';
import { ClusterPage, NEEDED } from './cluster-page';
import { machineWide, ModelNode } from './model-node';

/** What can come in between, at any moment. */
export type Happening =
  | { readonly what: 'stop' | 'reload' | 'gateway-restarts' }
  /** Somebody asks for the cluster, or its settings, anew, or a few seconds go by. */
  | { readonly what: 'refresh' | 'settings' | 'wait'; readonly page: number }
  | { readonly what: 'dies' | 'comes-up' | 'goes-on'; readonly node: number }
  | { readonly what: 'by-hand'; readonly node: number; readonly server: string };

/** `at`: before which step of the calls that are made; each call has two, there and back. */
export type Due = Happening & { readonly at: number };

// Real time stands still in the model: what was promised so far is done when this comes.
const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
const never = (): Promise<never> => new Promise(() => undefined);

/** Several nodes behind one gateway, and the pages of two administrators. */
export class ClusterWorld {
  readonly nodes = new Map<string, ModelNode>();
  readonly up = new Map<string, boolean>();
  readonly pages: ClusterPage[] = [];
  /** For each node, who wrote: a page, or somebody by hand. */
  readonly writers = new Map<string, unknown[]>();
  due: Due[] = [];
  /** How the next questions for the cluster's nodes come out. */
  overviews: ('works' | 'fails')[] = [];
  private readonly senders = new Map<string, ClusterPage>();
  private steps = 0;
  private restarts = 0;
  private questions = 0;
  private time = Date.UTC(2026, 0, 1);
  private underWay = 0;

  constructor(
    private readonly s: fc.Scheduler,
    formers: readonly RawValues[],
    /** Proxies that carry the needed endpoint; '' for none at all. */
    private readonly open: ReadonlySet<string>,
  ) {
    formers.forEach((values, index) => {
      const name = `n${index + 1}.contoso.local`;
      const node = new ModelNode(values);
      node.written = attempt => this.writers.get(name)?.push(this.senders.get(attempt));
      this.nodes.set(name, node);
      this.up.set(name, true);
      this.writers.set(name, []);
    });
    this.pages = [this.newPage('a'), this.newPage('b')];
  }

  names(): readonly string[] {
    return [...this.nodes.keys()];
  }

  nameOf(index: number): string {
    return this.names()[index % this.nodes.size] ?? '';
  }

  page(index: number): ClusterPage {
    const page = this.pages[index];
    if (page === undefined) throw new Error('no page');
    return page;
  }

  /** Lets everything that is under way come to its end, in the scheduler's order. */
  async drive(work: Promise<unknown>): Promise<void> {
    const end: { isOver?: boolean; error?: unknown } = {};
    void work.catch((thrown: unknown) => (end.error = thrown)).finally(() => (end.isOver = true));
    for (;;) {
      await settled();
      TestBed.tick();
      await settled();
      if (this.s.count() === 0) break;
      await this.s.waitNext(1);
    }
    if (end.error !== undefined) throw end.error as Error;
    if (end.isOver !== true) throw new Error('it does not come to its end');
  }

  /** Whether a page that is open sent that attempt. */
  isBy(attempt: string, page: ClusterPage): boolean {
    return this.senders.get(attempt) === page;
  }

  check(): void {
    for (const page of this.pages) checkPage(this, page);
  }

  happen(happening: Happening): void {
    switch (happening.what) {
      case 'stop':
        for (const page of this.pages) page.stop();
        return;
      case 'reload':
        this.page(0).close();
        this.pages[0] = this.newPage('a');
        return;
      case 'gateway-restarts':
        this.restarts++;
        return;
      case 'refresh':
        this.page(happening.page).cluster.refresh();
        return;
      case 'settings':
        void this.page(happening.page).proxies.refresh();
        return;
      case 'wait':
        this.page(happening.page).wait();
        return;
      default: {
        const name = this.nameOf(happening.node);
        const node = this.nodes.get(name);
        if (node !== undefined) this.happenTo(name, node, happening);
      }
    }
  }

  private happenTo(name: string, node: ModelNode, happening: Extract<Happening, { node: number }>): void {
    switch (happening.what) {
      case 'dies':
        this.up.set(name, false);
        node.die();
        return;
      case 'comes-up':
        this.up.set(name, true);
        return;
      case 'goes-on':
        node.goOn();
        return;
      case 'by-hand':
        node.values = { ...node.values, ...machineWide(happening.server) };
        this.writers.get(name)?.push('hand');
    }
  }

  private newPage(name: string): ClusterPage {
    const now = () => new Date((this.time += 1));
    return new ClusterPage(name, page => this.shellOf(page), now);
  }

  private shellOf(page: ClusterPage): RemoteShell {
    return { run: (fqdn, command) => defer(() => from(this.call(page, fqdn, command))) };
  }

  private async call(page: ClusterPage, name: string, command: RemoteCommand): Promise<unknown> {
    const restarts = this.restarts;
    const question = ++this.questions;
    const label = `${page.name} ${command.name} ${name}`;
    await this.step(page, label, restarts, name);
    const isChange = /^(Set|Remove|Restore)-/.test(command.name);
    if (isChange) this.touch(page, name, command);
    try {
      const seen = this.writers.get(name)?.length ?? 0;
      const answer = await this.answer(name, command);
      await this.step(page, `${label} back`, restarts, name);
      if (command.name === 'Get-ProxySetting') heard(page, name, question, seen);
      return answer;
    } catch (error) {
      if (command.name === 'Get-ProxySetting') heard(page, name, question);
      throw error;
    } finally {
      if (isChange) this.underWay--;
    }
  }

  private async step(page: ClusterPage, label: string, restarts: number, name: string): Promise<void> {
    await this.s.schedule(Promise.resolve(), label);
    const now = ++this.steps;
    const due = this.due.filter(({ at }) => at <= now);
    this.due = this.due.filter(({ at }) => at > now);
    for (const happening of due) this.happen(happening);
    if (page.isOpen) TestBed.tick();
    if (!page.isOpen) await never();
    if (restarts !== this.restarts) throw new RemoteError('gateway', name, 'restarted');
    if (this.up.get(name) === false) throw new RemoteError('unreachable', name, 'down');
  }

  /** `at` of what is due counts from here. */
  begin(due: readonly Due[]): void {
    this.steps = 0;
    this.due = [...due];
  }

  /** No more faults, and nothing more that is due. */
  calm(): void {
    this.due = [];
    this.overviews = [];
    for (const node of this.nodes.values()) {
      node.changeFates = [];
      node.callFates = [];
    }
  }

  private async answer(name: string, command: RemoteCommand): Promise<unknown> {
    if (command.name === 'Get-ClusterOverview') return this.overview();
    const node = this.nodes.get(name);
    if (node === undefined) throw new Error(name);
    if (command.name === 'Test-EndpointByCurl') return this.measure(command);
    return lastValueFrom(node.run(name, command));
  }

  private overview(): unknown {
    if (this.overviews.shift() === 'fails') throw new RemoteError('gateway', 'c', 'no overview');
    const nodes = this.names().map(fqdn => ({
      name: fqdn.split('.')[0],
      fqdn,
      state: this.up.get(fqdn) === true ? 'up' : 'down',
    }));
    return { name: 'c', nodes, registration: null, witness: null, warnings: [], account: '' };
  }

  private measure({ parameters = {} }: RemoteCommand): unknown {
    const [endpoint] = parameters['Endpoints'] as readonly { readonly proxy: string }[];
    const server = endpoint?.proxy ?? '';
    const isOpen = this.open.has(sameProxyKey(server));
    const phases = [{ phase: 'name', ms: 1, outcome: isOpen ? 'ok' : 'failed', detail: '' }];
    const outcome = isOpen ? 'complete' : 'failed';
    return { ...NEEDED, outcome, route: server === '' ? 'direct' : 'proxy', proxy: server, isOpen, phases };
  }

  /** A command of a change comes to a node: is it allowed to? */
  private touch(page: ClusterPage, name: string, { name: script, parameters = {} }: RemoteCommand): void {
    this.senders.set(parameters['Change'] as string, page);
    this.underWay++;
    const atOnce = this.pages.reduce((sum, each) => sum + each.changes.limit(), 0);
    if (this.underWay > atOnce) throw new Error(`${this.underWay} nodes at once`);
    if (page.touched.includes(name)) return;
    if (page.waitingAtStop.has(name)) throw new Error(`${script} on ${name} after Stop`);
    const rows = page.changes.change()?.nodes.filter(({ node }) => page.touched.includes(node.fqdn)) ?? [];
    const isShown = rows.some(row => row.phase.at === 'verified' && (row.had === undefined || isProven(row)));
    const bad = rows.filter(
      ({ phase }) => !isEnd(phase) || ['rolled-back', 'mismatch', 'unknown'].includes(phase.at),
    );
    page.touched.push(name);
    if (!isShown && bad.length > 0) throw new Error(`a second node, and the first is ${bad[0]?.phase.at}`);
  }
}

/** Of two questions that were under way at once, the later one counts: their order on the node nobody knows. */
function heard(page: ClusterPage, name: string, question: number, seen?: number): void {
  const last = page.seen.get(name);
  if (question > (last?.question ?? 0)) page.seen.set(name, { question, seen: seen ?? last?.seen ?? 0 });
}

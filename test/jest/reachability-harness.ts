import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { signal, type Type } from '@angular/core';
import { EMPTY, Observable, of, Subject } from 'rxjs';
import { shippedCatalog } from './assets';
import { findButton } from './find-button';
import { englishStrings } from './strings';
import type { Cluster, Node, NodeState } from '../../src/app/cluster/cluster';
import { ClusterStore } from '../../src/app/cluster/cluster.store';
import { HOST } from '../../src/app/wac/host';
import {
  ASSETS,
  CLIPBOARD,
  CLOCK,
  DOWNLOADS,
  type FileOut,
  KEEP_SAFE,
  LASTING_KEEP_SAFE,
} from '../../src/app/wac/platform';
import { REMOTE_SHELL, type RemoteCommand } from '../../src/app/wac/remote-shell';
import type { Observation } from '../../src/app/reachability/probe/observation';
import { ResultView } from '../../src/app/reachability/page/results/result-view';
import { ReachabilityPage } from '../../src/app/reachability/page/reachability.page';
import { observed } from './observations';

export const DIRECT = {
  machineWide: false,
  server: '',
  bypass: [],
  pacUrl: '',
  autoDetect: false,
  readable: true,
};

export function node(name: string, state: NodeState = 'up'): Node {
  return { name, fqdn: `${name}.contoso.local`, state };
}

/** One node's `Test-Endpoint`, in the test's hand. */
export class NodeWork {
  readonly output = new Subject<unknown>();
  stopped = false;
  constructor(readonly command: RemoteCommand) {}

  get hosts(): readonly string[] {
    return this.endpoints.map(endpoint => endpoint.host);
  }

  get endpoints(): readonly Pick<Observation, 'id' | 'host' | 'port' | 'protocol'>[] {
    return this.command.parameters?.['Endpoints'] as unknown as Pick<
      Observation,
      'id' | 'host' | 'port' | 'protocol'
    >[];
  }

  /** Reports an endpoint, reachable unless changed; every port of the host. */
  report(host: string, change: Partial<Observation> = {}): void {
    for (const endpoint of this.endpoints.filter(each => each.host === host)) {
      this.output.next({ ...observed({ protocol: endpoint.protocol, ...change }), ...endpoint });
    }
  }

  /** Reports every endpoint that is still missing as reachable, then ends. */
  finish(except: readonly string[] = []): void {
    for (const host of new Set(this.hosts)) if (!except.includes(host)) this.report(host);
    this.output.complete();
  }
}

/** The reachability page with everything around it held by the test. */
export class ReachabilityHarness {
  readonly kept = new Map<string, string>();
  readonly saved: FileOut[] = [];
  readonly copied: string[] = [];
  readonly notices: string[] = [];
  mayCopy = true;
  /** Longer texts are not kept. */
  room = Infinity;
  readonly calls: string[] = [];
  readonly works = new Map<string, NodeWork>();
  readonly cluster = signal<Cluster | undefined>(undefined);
  /** Answer of `Get-ProxySetting`, by FQDN; direct when there is none. */
  readonly proxies = new Map<string, Observable<unknown>>();
  /** Answer of `Resolve-EndpointName`, by FQDN; nothing when there is none. */
  readonly names = new Map<string, Observable<unknown>>();
  /** Answers of `Get-ProxyScript` and `Resolve-EndpointProxy`, on any node; nothing when there is none. */
  readonly scripts = new Map<string, Observable<unknown>>();
  /** Most tests read each node's own cells. */
  everyNode = true;
  now = new Date('2026-11-24T07:00:00.000Z');
  private ticks: (() => void)[] = [];
  private fixture: ComponentFixture<unknown> | undefined;

  constructor(nodes: readonly Node[] = [node('node1'), node('node2')]) {
    this.cluster.set({ name: 'hci.contoso.local', nodes, origin: 'cluster', cloud: 'public' });
  }

  async open(): Promise<this> {
    this.works.clear();
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [
        {
          provide: HOST,
          useValue: {
            connection: { name: 'hci.contoso.local', nodes: [] },
            strings: englishStrings(),
            locale: 'en-US',
            notify: (_: string, state: string, title: string) => this.notices.push(`${state}: ${title}`),
          },
        },
        { provide: ClusterStore, useValue: { cluster: this.cluster, status: signal('ready') } },
        { provide: CLOCK, useValue: { now: () => this.now, every: this.every } },
        {
          provide: CLIPBOARD,
          useValue: {
            copy: (text: string) => {
              if (this.mayCopy) this.copied.push(text);
              return Promise.resolve(this.mayCopy);
            },
          },
        },
        { provide: DOWNLOADS, useValue: { save: (file: FileOut) => this.saved.push(file) } },
        { provide: LASTING_KEEP_SAFE, useExisting: KEEP_SAFE },
        {
          provide: KEEP_SAFE,
          useValue: {
            read: (key: string) => this.kept.get(key),
            keys: (beginning: string) => [...this.kept.keys()].filter(key => key.startsWith(beginning)),
            write: (key: string, value: string | undefined) => {
              this.kept.delete(key);
              if (value !== undefined && value.length <= this.room) this.kept.set(key, value);
              return value === undefined || value.length <= this.room;
            },
          },
        },
        { provide: ASSETS, useValue: shippedCatalog },
        { provide: REMOTE_SHELL, useValue: { run: this.run } },
      ],
    });
    await this.visit(ReachabilityPage);
    this.fixture?.debugElement.injector.get(ResultView).change({ everyNode: this.everyNode });
    await this.settle();
    return this;
  }

  /** Leaves the page for another one; what is known of the cluster stays. */
  async visit(page: Type<unknown>): Promise<void> {
    this.fixture?.destroy();
    this.fixture = TestBed.createComponent(page);
    document.body.replaceChildren(this.element);
    await this.settle();
  }

  get element(): HTMLElement {
    return this.fixture?.nativeElement as HTMLElement;
  }

  get text(): string {
    return this.element.textContent.replace(/\s+/g, ' ');
  }

  /** What is spoken. */
  get live(): string {
    return this.element.querySelector('.live')?.textContent ?? '';
  }

  get rowHosts(): string[] {
    return [...this.element.querySelectorAll('[role="rowheader"] bdi')].map(each => each.textContent);
  }

  get cells(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>('[role="gridcell"]')];
  }

  work(name: string): NodeWork {
    const work = this.works.get(`${name}.contoso.local`);
    if (work === undefined) throw new Error(`${name} tests nothing`);
    return work;
  }

  /** The buttons whose accessible name begins so. */
  named(start: string): HTMLButtonElement[] {
    return [...this.element.querySelectorAll('button')].filter(
      each => each.getAttribute('aria-label')?.startsWith(start) === true,
    );
  }

  /** The cell whose accessible name begins so. */
  cell(name: string): HTMLElement {
    const found = this.cells.find(each => each.getAttribute('aria-label')?.startsWith(name));
    if (found === undefined) throw new Error(`No cell ${name}`);
    return found;
  }

  button(name: string): HTMLButtonElement {
    return findButton(this.element, name);
  }

  async press(name: string): Promise<void> {
    this.button(name).click();
    await this.settle();
  }

  async toggle(label: string): Promise<void> {
    const found = [...this.element.querySelectorAll('label')].find(each => each.textContent.trim() === label);
    found?.querySelector('input')?.click();
    await this.settle();
  }

  /** Opens the panel in which the list is chosen. */
  async openChoices(): Promise<void> {
    this.element.querySelector<HTMLElement>('oc-choice-line > button')?.click();
    await this.settle();
  }

  async search(text: string): Promise<void> {
    const field = this.element.querySelector<HTMLInputElement>('input[type="search"]');
    if (field === null) throw new Error('No search field');
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await this.settle();
  }

  async enter(id: string, value: string): Promise<void> {
    const field = this.element.querySelector<HTMLInputElement>(`#${id}`);
    if (field === null) throw new Error(`No field ${id}`);
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await this.settle();
  }

  /** Waits for what is loaded on demand. */
  async until(holds: () => boolean): Promise<void> {
    for (const end = Date.now() + 50_000; !holds();) {
      if (Date.now() > end) throw new Error(`Never came to be; the page says: ${this.text}`);
      await new Promise(resolve => setTimeout(resolve));
      await this.settle();
    }
  }

  /** Chooses a file in a field. */
  async choose(id: string, file: File): Promise<void> {
    const field = this.element.querySelector<HTMLInputElement>(`#${id}`);
    if (field === null) throw new Error(`No field ${id}`);
    // jsdom's files cannot be read as text.
    Object.defineProperty(file, 'text', { value: () => readText(file) });
    Object.defineProperty(field, 'files', { value: [file], configurable: true });
    field.dispatchEvent(new Event('change', { bubbles: true }));
    await readText(file);
    await this.settle();
  }

  async key(name: string, ctrlKey = false): Promise<void> {
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key: name, ctrlKey, bubbles: true, cancelable: true }),
    );
    await this.settle();
  }

  async pass(ms: number): Promise<void> {
    this.now = new Date(this.now.getTime() + ms);
    for (const tick of this.ticks) tick();
    await this.settle();
  }

  get isTicking(): boolean {
    return this.ticks.length > 0;
  }

  async settle(): Promise<void> {
    await this.fixture?.whenStable();
  }

  private readonly every = (_: number, tick: () => void): (() => void) => {
    this.ticks.push(tick);
    return () => {
      this.ticks = this.ticks.filter(each => each !== tick);
    };
  };

  private readonly run = (fqdn: string, command: RemoteCommand): Observable<unknown> => {
    this.calls.push(`${fqdn} ${command.name}`);
    if (command.name === 'Get-ProxySetting') return this.proxies.get(fqdn) ?? of(DIRECT);
    if (command.name === 'Resolve-EndpointName') return this.names.get(fqdn) ?? EMPTY;
    if (command.name === 'Get-ProxyScript' || command.name === 'Resolve-EndpointProxy')
      return this.scripts.get(command.name) ?? EMPTY;
    const work = new NodeWork(command);
    this.works.set(fqdn, work);
    return new Observable(subscriber => {
      const subscription = work.output.subscribe(subscriber);
      return () => {
        work.stopped = true;
        subscription.unsubscribe();
      };
    });
  };
}

function readText(file: File): Promise<string> {
  return new Promise(resolve => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.readAsText(file);
  });
}

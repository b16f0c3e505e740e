import { signal, type WritableSignal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { AllowlistPage } from '../../src/app/allowlist/page/allowlist.page';
import type { Cluster } from '../../src/app/cluster/cluster';
import { type ClusterStatus, ClusterStore } from '../../src/app/cluster/cluster.store';
import { HOST, type Host } from '../../src/app/wac/host';
import {
  type AssetSource,
  ASSETS,
  CLIPBOARD,
  CLOCK,
  DOWNLOADS,
  type FileOut,
  KEEP_SAFE,
  LASTING_KEEP_SAFE,
} from '../../src/app/wac/platform';
import { EMPTY } from 'rxjs';
import { REMOTE_SHELL } from '../../src/app/wac/remote-shell';
import { shippedCatalog } from './assets';
import { findButton } from './find-button';
import { stringsOf } from './strings';

/** A cluster of US Government that knows its witness. */
export const CLUSTER: Cluster = {
  name: 'hci-cluster.contoso.local',
  nodes: [],
  origin: 'cluster',
  cloud: 'usgov',
  witnessAccount: 'contosowitness',
};

/** The allowlist page with everything around it held by the test. */
export class AllowlistHarness {
  readonly kept = new Map<string, string>();
  readonly saved: FileOut[] = [];
  readonly copied: string[] = [];
  readonly cluster: WritableSignal<Cluster | undefined> = signal(CLUSTER);
  readonly status: WritableSignal<ClusterStatus> = signal('ready');
  assets: AssetSource = shippedCatalog;
  /** Folder of its strings, `de-DE`; '' for English. */
  language = '';
  private fixture: ComponentFixture<AllowlistPage> | undefined;

  async open(): Promise<this> {
    this.create();
    await this.settle();
    this.openChoices();
    await this.settle();
    return this;
  }

  /** As {@link open}, while something is still being loaded. */
  async openUnsettled(): Promise<this> {
    this.create();
    await this.turns();
    return this;
  }

  private create(): void {
    const host: Partial<Host> = {
      connection: { name: 'hci-cluster.contoso.local', nodes: [] },
      strings: stringsOf(this.language),
      locale: this.language === '' ? 'en-US' : this.language,
    };
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [
        { provide: HOST, useValue: host },
        { provide: ClusterStore, useValue: { cluster: this.cluster, status: this.status } },
        { provide: CLOCK, useValue: { now: () => new Date(2026, 10, 24), every: () => () => undefined } },
        {
          provide: CLIPBOARD,
          useValue: { copy: (text: string) => Promise.resolve(this.copied.push(text) > 0) },
        },
        { provide: DOWNLOADS, useValue: { save: (file: FileOut) => this.saved.push(file) } },
        {
          provide: KEEP_SAFE,
          useValue: {
            read: (key: string) => this.kept.get(key),
            write: (key: string, value: string | undefined) =>
              value === undefined ? this.kept.delete(key) : this.kept.set(key, value),
          },
        },
        {
          provide: LASTING_KEEP_SAFE,
          useValue: { read: () => undefined, keys: () => [], write: () => true },
        },
        { provide: REMOTE_SHELL, useValue: { run: () => EMPTY } },
        { provide: ASSETS, useValue: this.assets },
      ],
    });
    this.fixture = TestBed.createComponent(AllowlistPage);
    document.body.replaceChildren(this.element);
  }

  get element(): HTMLElement {
    return this.fixture?.nativeElement as HTMLElement;
  }

  get text(): string {
    return this.element.textContent.replace(/\s+/g, ' ');
  }

  async settle(): Promise<void> {
    await this.fixture?.whenStable();
  }

  /** Opens the panel in which the list is chosen. */
  private openChoices(): void {
    const line = this.element.querySelector<HTMLElement>('oc-choice-line > button');
    if (line?.getAttribute('aria-expanded') === 'false') line.click();
    this.fixture?.detectChanges();
  }

  /** The control with this label. */
  field(label: string): HTMLInputElement | HTMLSelectElement {
    const labelled = (): HTMLLabelElement | undefined =>
      [...this.element.querySelectorAll('label')].find(each => each.textContent.trim().startsWith(label));
    if (labelled() === undefined) this.openChoices();
    const found = labelled();
    const control = found?.control ?? found?.querySelector('input');
    if (!(control instanceof HTMLInputElement || control instanceof HTMLSelectElement))
      throw new Error(`No field ${label}`);
    return control;
  }

  async enter(label: string, value: string): Promise<void> {
    this.fill(label, value);
    await this.settle();
  }

  /** As {@link enter}, while something is still being loaded. */
  async enterUnsettled(label: string, value: string): Promise<void> {
    this.fill(label, value);
    await this.turns();
  }

  private fill(label: string, value: string): void {
    const field = this.field(label);
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** Waits for what is loaded on demand. */
  async until(holds: () => boolean): Promise<void> {
    for (const end = Date.now() + 50_000; !holds();) {
      if (Date.now() > end) throw new Error(`Never came to be; the page says: ${this.text}`);
      await this.turns();
      await this.settle();
    }
  }

  private async turns(): Promise<void> {
    for (let turn = 0; turn < 10; turn += 1) {
      TestBed.tick();
      await Promise.resolve();
    }
  }

  button(name: string): HTMLButtonElement {
    return findButton(this.element, name);
  }

  async press(name: string): Promise<void> {
    this.button(name).click();
    await this.settle();
  }

  async check(label: string): Promise<void> {
    this.field(label).click();
    await this.settle();
  }

  get hosts(): string[] {
    return [...this.element.querySelectorAll('tbody [role="rowheader"]')].map(cell =>
      cell.textContent.trim(),
    );
  }

  get headings(): string[] {
    return [...this.element.querySelectorAll('section[aria-labelledby^="oc-feature-"] h2')].map(each =>
      each.textContent.trim(),
    );
  }

  row(host: string): HTMLElement {
    const found = [...this.element.querySelectorAll<HTMLElement>('tbody tr')].find(
      each => each.querySelector('[role="rowheader"]')?.textContent.trim() === host,
    );
    if (found === undefined) throw new Error(`No row ${host}`);
    return found;
  }

  /** Opens what is known of a rule beyond its line, and gives that. */
  async details(host: string): Promise<HTMLElement> {
    const button = this.row(host).querySelector('button');
    button?.focus();
    button?.click();
    await this.settle();
    const found = this.element.querySelector<HTMLElement>('oc-rule-details');
    if (found === null) throw new Error(`No details of ${host}`);
    return found;
  }

  cells(host: string): string[] {
    return [...this.row(host).querySelectorAll('[role="cell"]')].map(cell =>
      cell.textContent.replace(/\s+/g, ' ').trim(),
    );
  }
}

/** jsdom has no dialogs that open; these do what the tests need of the standard's. */
export function giveDialogs(): void {
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function (this: HTMLDialogElement) {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
}

import { signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { ClusterStore } from '../../src/app/cluster/cluster.store';
import { keepOwnRules } from '../../src/app/own-rules/rules/kept-own-rules';
import type { OwnRule } from '../../src/app/own-rules/rules/own-rule';
import { OwnRulesComponent } from '../../src/app/own-rules/page/own-rules.component';
import { HOST } from '../../src/app/wac/host';
import { ASSETS, CLIPBOARD, CLOCK, DOWNLOADS, type FileOut, KEEP_SAFE } from '../../src/app/wac/platform';
import { catalogOf } from './assets';
import { findButton } from './find-button';
import { edition, feature, rule, use } from './small-edition';
import { stringsOf } from './strings';

/** Where the rules of the harness's cluster are kept. */
export const OWN_RULES_KEY = 'own-rules:hci.contoso.local';
const login = rule('login.example');

/** The own rules with everything around them held by the test; the published list has one host. */
export class OwnRulesPart {
  readonly kept = new Map<string, string>();
  readonly saved: FileOut[] = [];
  readonly copied: string[] = [];
  copyWorks = true;
  /** Folder of its strings, `de-DE`; '' for English. */
  language = '';
  private fixture: ComponentFixture<OwnRulesComponent> | undefined;

  constructor(rules: readonly OwnRule[] = []) {
    if (rules.length > 0) this.kept.set(OWN_RULES_KEY, keepOwnRules(rules));
  }

  async open(): Promise<this> {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [
        {
          provide: HOST,
          useValue: {
            connection: { name: 'hci.contoso.local', nodes: [] },
            strings: stringsOf(this.language),
          },
        },
        { provide: ClusterStore, useValue: { cluster: signal(undefined), status: signal('ready') } },
        { provide: CLOCK, useValue: { now: () => new Date(2026, 10, 24), every: () => () => undefined } },
        { provide: DOWNLOADS, useValue: { save: (file: FileOut) => this.saved.push(file) } },
        {
          provide: CLIPBOARD,
          useValue: {
            copy: (text: string) => Promise.resolve(this.copyWorks && this.copied.push(text) > 0),
          },
        },
        {
          provide: KEEP_SAFE,
          useValue: {
            read: (key: string) => this.kept.get(key),
            write: (key: string, value: string | undefined) =>
              value === undefined ? this.kept.delete(key) : this.kept.set(key, value),
          },
        },
        { provide: ASSETS, useValue: catalogOf(edition([login], [feature('base', [use(login)])])) },
      ],
    });
    this.fixture = TestBed.createComponent(OwnRulesComponent);
    document.body.replaceChildren(this.element);
    await this.settle();
    return this;
  }

  get element(): HTMLElement {
    return this.fixture?.nativeElement as HTMLElement;
  }
  get text(): string {
    return this.element.textContent.replace(/\s+/g, ' ');
  }
  get status(): string {
    return this.element.querySelector('.message [role="status"]')?.textContent.trim() ?? '';
  }
  get hosts(): string[] {
    return [...this.element.querySelectorAll('oc-own-rule-table [role="rowheader"]')].map(each =>
      each.textContent.trim(),
    );
  }
  get dialog(): HTMLDialogElement {
    return this.find(HTMLDialogElement, 'dialog');
  }

  async settle(): Promise<void> {
    await this.fixture?.whenStable();
  }
  button(name: string): HTMLButtonElement {
    return findButton(this.element, name);
  }
  async press(name: string): Promise<void> {
    const button = this.button(name);
    button.focus();
    button.click();
    await this.settle();
  }
  field(name: keyof OwnRule): HTMLInputElement {
    return this.find(HTMLElement, `#oc-own-rule-${name}`) as HTMLInputElement;
  }
  async fill(values: Partial<Record<keyof OwnRule, string>>): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      const field = this.field(name as keyof OwnRule);
      field.value = value;
      for (const event of ['input', 'change', 'blur']) field.dispatchEvent(new Event(event));
    }
    await this.settle();
  }
  problem(name: keyof OwnRule): string {
    return this.element.querySelector(`#oc-own-rule-${name}-problem`)?.textContent.trim() ?? '';
  }
  async choose(name: string, content: string | Uint8Array<ArrayBuffer>, size?: number): Promise<void> {
    const input = this.find(HTMLInputElement, 'input[type="file"]');
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const file = {
      name,
      size: size ?? bytes.length,
      arrayBuffer: () => Promise.resolve(bytes.buffer),
    };
    Object.defineProperty(input, 'files', { configurable: true, value: [file] });
    input.dispatchEvent(new Event('change'));
    await this.settle();
  }

  private find<T extends HTMLElement>(type: new () => T, selector: string): T {
    const found = this.element.querySelector(selector);
    if (!(found instanceof type)) throw new Error(`No ${selector}`);
    return found;
  }
}

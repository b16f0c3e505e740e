import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  Injector,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { REQUIREMENTS } from '../../allowlist/catalog/catalog';
import { TEXT } from '../../ui/words/text';
import { type OwnRule, type OwnRuleDraft, type OwnRuleField, PROTOCOLS } from '../rules/own-rule';
import { OwnRulesStore } from '../state/own-rules.store';

const FIELDS: readonly OwnRuleField[] = ['host', 'port', 'protocol', 'requirement', 'purpose'];
const CHOICES: Partial<
  Readonly<Record<OwnRuleField, { readonly codes: readonly string[]; readonly words: string }>>
> = {
  protocol: { codes: PROTOCOLS, words: 'allowlist.protocol.' },
  requirement: { codes: REQUIREMENTS, words: 'common.requirement.' },
};
const NEW: OwnRuleDraft = { host: '', port: '443', protocol: 'https', requirement: 'required', purpose: '' };

/** Asks for a rule of the administrator's own, and saves it. What is wrong stands at its field. */
@Component({
  selector: 'oc-own-rule-dialog',
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './own-rule-dialog.component.html',
  styles: `
    h2,
    .oc-field {
      margin-block-end: var(--spacingVerticalM);
    }
    dialog {
      inline-size: 30rem;
    }
  `,
})
export class OwnRuleDialogComponent {
  protected readonly t = inject(TEXT);
  private readonly store = inject(OwnRulesStore);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  private readonly injector = inject(Injector);
  private opener: HTMLElement | undefined;

  /** The rule as it was saved. */
  readonly saved = output<OwnRule>();

  /** A closed form is not there: its labels would be found beside those of the page. */
  protected readonly isOpen = signal(false);
  protected readonly fields = FIELDS;
  protected readonly choices = CHOICES;
  /** Place of the rule that is edited; undefined: a new one. */
  protected readonly index = signal<number | undefined>(undefined);
  protected readonly draft = signal(NEW);
  /** Fields that may be called wrong: those that were left, and all after an attempt to save. */
  private readonly judged = signal<ReadonlySet<OwnRuleField>>(new Set());
  private readonly problems = computed(() => {
    const entry = this.store.read(this.draft(), this.index());
    return entry.ok ? {} : entry.problems;
  });

  /** Asks for a new rule, or for changes of the one at `index`; the focus comes back to `opener`. */
  open(opener: HTMLElement, index?: number): void {
    const rule = index === undefined ? undefined : this.store.rules()[index];
    this.opener = opener;
    this.index.set(rule && index);
    this.draft.set(rule === undefined ? NEW : { ...rule, port: String(rule.port) });
    this.judged.set(new Set());
    this.isOpen.set(true);
    this.dialog().nativeElement.showModal();
    afterNextRender(() => this.input('host')?.focus(), { injector: this.injector });
  }

  protected problemOf(field: OwnRuleField): string | undefined {
    return this.judged().has(field) ? this.problems()[field] : undefined;
  }

  protected type(field: OwnRuleField, value: string): void {
    this.draft.update(draft => ({ ...draft, [field]: value }));
  }

  /** What is still empty is not yet wrong. */
  protected leave(field: OwnRuleField): void {
    if (this.draft()[field].trim() !== '') this.judged.update(judged => new Set([...judged, field]));
  }

  protected save(event: Event): void {
    event.preventDefault();
    const entry = this.store.save(this.draft(), this.index());
    if (entry.ok) {
      this.close();
      this.saved.emit(entry.rule);
      return;
    }
    this.judged.set(new Set(FIELDS));
    const wrong = FIELDS.find(field => entry.problems[field] !== undefined);
    if (wrong !== undefined) this.input(wrong)?.focus();
  }

  protected close(): void {
    this.dialog().nativeElement.close();
  }

  /** Also after Escape. */
  protected closed(): void {
    // The event comes late: it may be opened again by then.
    if (this.dialog().nativeElement.open) return;
    this.isOpen.set(false);
    this.opener?.focus();
  }

  private input(field: OwnRuleField): HTMLElement | null {
    return this.dialog().nativeElement.querySelector<HTMLElement>(`#oc-own-rule-${field}`);
  }
}

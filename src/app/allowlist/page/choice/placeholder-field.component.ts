import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { TEXT } from '../../../ui/words/text';
import { AllowlistStore } from '../../state/allowlist.store';
import type { PlaceholderName } from '../../catalog/catalog';
import { SelectionStore } from '../../state/selection.store';

/** Asks for a part of host names that only the owner knows, or shows the one that the cluster uses. */
@Component({
  selector: 'oc-placeholder-field',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="oc-field">
      <label [for]="id()">{{ t('allowlist.answer.label.' + name()) }}</label>
      <input
        class="oc-input"
        type="text"
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        [id]="id()"
        [value]="text()"
        [attr.aria-invalid]="problem() ? true : null"
        [attr.aria-describedby]="id() + '-hint ' + id() + '-problem'"
        (input)="enter($any($event.target).value)"
        (change)="typing.set(false)"
      />
      <span class="oc-hint" [id]="id() + '-hint'">{{ hint() }}</span>
      <span class="oc-error" [id]="id() + '-problem'">
        @if (problem(); as code) {
          {{ t('allowlist.answer.' + name() + '.' + code) }}
        }
      </span>
    </div>
  `,
})
export class PlaceholderFieldComponent {
  protected readonly t = inject(TEXT);
  private readonly selection = inject(SelectionStore);
  private readonly store = inject(AllowlistStore);
  readonly name = input.required<PlaceholderName>();
  protected readonly typing = signal(false);

  protected readonly id = computed(() => `oc-answer-${this.name()}`);
  protected readonly text = computed(() => this.selection.answer(this.name()));
  /** While a name is being typed it is not yet called too short, nor incomplete. */
  protected readonly problem = computed(() => {
    const entry = this.store.answer(this.name());
    if (entry.ok) return undefined;
    const unfinished = entry.problem === 'too-short' || entry.problem === 'form';
    return this.typing() && unfinished ? undefined : entry.problem;
  });
  protected readonly hint = computed(() => {
    const detected = this.selection.detectedAnswer(this.name());
    const what = detected !== undefined && detected === this.text() ? 'detected' : 'hint';
    return this.t(`allowlist.answer.${what}.${this.name()}`, this.store.suffix(this.name()));
  });

  protected enter(text: string): void {
    this.typing.set(true);
    this.selection.enterAnswer(this.name(), text);
  }
}

import { ChangeDetectionStrategy, Component, inject, input, signal } from '@angular/core';
import { CLIPBOARD } from '../wac/platform';
import { IconComponent } from './icon.component';
import { spokenAfter } from './words/spoken';
import { TEXT } from './words/text';

/** Copies a text and says whether it could. */
@Component({
  selector: 'oc-copy-button',
  imports: [IconComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button
      type="button"
      class="oc-button oc-button-subtle"
      [attr.aria-label]="of() ? label() + ': ' + of() : null"
      (click)="copy()"
    >
      <oc-icon name="copy" />{{ label() }}
    </button>
    <span role="status" class="oc-hint">{{ said() }}</span>
  `,
  styles: `
    :host {
      display: inline-flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--spacingHorizontalXS);
    }
  `,
})
export class CopyButtonComponent {
  protected readonly t = inject(TEXT);
  private readonly clipboard = inject(CLIPBOARD);

  readonly label = input.required<string>();
  /** What is copied, where several buttons have the same words. */
  readonly of = input<string>();
  /** Or what makes it, where it is long. */
  readonly text = input.required<string | (() => string)>();
  /** Said where there is nothing to copy yet. */
  readonly nothing = input('');
  protected readonly said = signal('');

  async copy(): Promise<void> {
    const given = this.text();
    const text = typeof given === 'string' ? given : given();
    const isNothing = text === '' && this.nothing() !== '';
    const done = !isNothing && (await this.clipboard.copy(text));
    const sentence = isNothing ? this.nothing() : this.t(done ? 'common.copied' : 'common.notCopied');
    this.said.update(before => spokenAfter(before, sentence));
  }
}

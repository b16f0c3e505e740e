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
    <button type="button" class="oc-button oc-button-subtle" (click)="copy()">
      <oc-icon name="copy" />{{ label() }}<span class="oc-visually-hidden">{{ of() && ': ' + of() }}</span>
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
  protected readonly said = signal('');

  protected async copy(): Promise<void> {
    const text = this.text();
    const done = await this.clipboard.copy(typeof text === 'string' ? text : text());
    const sentence = this.t(done ? 'common.copied' : 'common.notCopied');
    this.said.update(before => spokenAfter(before, sentence));
  }
}

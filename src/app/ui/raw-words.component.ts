import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { CopyButtonComponent } from './copy-button.component';
import { TEXT } from './words/text';

/** What a node, the gateway or a file said in its own words: closed until somebody wants it, and to copy. */
@Component({
  selector: 'oc-raw-words',
  imports: [CopyButtonComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <details>
      <summary>
        {{ summary() || t('common.details')
        }}<span class="oc-visually-hidden">{{ of() && ': ' + of() }}</span>
      </summary>
      <p tabindex="0">{{ words() }}</p>
      <oc-copy-button [label]="t('common.details.copy')" [of]="of()" [text]="words()" />
    </details>
  `,
  styles: `
    :host {
      display: block;
    }
    p {
      max-block-size: 20lh;
      margin: 0;
      overflow-y: auto;
      overflow-wrap: anywhere;
      white-space: pre-wrap;
    }
    summary {
      min-block-size: 24px;
      inline-size: fit-content;
      cursor: pointer;
    }
  `,
})
export class RawWordsComponent {
  protected readonly t = inject(TEXT);
  /** From outside: shown as text only. */
  readonly words = input.required<string>();
  /** What opens them; absent: *Details*. */
  readonly summary = input<string>();
  /** Whose they are, where others stand beside them. */
  readonly of = input<string>();
}

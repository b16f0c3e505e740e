import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import type { Range } from './number-in';

/** A label and its whole number, with what is wrong with the entry below it. */
@Component({
  selector: 'oc-number-field',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class.inline]': 'isInline()' },
  template: `
    <div class="oc-field">
      <label [for]="fieldId()">{{ label() }}</label>
      <input
        [id]="fieldId()"
        class="oc-input"
        type="number"
        inputmode="numeric"
        step="1"
        [min]="limits().min"
        [max]="limits().max"
        [value]="value()"
        [attr.aria-invalid]="error() !== ''"
        [attr.aria-describedby]="(hint() ? fieldId() + '-hint ' : '') + fieldId() + '-error'"
        (input)="enter.emit($any($event.target).value)"
      />
      @if (hint()) {
        <span class="oc-hint" [id]="fieldId() + '-hint'">{{ hint() }}</span>
      }
      <span class="oc-error" role="alert" [id]="fieldId() + '-error'">{{ error() }}</span>
    </div>
  `,
  styles: `
    :host {
      display: block;
    }
    :host(.inline) .oc-field {
      flex-flow: row wrap;
      align-items: center;
      gap: var(--spacingHorizontalXS);
    }
    :host(.inline) label {
      font-weight: var(--fontWeightRegular);
    }
    :host(.inline) .oc-input {
      inline-size: 4.5rem;
    }
  `,
})
export class NumberFieldComponent {
  /** Unique in the page. */
  readonly fieldId = input.required<string>();
  readonly label = input.required<string>();
  readonly limits = input.required<Range>();
  /** As it was typed. */
  readonly value = input.required<string>();
  readonly hint = input('');
  /** '' while the entry can be used. */
  readonly error = input('');
  /** Label and number in one line, without a column of their own. */
  readonly isInline = input(false);
  readonly enter = output<string>();
}

import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';

export interface ChoiceOption {
  readonly value: string;
  readonly text: string;
}

/** A label, its select, and in words where the choice is from. */
@Component({
  selector: 'oc-choice-field',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="oc-field">
      <label [for]="fieldId()">{{ label() }}</label>
      <select
        class="oc-select"
        [id]="fieldId()"
        [attr.aria-describedby]="hint() ? fieldId() + '-hint' : null"
        (change)="choose.emit($any($event.target).value)"
      >
        @for (option of options(); track option.value) {
          <option [value]="option.value" [selected]="option.value === value()">{{ option.text }}</option>
        }
      </select>
      @if (hint()) {
        <span class="oc-hint" [id]="fieldId() + '-hint'">{{ hint() }}</span>
      }
    </div>
  `,
  styles: `
    /* The longest option may be wider than a narrow window. */
    :host {
      display: block;
      min-inline-size: 0;
      max-inline-size: 100%;
    }
  `,
})
export class ChoiceFieldComponent {
  /** Unique in the page. */
  readonly fieldId = input.required<string>();
  readonly label = input.required<string>();
  readonly options = input.required<readonly ChoiceOption[]>();
  readonly value = input.required<string>();
  readonly hint = input('');
  readonly choose = output<string>();
}

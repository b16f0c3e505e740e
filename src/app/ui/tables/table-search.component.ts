import { ChangeDetectionStrategy, Component, inject, input, model } from '@angular/core';
import { TEXT } from '../words/text';

/** The search field of one table, and how many of its lines it leaves. */
@Component({
  selector: 'oc-table-search',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <label class="oc-field">
      <span class="oc-label">{{ label() }}</span>
      <input
        class="oc-input"
        type="search"
        autocomplete="off"
        spellcheck="false"
        [value]="text()"
        (input)="text.set($any($event.target).value)"
      />
    </label>
    <span role="status" class="oc-hint">
      @if (text().trim() !== '') {
        {{ t('common.search.counts', found(), all()) }}
        @if (found() === 0) {
          {{ t('common.search.none') }}
        }
      }
    </span>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-end;
      gap: var(--spacingVerticalXS) var(--spacingHorizontalM);
      margin-block-end: var(--spacingVerticalS);
    }
  `,
})
export class TableSearchComponent {
  protected readonly t = inject(TEXT);
  readonly label = input.required<string>();
  readonly text = model.required<string>();
  readonly found = input.required<number>();
  readonly all = input.required<number>();
}

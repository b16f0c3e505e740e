import { ChangeDetectionStrategy, Component, input } from '@angular/core';

/** The room of lines that are not drawn. */
@Component({
  // It stays the row that it is.
  // eslint-disable-next-line @angular-eslint/component-selector
  selector: 'tr[oc-gap-row]',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '<td [attr.colspan]="span()" [style.block-size.px]="height()"></td>',
  host: { class: 'oc-gap', 'aria-hidden': 'true' },
})
export class GapRowComponent {
  /** Of all of them, px. */
  readonly height = input.required<number>();
  /** Columns of the table. */
  readonly span = input.required<number>();
}

import { NgTemplateOutlet } from '@angular/common';
import { ChangeDetectionStrategy, Component, contentChild, input } from '@angular/core';
import { LineTemplate } from './line-template';
import type { LongRows } from './long-rows';

/** The body of a table of which only the lines in view are drawn; its template draws one, the others leave their room. */
@Component({
  // It stays the part of a table that it is.
  // eslint-disable-next-line @angular-eslint/component-selector
  selector: 'tbody[oc-long-body]',
  imports: [NgTemplateOutlet],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <!-- Read once: each line that is added makes Angular look for the template among all lines again. -->
    @let drawing = line().template;
    @for (each of rows().drawn(); track each.index) {
      @if (each.gap > 0) {
        <tr class="oc-gap" aria-hidden="true">
          <td [attr.colspan]="span()" [style.block-size.px]="each.gap * height()"></td>
        </tr>
      }
      <ng-container *ngTemplateOutlet="drawing; context: { $implicit: each.item, index: each.index }" />
    }
    @if (rows().tail() > 0) {
      <tr class="oc-gap" aria-hidden="true">
        <td [attr.colspan]="span()" [style.block-size.px]="rows().tail() * height()"></td>
      </tr>
    }
  `,
  // Of what is left out; the lines are styled by whoever draws them.
  styles: `
    tr,
    td {
      padding: 0;
      border: 0;
    }
  `,
  host: { role: 'rowgroup' },
})
export class LongBodyComponent<T> {
  readonly rows = input.required<LongRows<T>>();
  /** Of every line, px. */
  readonly height = input.required<number>();
  /** Columns of the table. */
  readonly span = input.required<number>();
  protected readonly line = contentChild.required<LineTemplate<T>>(LineTemplate);
}

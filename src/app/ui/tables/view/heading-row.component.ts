import { ChangeDetectionStrategy, Component, input, model } from '@angular/core';
import type { Column } from './column';
import { SortHeadingComponent } from '../sort-heading.component';
import { ariaSort, type Sorting } from '../sorting';

/** The headings of a table, which sort it. Roles are spelled out, as in all tables that may become lists. */
@Component({
  // It stays the row that it is.
  // eslint-disable-next-line @angular-eslint/component-selector
  selector: 'tr[oc-heading-row]',
  imports: [SortHeadingComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @for (column of columns(); track column.id) {
      @if (!column.isHidden) {
        <th
          role="columnheader"
          scope="col"
          [class]="column.id"
          [class.oc-number]="column.isNumber"
          [style.inline-size]="column.width"
          [attr.aria-sort]="ariaSort(sorting(), column.id)"
        >
          @if (isPlain() || column.sorts === false) {
            {{ column.title }}
          } @else {
            <oc-sort-heading
              [column]="column.id"
              [sorting]="sorting()"
              [inTabOrder]="inTabOrder()"
              (sort)="sorting.set($event)"
              >{{ column.title }}</oc-sort-heading
            >
          }
        </th>
      }
    }
  `,
  host: { role: 'row' },
})
export class HeadingRowComponent<T> {
  readonly columns = input.required<readonly Column<T>[]>();
  readonly sorting = model.required<Sorting>();
  /** Where a field beside the table sorts, too, Tab need not stop at each heading. */
  readonly inTabOrder = input(true);
  /** Words alone: nothing sorts from here. */
  readonly isPlain = input(false);
  protected readonly ariaSort = ariaSort;
}

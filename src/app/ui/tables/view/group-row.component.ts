import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import type { LineGroup } from './table-view';

/** The heading of a group of lines, across the table. */
@Component({
  // It stays the row that it is.
  // eslint-disable-next-line @angular-eslint/component-selector
  selector: 'tr[oc-group-row]',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<th role="rowheader" scope="rowgroup" [attr.colspan]="span()">
    {{ group().title }} ({{ group().count }})
  </th>`,
  styles: `
    th {
      background: var(--colorNeutralBackground2);
      text-align: start;
      overflow-wrap: anywhere;
    }
  `,
  host: { role: 'row' },
})
export class GroupRowComponent {
  readonly group = input.required<LineGroup>();
  /** Columns of the table. */
  readonly span = input.required<number>();
}

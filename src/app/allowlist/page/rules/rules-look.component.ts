import { ChangeDetectionStrategy, Component, input, ViewEncapsulation } from '@angular/core';

/**
 * The table that rules stand in, the published ones and the own: of many only those in view, and where it has no room a
 * list. Roles are spelled out, because browsers drop a table's meaning when its rows are laid out otherwise.
 */
@Component({
  // It stays the table that it is.
  // eslint-disable-next-line @angular-eslint/component-selector
  selector: 'table[oc-rules]',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '<ng-content />',
  styleUrl: './rules-look.component.css',
  // Rows and cells belong to whoever wrote them.
  encapsulation: ViewEncapsulation.None,
  host: {
    class: 'oc-table oc-rules',
    role: 'table',
    '[class.many]': 'isMany()',
    '[class.stacked]': 'isList()',
    '[attr.aria-label]': 'name()',
    '[attr.aria-rowcount]': 'isMany() ? count() + 1 : null',
  },
})
export class RulesLookComponent {
  /** Its accessible name. */
  readonly name = input.required<string>();
  readonly count = input.required<number>();
  /** So many that only those in view are drawn, all of one height. */
  readonly isMany = input.required<boolean>();
  /** Too narrow for columns. */
  readonly isList = input.required<boolean>();
}

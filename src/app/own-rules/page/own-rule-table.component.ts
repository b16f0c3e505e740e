import {
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { HostNameComponent } from '../../ui/host-name.component';
import { isNarrowerThan } from '../../ui/tables/narrower-than';
import { drawnRows, MANY_ROWS, rowsInView } from '../../ui/tables/in-view/rows-in-view';
import { SortHeadingComponent } from '../../ui/tables/sort-heading.component';
import { ariaSort, hostKey, sortedBy, type Sorting } from '../../ui/tables/sorting';
import { TEXT } from '../../ui/words/text';
import { REQUIREMENTS } from '../../allowlist/catalog/catalog';
import type { OwnRule } from '../rules/own-rule';

/** A rule and its place among all own rules. */
export interface PlacedRule {
  readonly rule: OwnRule;
  readonly index: number;
}

/** What the administrator asked for, and the button that said so. */
export interface RuleRequest {
  readonly index: number;
  readonly button: HTMLElement;
}

/** The columns that the published rules have, too. What only those have keeps the own ones in their order. */
function keyOf({ rule }: PlacedRule, column: string): string | number {
  switch (column) {
    case 'host':
      return hostKey(rule.host);
    case 'port':
      return rule.port;
    case 'protocol':
      return rule.protocol;
    case 'requirement':
      return REQUIREMENTS.indexOf(rule.requirement);
    default:
      return 0;
  }
}

/** Of one line, px. */
const HEIGHT = { line: 45, stacked: 116 } as const;

/** The own rules with their buttons; a list on narrow screens, like the published ones. */
@Component({
  selector: 'oc-own-rule-table',
  imports: [HostNameComponent, SortHeadingComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <table
      class="oc-table"
      role="table"
      [class.many]="many()"
      [attr.aria-label]="t('ownRules.title')"
      [attr.aria-rowcount]="many() ? rules().length + 1 : null"
    >
      <thead role="rowgroup">
        <tr role="row">
          @for (column of columns; track column) {
            <th
              role="columnheader"
              scope="col"
              [class]="column"
              [attr.aria-sort]="ariaSort(sorting(), column)"
            >
              @if (stacked() || column === 'purpose') {
                {{ t('allowlist.column.' + column) }}
              } @else {
                <oc-sort-heading
                  [column]="column"
                  [sorting]="sorting()"
                  [inTabOrder]="false"
                  (sort)="sort.emit($event)"
                  >{{ t('allowlist.column.' + column) }}</oc-sort-heading
                >
              }
            </th>
          }
          <th role="columnheader" scope="col" class="actions">{{ t('ownRules.column.actions') }}</th>
        </tr>
      </thead>
      <tbody #body role="rowgroup">
        <!-- By place: a row that was edited stays the same element, so the focus can return to its button. -->
        @for (drawn of drawn(); track drawn.index) {
          @if (drawn.gap > 0) {
            <tr class="gap" aria-hidden="true">
              <td colspan="6" [style.block-size.px]="drawn.gap * height()"></td>
            </tr>
          }
          @let each = drawn.placed;
          <tr
            role="row"
            [style.block-size.px]="many() ? height() : null"
            [attr.aria-rowindex]="many() ? drawn.index + 2 : null"
            (focusin)="at.set(drawn.index)"
          >
            <th class="host" role="rowheader" scope="row" [title]="each.rule.host">
              <code><oc-host-name [host]="each.rule.host" /></code>
            </th>
            <td role="cell" class="port">{{ each.rule.port }}</td>
            <td role="cell" class="protocol">
              {{ t('allowlist.protocol.' + each.rule.protocol) }}
            </td>
            <td role="cell" class="requirement">
              <span class="oc-badge" [attr.data-requirement]="each.rule.requirement">{{
                t('common.requirement.' + each.rule.requirement)
              }}</span>
            </td>
            <td class="purpose" role="cell" [title]="each.rule.purpose">
              <bdi>{{ each.rule.purpose }}</bdi>
            </td>
            <td role="cell" class="actions">
              <div class="buttons">
                <button
                  #editButton
                  type="button"
                  class="oc-button"
                  aria-haspopup="dialog"
                  (click)="edit.emit({ index: each.index, button: editButton })"
                >
                  {{ t('ownRules.edit')
                  }}<span class="oc-visually-hidden"> {{ each.rule.host }}:{{ each.rule.port }}</span>
                </button>
                <button
                  #removeButton
                  type="button"
                  class="oc-button"
                  (click)="remove.emit({ index: each.index, button: removeButton })"
                >
                  {{ t('ownRules.remove')
                  }}<span class="oc-visually-hidden"> {{ each.rule.host }}:{{ each.rule.port }}</span>
                </button>
              </div>
            </td>
          </tr>
        }
        @if (tail() > 0) {
          <tr class="gap" aria-hidden="true">
            <td colspan="6" [style.block-size.px]="tail() * height()"></td>
          </tr>
        }
      </tbody>
    </table>
  `,
  styleUrl: '../../allowlist/page/rules/rule-table.component.css',
  host: { '[class.stacked]': 'stacked()' },
  styles: `
    tbody tr {
      cursor: auto;
    }
    .buttons {
      display: flex;
      gap: var(--spacingHorizontalXS);
    }
  `,
})
export class OwnRuleTableComponent {
  protected readonly t = inject(TEXT);
  protected readonly columns = ['host', 'port', 'protocol', 'requirement', 'purpose'] as const;
  protected readonly ariaSort = ariaSort;
  readonly rules = input.required<readonly PlacedRule[]>();
  readonly sorting = input<Sorting>('');
  readonly sort = output<Sorting>();
  private readonly sorted = computed(() => sortedBy(this.rules(), this.sorting(), keyOf));
  /** So many that only those in view are drawn. */
  protected readonly many = computed(() => this.rules().length > MANY_ROWS / 2);
  protected readonly stacked = isNarrowerThan(760);
  protected readonly height = computed(() => (this.stacked() ? HEIGHT.stacked : HEIGHT.line));
  /** Where the reader is: that row stays. */
  protected readonly at = signal(0);
  private readonly body = viewChild<ElementRef<HTMLElement>>('body');
  private readonly inView = rowsInView({
    body: () => this.body()?.nativeElement,
    count: computed(() => this.rules().length),
    height: this.height,
    isOn: this.many,
  });
  protected readonly drawn = computed(() => {
    const rules = this.sorted();
    const range = this.many() ? this.inView() : { start: 0, end: rules.length };
    return drawnRows(range, this.many() ? this.at() : undefined, rules.length).flatMap(({ index, gap }) => {
      const placed = rules[index];
      return placed === undefined ? [] : [{ index, gap, placed }];
    });
  });
  /** Rows behind the last one that is drawn. */
  protected readonly tail = computed(() => this.rules().length - 1 - (this.drawn().at(-1)?.index ?? -1));
  readonly edit = output<RuleRequest>();
  readonly remove = output<RuleRequest>();
}

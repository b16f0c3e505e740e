import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { ariaSort, nextSorting, type Sorting } from './sorting';

/** The words of a column's heading, which sort by it. The heading itself says so by `aria-sort`. */
@Component({
  selector: 'oc-sort-heading',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<button type="button" [attr.tabindex]="inTabOrder() ? null : -1" (click)="sort.emit(next())">
    <ng-content /><span class="arrow" aria-hidden="true">{{ arrow() }}</span>
  </button>`,
  styles: `
    button {
      max-inline-size: 100%;
      min-inline-size: 24px;
      min-block-size: 24px;
      padding: 0;
      border: 0;
      background: transparent;
      color: inherit;
      font: inherit;
      text-align: start;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
      vertical-align: middle;
      cursor: pointer;
    }
    button:hover {
      text-decoration: underline;
    }
    .arrow:empty {
      display: none;
    }
    .arrow {
      display: inline-block;
      inline-size: 1em;
      text-align: center;
    }
  `,
})
export class SortHeadingComponent {
  readonly column = input.required<string>();
  readonly sorting = input.required<Sorting>();
  /** The first choice sorts from the last to the first. */
  readonly downFirst = input(false);
  /** Where a field beside the table sorts, too, Tab need not stop at each heading. */
  readonly inTabOrder = input(true);
  readonly sort = output<Sorting>();

  protected readonly next = computed(() => nextSorting(this.sorting(), this.column(), this.downFirst()));
  protected readonly arrow = computed(
    () => ({ ascending: '↑', descending: '↓', none: '' })[ariaSort(this.sorting(), this.column()) ?? 'none'],
  );
}

import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  ElementRef,
  inject,
  input,
  signal,
  ViewEncapsulation,
} from '@angular/core';
import { TEXT } from '../words/text';

const ROLES: Readonly<Record<string, string>> = {
  THEAD: 'rowgroup',
  TBODY: 'rowgroup',
  TR: 'row',
  TD: 'cell',
};

/** In a room so wide, px, a table stays one: nodes stand one below the other, to be compared. */
const WIDE = 1200;

/**
 * A table that becomes a list where it has no room: each row a card, each cell under its column's name. Roles are
 * spelled out, because browsers drop a table's meaning when its rows are laid out otherwise. The look is `.oc-stacked`.
 */
@Component({
  // It stays the table that it is.
  // eslint-disable-next-line @angular-eslint/component-selector
  selector: 'table[oc-stacked]',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '<ng-content />',
  styleUrl: './stacked-table.component.css',
  // Rows and cells belong to whoever wrote them.
  encapsulation: ViewEncapsulation.None,
  host: { role: 'table', '[class.oc-stacked]': 'stacked()' },
})
export class StackedTableComponent {
  /** Narrower rooms than these make the table a list, px; so do those in which it does not fit, unless they are wide. */
  readonly narrow = input(640);
  private readonly t = inject(TEXT);
  private readonly table = inject<ElementRef<HTMLTableElement>>(ElementRef).nativeElement;
  readonly stacked = signal(false);

  constructor() {
    const destroyRef = inject(DestroyRef);
    afterNextRender(() => {
      this.label();
      const changed = new MutationObserver(() => this.label());
      changed.observe(this.table, { childList: true, subtree: true, characterData: true });
      destroyRef.onDestroy(() => changed.disconnect());
      // The table itself may be wider than its room.
      const room = this.table.parentElement;
      if (room === null || typeof ResizeObserver !== 'function') return;
      let needed = 0;
      const measure = (): void => {
        const width = room.clientWidth;
        // Nothing is to be scrolled to the side, however long what nodes or files say. Widths are rounded.
        if (!this.stacked() && this.table.offsetWidth > width + 1) needed = this.table.offsetWidth;
        this.stacked.set(width > 0 && width < Math.max(this.narrow(), Math.min(needed, WIDE)));
      };
      measure();
      const resized = new ResizeObserver(measure);
      resized.observe(room);
      resized.observe(this.table);
      destroyRef.onDestroy(() => resized.disconnect());
    });
  }

  private label(): void {
    const headings = this.table.tHead?.rows[0];
    const heads = [...(headings?.cells ?? [])].map(wordsIn);
    // As a list its headings only sort, and say so.
    if (headings?.querySelector('oc-sort-heading')) set(headings, 'data-label', this.t('common.sort'));
    for (const row of this.table.rows) {
      for (const [index, cell] of [...row.cells].entries()) {
        const isHead = row.parentElement === this.table.tHead;
        set(cell, 'role', cell.tagName === 'TH' ? (isHead ? 'columnheader' : 'rowheader') : 'cell');
        if (!isHead) set(cell, 'data-label', heads[index] ?? '');
      }
    }
    for (const part of this.table.querySelectorAll('thead, tbody, tr')) {
      set(part, 'role', ROLES[part.tagName] ?? '');
    }
  }
}

/** Without the arrow of the column that sorts. */
function wordsIn(cell: Element): string {
  const words = cell.cloneNode(true) as Element;
  for (const hidden of words.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
  return words.textContent.trim();
}

/** Writing what is there already would be one more change to look at. */
function set(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

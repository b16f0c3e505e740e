import { computed, type Signal } from '@angular/core';
import type { StackedTableComponent } from '../stacked-table.component';
import type { TableLine, TableView } from '../view/table-view';
import { longRows, type LongRows } from './long-rows';
import { MANY_ROWS } from './rows-in-view';

/** Of one line, and of what each field adds to a card, px. */
const LINE = 37;
const CARD = { empty: 58, field: 24 } as const;
/** Between two cards, px; as in the style of `.oc-stacked`. */
const BETWEEN = 8;

/** The lines of a table that becomes a list: where they are many, all have one height, and those in view are drawn. */
export interface CardRows<T> extends LongRows<TableLine<T>> {
  readonly isMany: Signal<boolean>;
  /** Of what is left out for each line, px. */
  readonly height: Signal<number>;
  /** Of the line itself, px; null where it has its own. */
  readonly own: Signal<number | null>;
  /** Columns. */
  readonly span: Signal<number>;
}

/** Of a table with the class `oc-many` where `isMany`. Needs an injection context. */
export function cardRows<T>(
  view: TableView<T>,
  table: () => StackedTableComponent | undefined,
  body: () => Element | undefined,
): CardRows<T> {
  const isMany = computed(() => view.lines().length > MANY_ROWS);
  const isStacked = computed(() => table()?.stacked() === true);
  const span = computed(() => view.columns().filter(({ isHidden }) => isHidden !== true).length);
  const height = computed(() => (isStacked() ? CARD.empty + CARD.field * span() : LINE));
  const own = computed(() => (isMany() ? height() - (isStacked() ? BETWEEN : 0) : null));
  return { ...longRows({ items: view.lines, isMany, height, body }), isMany, height, own, span };
}

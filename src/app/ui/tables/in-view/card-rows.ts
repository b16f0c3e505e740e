import { computed, type Signal } from '@angular/core';
import type { Column } from '../view/column';
import type { TableLine } from '../view/table-view';
import { longRows, type LongRows } from './long-rows';
import { MANY_ROWS } from './rows-in-view';

/** Of one line, and of what each field adds to a card, px. */
const LINE = 37;
const CARD = { empty: 58, field: 24 } as const;
/** Between two cards, px; as in the style of `.oc-stacked`. */
const BETWEEN = 8;

export interface CardRowsParts<T> {
  readonly lines: Signal<readonly TableLine<T>[]>;
  readonly columns: () => readonly Column<T>[];
  /** Whether all lines may have one height. */
  readonly isEven: Signal<boolean>;
  /** Whether the table is a list. */
  readonly isList: () => boolean;
  readonly body: () => Element;
  /** Index of the line that stays wherever it is. */
  readonly pinned: () => number;
}

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
export function cardRows<T>({ lines, columns, isEven, isList, body, pinned }: CardRowsParts<T>): CardRows<T> {
  const isMany = computed(() => isEven() && lines().length > MANY_ROWS);
  const span = computed(() => columns().filter(({ isHidden }) => isHidden !== true).length);
  const height = computed(() => (isList() ? CARD.empty + CARD.field * span() : LINE));
  const own = computed(() => (isMany() ? height() - (isList() ? BETWEEN : 0) : null));
  return {
    ...longRows({ items: lines, isMany, height, body, pinned: () => (isMany() ? pinned() : undefined) }),
    ...{ isMany, height, own, span },
  };
}

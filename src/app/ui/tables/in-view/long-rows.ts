import { computed, type Signal } from '@angular/core';
import { drawnRows, rowsInView } from './rows-in-view';

export interface LongRowsParts<T> {
  readonly items: Signal<readonly T[]>;
  /** So many that only those in view are drawn. */
  readonly isMany: Signal<boolean>;
  /** Of every row, px. */
  readonly height: Signal<number>;
  /** What holds the rows and nothing else; undefined until it is there. */
  readonly body: () => Element | undefined;
  /** Index of the row that stays wherever it is. */
  readonly pinned?: () => number | undefined;
}

export interface LongRows<T> {
  /** Each with how many before it are left out. */
  readonly drawn: Signal<readonly { readonly index: number; readonly gap: number; readonly item: T }[]>;
  /** Rows behind the last one that is drawn. */
  readonly tail: Signal<number>;
}

/** The rows of a table of which only those in view are drawn, where they are many. Needs an injection context. */
export function longRows<T>({ items, isMany, height, body, pinned }: LongRowsParts<T>): LongRows<T> {
  const count = computed(() => items().length);
  const inView = rowsInView({ body, count, height, isOn: isMany });
  const drawn = computed(() => {
    const all = items();
    const range = isMany() ? inView() : { start: 0, end: all.length };
    return drawnRows(range, pinned?.(), all.length).flatMap(({ index, gap }) => {
      const item = all[index];
      return item === undefined ? [] : [{ index, gap, item }];
    });
  });
  return { drawn, tail: computed(() => items().length - 1 - (drawn().at(-1)?.index ?? -1)) };
}

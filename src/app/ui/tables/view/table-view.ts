import { computed, effect, inject, type Signal, signal } from '@angular/core';
import { tabText } from '../../../export/text/csv';
import { HOST } from '../../../wac/host';
import { KEEP_SAFE } from '../../../wac/platform';
import { type Column, sortedByColumn } from './column';
import { foundIn } from '../searching';
import { ariaSort, type Sorting } from '../sorting';
import { keepWishes, NO_WISHES, readWishes, type Wishes } from './wishes';

export interface TableParts<T> {
  readonly columns: () => readonly Column<T>[];
  /** All lines, in the table's own order. */
  readonly items: () => readonly T[];
  /** Under which wishes are kept with the connection; absent: they go with the table. */
  readonly name?: string;
}

/** Lines that have something in common: what it is, and how many they are. */
export interface LineGroup {
  readonly title: string;
  readonly count: number;
}

/** A line of the table, or the heading of a group. */
export interface TableLine<T> {
  readonly item?: T;
  readonly group?: LineGroup;
}

/** What can be chosen of a column, each value with how many lines have it. */
export interface Facet {
  readonly id: string;
  readonly title: string;
  /** The one that was chosen; '' for any. */
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly count: number }[];
}

/**
 * The lines of a table as the reader wishes them: searched, filtered, sorted and grouped. Needs an injection context.
 */
export class TableView<T> {
  private readonly wishes;
  readonly columns: Signal<readonly Column<T>[]>;
  readonly all: Signal<readonly T[]>;

  readonly text = computed(() => this.wishes().text);
  /** '' where what was kept sorts by a column that is not there. */
  readonly sorting = computed(() => {
    const { sorting } = this.wishes();
    return this.columns().some(({ id }) => ariaSort(sorting, id) !== null) ? sorting : '';
  });
  readonly hasFacets = computed(
    () => this.all().length > 1 && this.columns().some(({ facet }) => facet !== undefined),
  );
  /** Every value of every such column: asked for where they are shown, since lines may be many. */
  readonly facets = computed((): readonly Facet[] =>
    this.columns().flatMap(({ id, title, facet }) => {
      if (facet === undefined) return [];
      const counts = new Map<string, number>();
      for (const value of this.all().flatMap(facet)) counts.set(value, (counts.get(value) ?? 0) + 1);
      const options = [...counts].map(([value, count]) => ({ value, count }));
      return options.length < 2 ? [] : [{ id, title, value: this.only().get(id) ?? '', options }];
    }),
  );
  /** What was chosen, by column; what no line has any more counts for nothing. */
  private readonly only = computed(() => {
    const wanted = Object.entries(this.wishes().only);
    return new Map(
      wanted.filter(([id, value]) => this.all().some(item => this.valuesOf(item, id).includes(value))),
    );
  });
  readonly group = computed(() => {
    const { group } = this.wishes();
    return this.columns().some(({ id, facet }) => id === group && facet !== undefined) ? group : '';
  });
  /** How many filters, and the group, ask for something. */
  readonly chosen = computed(() => this.only().size + (this.group() === '' ? 0 : 1));
  readonly isNarrowed = computed(() => this.text().trim() !== '' || this.only().size > 0);
  readonly found = computed((): readonly T[] => {
    const columns = this.columns();
    const only = [...this.only()];
    const filtered =
      only.length === 0
        ? this.all()
        : this.all().filter(item => only.every(([id, value]) => this.valuesOf(item, id).includes(value)));
    const found = foundIn(filtered, this.text(), item => columns.flatMap(({ text }) => text?.(item) ?? []));
    return sortedByColumn(found, this.sorting(), columns);
  });
  readonly lines = computed((): readonly TableLine<T>[] => {
    const id = this.group();
    if (id === '') return this.found().map(item => ({ item }));
    // In the table's own order, whatever sorts the lines of each.
    const groups = new Map<string, T[]>(this.all().map(item => [this.valuesOf(item, id).join(', '), []]));
    for (const item of this.found()) groups.get(this.valuesOf(item, id).join(', '))?.push(item);
    return [...groups].flatMap(([title, items]): TableLine<T>[] =>
      items.length === 0 ? [] : [{ group: { title, count: items.length } }, ...items.map(item => ({ item }))],
    );
  });
  /** Gives the line where the reader is, in whichever table shows it; undefined before there was one. */
  readonly current = signal<(() => T | undefined) | undefined>(undefined);
  /** The lines that are shown, with their headings, for a spreadsheet or a message. */
  readonly copied = (): string => {
    const items = this.lines().flatMap(({ item }) => (item === undefined ? [] : [item]));
    return tabText([
      this.copiedColumns().map(({ title }) => title),
      ...items.map(item => this.textsOf(item)),
    ]);
  };
  /** The line where the reader is; '' where there is none. */
  readonly copiedLine = (): string => {
    const item = this.current()?.();
    return item === undefined ? '' : tabText([this.textsOf(item)]).replace(/\r?\n$/, '');
  };

  constructor({ columns, items, name }: TableParts<T>) {
    this.columns = computed(columns);
    this.all = computed(items);
    if (name === undefined) {
      this.wishes = signal(NO_WISHES);
      return;
    }
    const keepSafe = inject(KEEP_SAFE);
    const key = `table:${name}:${inject(HOST).connection.name}`;
    const wishes = signal<Wishes>(readWishes(keepSafe.read(key)));
    this.wishes = wishes;
    effect(() => keepSafe.write(key, keepWishes(wishes())));
  }

  search(text: string): void {
    this.wish({ text });
  }

  sort(sorting: Sorting): void {
    this.wish({ sorting });
  }

  groupBy(group: string): void {
    this.wish({ group });
  }

  /** '' for any. */
  choose(column: string, value: string): void {
    const others = Object.entries(this.wishes().only).filter(([id]) => id !== column);
    this.wish({ only: Object.fromEntries(value === '' ? others : [...others, [column, value]]) });
  }

  showAll(): void {
    this.wish({ text: '', only: {} });
  }

  /** What a line says in each of its columns. */
  fieldsOf(item: T): readonly { readonly title: string; readonly text: string }[] {
    return this.copiedColumns().map(({ title, text }) => ({ title, text: text?.(item) ?? '' }));
  }

  private wish(change: Partial<Wishes>): void {
    // At its place there may be another one now.
    this.current.set(undefined);
    this.wishes.update(wishes => ({ ...wishes, ...change }));
  }

  private copiedColumns(): readonly Column<T>[] {
    return this.columns().filter(({ text, isHidden }) => text !== undefined && isHidden !== true);
  }

  private textsOf(item: T): readonly string[] {
    return this.fieldsOf(item).map(({ text }) => text);
  }

  private valuesOf(item: T, column: string): readonly string[] {
    return (
      this.columns()
        .find(({ id }) => id === column)
        ?.facet?.(item) ?? []
    );
  }
}

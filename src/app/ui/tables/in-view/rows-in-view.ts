import { DestroyRef, DOCUMENT, effect, inject, type Signal, signal } from '@angular/core';

/** A part of a long table's rows. */
export interface RowRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** A row to draw, and how many before it are left out. */
export interface DrawnRow {
  readonly index: number;
  readonly gap: number;
}

/** More rows of a page than these are drawn only where they are in view. */
export const MANY_ROWS = 250;
/** Drawn beyond the view, to each side. */
const BUFFER = 8;

/**
 * The rows that lie between two distances from the first one's top, and some to each side.
 *
 * @param from px; negative above the first row
 * @param height of every row, px
 */
export function rowsBetween(from: number, to: number, height: number, count: number): RowRange {
  const inside = (index: number): number => Math.min(count, Math.max(0, index));
  const start = inside(Math.floor(from / height) - BUFFER);
  return { start, end: Math.max(start, inside(Math.ceil(to / height) + BUFFER)) };
}

/** What to draw of a range, and of one row that stays wherever it is: the focus may be in it. */
export function drawnRows(
  { start, end }: RowRange,
  pinned: number | undefined,
  count: number,
): readonly DrawnRow[] {
  const indexes = Array.from({ length: Math.min(end, count) - start }, (_, index) => start + index);
  if (pinned !== undefined && pinned < count) {
    if (pinned < start) indexes.unshift(pinned);
    else if (pinned >= end) indexes.push(pinned);
  }
  return indexes.map((index, at) => ({ index, gap: index - (at === 0 ? 0 : (indexes[at - 1] ?? 0) + 1) }));
}

export interface LongTable {
  /** What holds the rows and nothing else; undefined until it is there. */
  readonly body: () => Element | undefined;
  readonly count: Signal<number>;
  /** Of every row, px. */
  readonly height: Signal<number>;
  /** Otherwise nobody looks, and the range stays empty. */
  readonly isOn: Signal<boolean>;
}

/**
 * Follows which rows of a table are in view while its page scrolls. Of several tables in one page each draws its own
 * part; CDK's virtual scroll would draw a screen of each. Needs an injection context.
 */
export function rowsInView({ body, count, height, isOn }: LongTable): Signal<RowRange> {
  const document = inject(DOCUMENT);
  const view = document.defaultView;
  const range = signal<RowRange>(
    { start: 0, end: 0 },
    { equal: (a, b) => a.start === b.start && a.end === b.end },
  );
  let frame: number | undefined;
  const look = (): void => {
    frame = undefined;
    const top = body()?.getBoundingClientRect().top;
    if (view !== null && top !== undefined && isOn())
      range.set(rowsBetween(-top, view.innerHeight - top, height(), count()));
  };
  const later = (): void => {
    frame ??= view?.requestAnimationFrame(look);
  };
  effect(() => {
    // Of a table that is not there nothing is worked out: what is closed must not cost the page that has it.
    if (body() !== undefined && isOn() && count() > 0 && height() > 0) later();
  });
  document.addEventListener('scroll', later, { capture: true, passive: true });
  view?.addEventListener('resize', later);
  // What stands above a table may grow or go.
  const resized = typeof ResizeObserver === 'function' ? new ResizeObserver(later) : undefined;
  resized?.observe(document.body);
  inject(DestroyRef).onDestroy(() => {
    document.removeEventListener('scroll', later, { capture: true });
    view?.removeEventListener('resize', later);
    resized?.disconnect();
    if (frame !== undefined) view?.cancelAnimationFrame(frame);
  });
  return range.asReadonly();
}

import { afterNextRender, computed, DestroyRef, inject, type Signal, signal } from '@angular/core';
import { columnsInView } from '../../../../ui/tables/in-view/column-window';
import type { Layout, Line } from '../../../view/lines';
import { mostRows, stackedHeight } from '../../../view/stacked-height';
import type { CellWords } from './cell-words';

/** Heights and widths in px: lines have one height, so that the place of each is known without laying it out. */
export const SIZES = {
  line: 36,
  stacked: 84,
  mostStacked: 260,
  header: 32,
  padding: 32,
  first: 440,
  firstNarrow: 200,
  column: 172,
} as const;

/** Below this width, px, results stand under their endpoint. */
const NARROW = 640;

export interface MeasuredGrid {
  /** What scrolls; there once the grid was laid out. */
  readonly scroller: () => HTMLElement | null;
  readonly lines: Signal<readonly Line[]>;
  readonly layout: Signal<Layout>;
  readonly nodes: Signal<readonly string[]>;
  /** Where the reader is: that column is always drawn. */
  readonly column: Signal<number>;
  readonly words: CellWords;
}

export interface GridMeasures {
  /** Of the column of endpoints, px. */
  readonly firstWidth: Signal<number>;
  /** Of each line, px. */
  readonly lineHeight: Signal<number>;
  /** Of results beside their endpoint, in each line. */
  readonly rows: Signal<number>;
  readonly columnCount: Signal<number>;
  /** Of the whole grid, as CSS. */
  readonly totalWidth: Signal<string>;
  /** Positions of the nodes whose columns are drawn. */
  readonly columns: Signal<readonly number[]>;
  /** Where a node's column starts, as CSS; null where columns place themselves. */
  left(column: number): string | null;
  /** Scrolls sideways until the column is in view. */
  bringColumn(column: number): void;
}

/** How large the grid's parts are in the room that it has now, and which columns are in view. Needs an injection context. */
export function gridMeasures({ scroller, lines, layout, nodes, column, words }: MeasuredGrid): GridMeasures {
  const scrolled = signal({ left: 0, width: 0 });
  const firstWidth = computed(() => {
    const { width } = scrolled();
    return width === 0
      ? SIZES.first
      : Math.min(SIZES.first, Math.max(SIZES.firstNarrow, Math.round(width * 0.4)));
  });
  const window = computed(
    () => {
      const { left, width } = scrolled();
      const room = width === 0 ? 0 : width - firstWidth();
      return columnsInView(left, room, SIZES.column, nodes().length);
    },
    { equal: (a, b) => a.start === b.start && a.end === b.end },
  );
  const rows = computed(() => {
    const { width } = scrolled();
    const isBeside = layout() !== 'nodes' && width >= NARROW;
    return isBeside ? mostRows(lines(), width - firstWidth(), words.letters()) : 1;
  });
  followScrolling(scroller, place => scrolled.set(place));

  return {
    firstWidth,
    rows,
    lineHeight: computed(() => {
      const { width } = scrolled();
      if (layout() === 'nodes' || width === 0) return SIZES.line;
      if (width >= NARROW) return SIZES.line * rows();
      const texts = { hint: words.hint.bind(words), letters: words.letters().all };
      return stackedHeight(lines(), width - SIZES.padding, texts, SIZES.stacked, SIZES.mostStacked);
    }),
    columnCount: computed(() => {
      if (layout() === 'nodes') return nodes().length + 1;
      return 1 + Math.max(1, ...lines().map(line => (line.kind === 'result' ? line.cells.length : 1)));
    }),
    totalWidth: computed(() =>
      layout() === 'nodes' ? `max(100%, ${firstWidth() + nodes().length * SIZES.column}px)` : '100%',
    ),
    columns: computed(() => {
      const { start, end } = window();
      const inView = Array.from({ length: end - start }, (_, index) => start + index);
      if (column() < start) return [column(), ...inView];
      return column() >= end ? [...inView, column()] : inView;
    }),
    left: at => (layout() === 'nodes' ? `${firstWidth() + at * SIZES.column}px` : null),
    bringColumn(at) {
      const strip = scroller();
      if (strip === null || layout() !== 'nodes') return;
      const start = at * SIZES.column;
      const room = strip.clientWidth - firstWidth();
      if (start < strip.scrollLeft) strip.scrollLeft = start;
      else if (start + SIZES.column > strip.scrollLeft + room) {
        strip.scrollLeft = start + SIZES.column - room;
      }
    },
  };
}

function followScrolling(
  scroller: () => HTMLElement | null,
  take: (place: { readonly left: number; readonly width: number }) => void,
): void {
  const destroyRef = inject(DestroyRef);
  afterNextRender(() => {
    const strip = scroller();
    if (strip === null) return;
    const measure = (): void => take({ left: strip.scrollLeft, width: strip.clientWidth });
    measure();
    strip.addEventListener('scroll', measure, { passive: true });
    const resized = new ResizeObserver(measure);
    resized.observe(strip);
    destroyRef.onDestroy(() => resized.disconnect());
  });
}

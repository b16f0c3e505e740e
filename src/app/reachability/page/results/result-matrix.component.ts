import { CdkVirtualScrollableElement } from '@angular/cdk/scrolling';
import {
  afterNextRender,
  ChangeDetectionStrategy,
  ChangeDetectorRef,
  Component,
  computed,
  DestroyRef,
  ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { columnsInView } from '../../../ui/tables/column-window';
import { HostNameComponent } from '../../../ui/host-name.component';
import { SortHeadingComponent } from '../../../ui/tables/sort-heading.component';
import { ariaSort, type Sorting } from '../../../ui/tables/sorting';
import { RowTemplate } from '../../../ui/tables/row-template';
import { TEXT } from '../../../ui/words/text';
import { VirtualRowsComponent } from '../../../ui/tables/virtual-rows.component';
import type { Agreement } from '../../view/agreement';
import { type Layout, type Line, nodeColumn, type ResultLine, type SectionLine } from '../../view/lines';
import { stackedHeight } from '../../view/stacked-height';
import { keepLines, moveIn, type Place } from '../../view/moves';
import { scopeText } from './scope-text';
import { VerdictMarkComponent, verdictWord } from './verdict-mark.component';

/** A cell: an endpoint seen from one node, or from several that agree. */
export interface CellPlace {
  /** Of the plan's entry. */
  readonly entry: string;
  /** Names of the nodes that it speaks for; never empty. */
  readonly nodes: readonly string[];
  /** The same in words. */
  readonly scope: string;
}

/** Heights and widths in px: lines have one height, so that the place of each is known without laying it out. */
const SIZES = {
  line: 36,
  stacked: 84,
  mostStacked: 260,
  header: 32,
  padding: 32,
  first: 440,
  firstNarrow: 200,
  column: 172,
} as const;

/** Endpoints and their results as an ARIA grid: one tab stop, arrow keys inside. Only what is in view is drawn. */
@Component({
  selector: 'oc-result-matrix',
  imports: [
    CdkVirtualScrollableElement,
    HostNameComponent,
    RowTemplate,
    SortHeadingComponent,
    VerdictMarkComponent,
    VirtualRowsComponent,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './result-matrix.component.html',
  styleUrl: './result-matrix.component.css',
  host: { '[class]': 'layout()' },
})
export class ResultMatrixComponent {
  protected readonly t = inject(TEXT);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly changes = inject(ChangeDetectorRef);
  private readonly virtualRows = viewChild.required<VirtualRowsComponent<Line>>(VirtualRowsComponent);

  readonly lines = input.required<readonly Line[]>();
  readonly layout = input.required<Layout>();
  readonly nodes = input.required<readonly string[]>();
  readonly chosen = input.required<CellPlace | undefined>();
  readonly sorting = input<Sorting>('');
  readonly choose = output<CellPlace>();
  readonly sort = output<Sorting>();
  /** A cell in words, that is to be copied. */
  readonly copyCell = output<string>();

  private readonly hasFocus = signal(false);
  /** While the reader is in the grid nothing moves, or the focus would be lost and the place too. */
  protected readonly shown = linkedSignal<
    { readonly lines: readonly Line[]; readonly still: boolean },
    readonly Line[]
  >({
    source: () => ({ lines: this.lines(), still: this.hasFocus() }),
    computation: ({ lines, still }, previous) =>
      still && previous !== undefined ? keepLines(previous.value, lines) : lines,
  });

  private readonly wanted = signal<{ readonly key: string; readonly column: number } | undefined>(undefined);
  /** The one cell that Tab reaches: where the reader was last, else the first. */
  protected readonly current = computed((): Place => {
    const wanted = this.wanted();
    const lines = this.shown();
    const found = wanted === undefined ? -1 : lines.findIndex(({ key }) => key === wanted.key);
    const line = found >= 0 ? found : lines.findIndex(({ kind }) => kind === 'result');
    const at = lines[line];
    const last = at?.kind === 'result' ? at.cells.length - 1 : 0;
    return { line: Math.max(0, line), column: Math.min(found >= 0 ? (wanted?.column ?? 0) : 0, last) };
  });

  private readonly scrolled = signal({ left: 0, width: 0 });
  protected readonly sizes = SIZES;
  protected readonly isNarrow = computed(() => this.scrolled().width > 0 && this.scrolled().width < 640);
  protected readonly firstWidth = computed(() => {
    const { width } = this.scrolled();
    return width === 0
      ? SIZES.first
      : Math.min(SIZES.first, Math.max(SIZES.firstNarrow, Math.round(width * 0.4)));
  });
  protected readonly lineHeight = computed(() => {
    if (this.layout() === 'nodes' || !this.isNarrow()) return SIZES.line;
    const words = new Map<Agreement['verdict'], number>();
    const wordOf = ({ verdict }: Agreement): number => {
      const known = words.get(verdict) ?? verdictWord(this.t, verdict).length;
      words.set(verdict, known);
      return known;
    };
    const texts = {
      hint: (line: ResultLine) => this.hintOf(line),
      letters: (cell: Agreement) => wordOf(cell) + 2 + this.scope(cell).length,
    };
    const width = this.scrolled().width - SIZES.padding;
    return stackedHeight(this.shown(), width, texts, SIZES.stacked, SIZES.mostStacked);
  });
  protected readonly columnCount = computed(() => {
    if (this.layout() === 'nodes') return this.nodes().length + 1;
    return 1 + Math.max(1, ...this.shown().map(line => (line.kind === 'result' ? line.cells.length : 1)));
  });
  protected readonly totalWidth = computed(() =>
    this.layout() === 'nodes'
      ? `max(100%, ${this.firstWidth() + this.nodes().length * SIZES.column}px)`
      : '100%',
  );
  private readonly window = computed(
    () => {
      const { left, width } = this.scrolled();
      const room = width === 0 ? 0 : width - this.firstWidth();
      return columnsInView(left, room, SIZES.column, this.nodes().length);
    },
    { equal: (a, b) => a.start === b.start && a.end === b.end },
  );
  /** Positions of the nodes whose columns are drawn; where the reader is, always. */
  protected readonly columns = computed(() => {
    const { start, end } = this.window();
    const { column } = this.current();
    const inView = Array.from({ length: end - start }, (_, index) => start + index);
    return column < start ? [column, ...inView] : column >= end ? [...inView, column] : inView;
  });

  constructor() {
    const destroyRef = inject(DestroyRef);
    afterNextRender(() => {
      const scroller = this.host.querySelector<HTMLElement>('.scroll');
      if (scroller === null) return;
      const measure = (): void =>
        this.scrolled.set({ left: scroller.scrollLeft, width: scroller.clientWidth });
      measure();
      scroller.addEventListener('scroll', measure, { passive: true });
      const resized = new ResizeObserver(measure);
      resized.observe(scroller);
      destroyRef.onDestroy(() => resized.disconnect());
    });
  }

  protected cellsOf(line: ResultLine): readonly { readonly cell: Agreement; readonly column: number }[] {
    const columns = this.layout() === 'nodes' ? this.columns() : line.cells.map((_, index) => index);
    return columns.flatMap(column => {
      const cell = line.cells[column];
      return cell === undefined ? [] : [{ cell, column }];
    });
  }

  protected readonly ariaSort = ariaSort;

  protected columnOf(column: number): string {
    return nodeColumn(this.nodes()[column] ?? '');
  }

  protected left(column: number): string | null {
    return this.layout() === 'nodes' ? `${this.firstWidth() + column * SIZES.column}px` : null;
  }

  protected sectionText({ failing, endpoints }: SectionLine): string {
    return failing === 0
      ? this.t('reachability.section.fine', endpoints)
      : this.t('reachability.section.failing', failing, endpoints);
  }

  /** For which wildcards an endpoint stands; '' where it stands for itself. */
  protected hintOf({ row: { entry } }: ResultLine): string {
    return entry.standsFor.length === 0
      ? ''
      : this.t('reachability.matrix.standsFor', entry.standsFor.join(', '));
  }

  /** What a line may have no room for. */
  protected titleOf(line: ResultLine): string {
    return [line.row.door, this.hintOf(line)].filter(text => text !== '').join(' – ');
  }

  protected scope(cell: Agreement): string {
    return scopeText(this.t, cell, this.nodes());
  }

  protected nameOf({ row }: ResultLine, cell: Agreement): string {
    return this.t('reachability.cell', row.door, this.scope(cell), verdictWord(this.t, cell.verdict));
  }

  /** Which of a cell's nodes waited long for the answer; the verdict does not tell. */
  protected slowIn({ row }: ResultLine, cell: Agreement): string | null {
    const nodes = cell.nodes.filter(index => row.cells[index]?.slow !== undefined);
    return nodes.length === 0
      ? null
      : this.t('reachability.cell.slow.where', nodes.map(index => this.nodes()[index] ?? '').join(', '));
  }

  protected isCurrent(line: number, column: number): boolean {
    const current = this.current();
    return current.line === line && current.column === column;
  }

  protected isChosen({ row }: ResultLine, cell: Agreement): boolean {
    const chosen = this.chosen();
    if (chosen?.entry !== row.entry.id) return false;
    const names = this.namesOf(cell);
    return names.length === chosen.nodes.length && names.every(name => chosen.nodes.includes(name));
  }

  protected enter(line: ResultLine, column: number): void {
    this.wanted.set({ key: line.key, column });
    this.hasFocus.set(true);
  }

  protected leave(event: FocusEvent): void {
    const next = event.relatedTarget;
    if (!(next instanceof Element && next.getAttribute('role') === 'gridcell' && this.host.contains(next))) {
      this.hasFocus.set(false);
    }
  }

  protected pick(line: ResultLine, cell: Agreement): void {
    this.choose.emit({ entry: line.row.entry.id, nodes: this.namesOf(cell), scope: this.scope(cell) });
  }

  protected press(event: KeyboardEvent): void {
    const lines = this.shown();
    const next = moveIn(lines, this.current(), event.key, event.ctrlKey);
    if (event.key === 'c' && (event.ctrlKey || event.metaKey)) {
      // Text that is marked is the browser's to copy.
      if (document.getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      this.copyCell.emit(this.currentName());
    } else if (next !== undefined) {
      event.preventDefault();
      this.focus(next);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      const { line, column } = this.current();
      const at = lines[line];
      const cell = at?.kind === 'result' ? at.cells[column] : undefined;
      if (at?.kind === 'result' && cell !== undefined) this.pick(at, cell);
    }
  }

  private currentName(): string {
    const { line, column } = this.current();
    const at = this.shown()[line];
    const cell = at?.kind === 'result' ? at.cells[column] : undefined;
    return at?.kind === 'result' && cell !== undefined ? this.nameOf(at, cell) : '';
  }

  /** Takes the focus back to where the reader was. */
  focusCurrent(): void {
    this.focus(this.current());
  }

  /** Brings the heading of a feature to the top. */
  showSection(id: string): void {
    const index = this.shown().findIndex(line => line.kind === 'section' && line.id === id);
    const scroller = this.host.querySelector('.scroll');
    if (index >= 0 && scroller) scroller.scrollTop = index * this.lineHeight();
  }

  /** Makes the cells of an endpoint current, and brings them into view. */
  showEntry(matches: (line: ResultLine) => boolean): void {
    const index = this.shown().findIndex(line => line.kind === 'result' && matches(line));
    if (index >= 0) this.focus({ line: index, column: 0 });
  }

  private focus(place: Place): void {
    const line = this.shown()[place.line];
    if (line === undefined) return;
    this.wanted.set({ key: line.key, column: place.column });
    this.virtualRows().bring(place.line);
    // At once: the next key must find the focus where this one led.
    this.changes.detectChanges();
    const cell = this.host.querySelector<HTMLElement>('[role=gridcell][tabindex="0"]');
    if (cell === null) return;
    cell.focus({ preventScroll: true });
    if (this.layout() === 'nodes') this.bringColumn(place.column);
  }

  private bringColumn(column: number): void {
    const scroller = this.host.querySelector('.scroll');
    if (scroller === null) return;
    const start = column * SIZES.column;
    const room = scroller.clientWidth - this.firstWidth();
    if (start < scroller.scrollLeft) scroller.scrollLeft = start;
    else if (start + SIZES.column > scroller.scrollLeft + room) {
      scroller.scrollLeft = start + SIZES.column - room;
    }
  }

  private namesOf(cell: Agreement): readonly string[] {
    return cell.nodes.map(index => this.nodes()[index] ?? '');
  }
}

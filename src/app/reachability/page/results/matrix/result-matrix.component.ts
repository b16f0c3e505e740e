import { CdkVirtualScrollableElement } from '@angular/cdk/scrolling';
import {
  ChangeDetectionStrategy,
  ChangeDetectorRef,
  Component,
  computed,
  ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { HostNameComponent } from '../../../../ui/host-name.component';
import { SortHeadingComponent } from '../../../../ui/tables/sort-heading.component';
import { ariaSort, type Sorting } from '../../../../ui/tables/sorting';
import { RowTemplate } from '../../../../ui/tables/in-view/row-template';
import { TEXT } from '../../../../ui/words/text';
import { VirtualRowsComponent } from '../../../../ui/tables/in-view/virtual-rows.component';
import type { Agreement } from '../../../view/agreement';
import { type Layout, type Line, nodeColumn, type ResultLine } from '../../../view/lines';
import { isUnnamed } from '../../../view/stacked-height';
import { keepLines, moveIn, type Place } from '../../../view/moves';
import { CellWords } from './cell-words';
import { gridMeasures, SIZES } from './grid-measures';
import { VerdictMarkComponent } from '../verdict-mark.component';
import { ListTextDirective } from '../../../../allowlist/page/list-text.directive';

/** A cell: an endpoint seen from one node, or from several that agree. */
export interface CellPlace {
  /** Of the plan's entry. */
  readonly entry: string;
  /** Names of the nodes that it speaks for; never empty. */
  readonly nodes: readonly string[];
  /** The same in words. */
  readonly scope: string;
}

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
    ListTextDirective,
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

  protected readonly words = new CellWords(this.t, this.nodes);
  protected readonly measures = gridMeasures({
    scroller: () => this.host.querySelector<HTMLElement>('.scroll'),
    lines: this.shown,
    layout: this.layout,
    nodes: this.nodes,
    column: computed(() => this.current().column),
    words: this.words,
  });
  protected readonly sizes = SIZES;

  protected cellsOf(line: ResultLine): readonly { readonly cell: Agreement; readonly column: number }[] {
    const columns = this.layout() === 'nodes' ? this.measures.columns() : line.cells.map((_, index) => index);
    return columns.flatMap(column => {
      const cell = line.cells[column];
      return cell === undefined ? [] : [{ cell, column }];
    });
  }

  protected readonly ariaSort = ariaSort;
  protected readonly isUnnamed = isUnnamed;

  protected columnOf(column: number): string {
    return nodeColumn(this.nodes()[column] ?? '');
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
    this.choose.emit({ entry: line.row.entry.id, nodes: this.namesOf(cell), scope: this.words.scope(cell) });
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
    return at?.kind === 'result' && cell !== undefined ? this.words.name(at, cell) : '';
  }

  /** Takes the focus back to where the reader was. */
  focusCurrent(): void {
    this.focus(this.current());
  }

  /** Brings the heading of a feature to the top. */
  showSection(id: string): void {
    const index = this.shown().findIndex(line => line.kind === 'section' && line.id === id);
    const scroller = this.host.querySelector('.scroll');
    if (index >= 0 && scroller) scroller.scrollTop = index * this.measures.lineHeight();
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
    this.measures.bringColumn(place.column);
  }

  private namesOf(cell: Agreement): readonly string[] {
    return cell.nodes.map(index => this.nodes()[index] ?? '');
  }
}

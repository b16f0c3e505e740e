import {
  ChangeDetectionStrategy,
  Component,
  computed,
  type ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  viewChildren,
} from '@angular/core';
import type { Node } from '../../cluster/cluster';
import { HostNameComponent } from '../../ui/host-name.component';
import { TEXT } from '../../ui/text';
import { keepOrder, type MatrixRow } from '../run/matrix';
import { VerdictMarkComponent, verdictWord } from './verdict-mark.component';

/** A cell: an endpoint seen from a node. */
export interface CellPlace {
  /** Of the plan's entry. */
  readonly entry: string;
  readonly node: string;
}

/** Endpoints by nodes as an ARIA grid: one tab stop, arrow keys inside. */
@Component({
  selector: 'oc-result-matrix',
  imports: [HostNameComponent, VerdictMarkComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './result-matrix.component.html',
  styleUrl: './result-matrix.component.css',
})
export class ResultMatrixComponent {
  protected readonly t = inject(TEXT);
  private readonly cellElements = viewChildren<ElementRef<HTMLElement>>('cell');

  readonly rows = input.required<readonly MatrixRow[]>();
  readonly nodes = input.required<readonly Node[]>();
  readonly chosen = input.required<CellPlace | undefined>();
  readonly choose = output<CellPlace>();

  private readonly hasFocus = signal(false);
  /** While the reader is in the grid nothing moves, or the focus would be lost and the place too. */
  protected readonly shown = linkedSignal<
    { readonly rows: readonly MatrixRow[]; readonly still: boolean },
    readonly MatrixRow[]
  >({
    source: () => ({ rows: this.rows(), still: this.hasFocus() }),
    computation: ({ rows, still }, previous) =>
      still && previous !== undefined ? keepOrder(previous.value, rows) : rows,
  });

  private readonly wanted = signal<CellPlace | undefined>(undefined);
  /** The one cell that Tab reaches: where the reader was last, else the first. */
  protected readonly current = computed(() => {
    const wanted = this.wanted();
    const row = Math.max(
      0,
      this.shown().findIndex(each => each.entry.id === wanted?.entry),
    );
    const column = Math.max(
      0,
      this.nodes().findIndex(each => each.name === wanted?.node),
    );
    return { row, column };
  });

  protected nameOf(row: MatrixRow, column: number): string {
    const word = verdictWord(this.t, row.cells[column]?.verdict);
    return this.t('reachability.cell', row.door, this.nodes()[column]?.name ?? '', word);
  }

  protected isChosen(row: MatrixRow, node: Node): boolean {
    const chosen = this.chosen();
    return chosen?.entry === row.entry.id && chosen.node === node.name;
  }

  protected enter(row: MatrixRow, node: Node): void {
    this.hasFocus.set(true);
    this.wanted.set({ entry: row.entry.id, node: node.name });
  }

  protected leave(event: FocusEvent): void {
    if (!this.cellElements().some(({ nativeElement }) => nativeElement === event.relatedTarget)) {
      this.hasFocus.set(false);
    }
  }

  protected pick(row: MatrixRow, node: Node): void {
    this.choose.emit({ entry: row.entry.id, node: node.name });
  }

  protected press(event: KeyboardEvent): void {
    const { row, column } = this.current();
    const lastRow = this.shown().length - 1;
    const lastColumn = this.nodes().length - 1;
    const moves: Readonly<Record<string, readonly [row: number, column: number]>> = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      PageUp: [row - 10, column],
      PageDown: [row + 10, column],
      Home: [event.ctrlKey ? 0 : row, 0],
      End: [event.ctrlKey ? lastRow : row, lastColumn],
    };
    const move = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (move !== undefined) {
      event.preventDefault();
      const within = (value: number, last: number): number => Math.min(last, Math.max(0, value));
      this.focus(within(move[0], lastRow), within(move[1], lastColumn));
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      const node = this.nodes()[column];
      const current = this.shown()[row];
      if (node !== undefined && current !== undefined) this.pick(current, node);
    }
  }

  /** Takes the focus back to where the reader was. */
  focusCurrent(): void {
    const { row, column } = this.current();
    this.focus(row, column);
  }

  private focus(row: number, column: number): void {
    this.cellElements()[row * this.nodes().length + column]?.nativeElement.focus();
  }
}

import { NgTemplateOutlet } from '@angular/common';
import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  contentChild,
  ElementRef,
  inject,
  Injector,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { cardRows } from '../in-view/card-rows';
import { LineTemplate } from '../in-view/line-template';
import { LongBodyComponent } from '../in-view/long-body.component';
import { StackedTableComponent } from '../stacked-table.component';
import { GroupRowComponent } from './group-row.component';
import { HeadingRowComponent } from './heading-row.component';
import { lineAfter } from './line-after';
import type { TableLine, TableView } from './table-view';
import { TableToolsComponent } from './table-tools.component';

/**
 * A table of lines with its tools: its template draws the cells of one. One tab stop for the lines, arrow keys from one to
 * the next, Ctrl+C copies the one where the reader is. What else is written in it stands between tools and table.
 */
@Component({
  selector: 'oc-line-table',
  imports: [
    GroupRowComponent,
    HeadingRowComponent,
    LineTemplate,
    LongBodyComponent,
    NgTemplateOutlet,
    StackedTableComponent,
    TableToolsComponent,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './line-table.component.html',
  styles: `
    :host {
      display: block;
    }
    .scroll {
      overflow: auto;
      max-block-size: var(--room);
      margin-block-end: var(--spacingVerticalS);
    }
    /* As a list it has the page to itself. */
    .scroll:has(> .oc-stacked) {
      max-block-size: var(--room-as-list);
    }
    .scroll > :not(.oc-stacked) > thead {
      position: sticky;
      inset-block-start: 0;
      z-index: 1;
      background: var(--colorNeutralBackground1);
    }
    /* Nothing is to be cut off by the room that scrolls. */
    tr:focus-visible {
      outline-offset: -2px;
    }
    /* Below the lines, or at the window's edge: where a tip would need a mouse. */
    .whole {
      position: sticky;
      inset-block-end: 0;
      z-index: 1;
      max-block-size: 40vh;
      overflow-y: auto;
      margin: 0;
      padding: var(--spacingVerticalS);
      border: 1px solid var(--colorNeutralStroke2);
      background: var(--colorNeutralBackground1);
      overflow-wrap: anywhere;
    }
    div:not(.scroll) > .oc-many tr {
      scroll-margin-block-end: 45vh;
    }
    dt {
      color: var(--colorNeutralForeground2);
      font-size: var(--fontSizeBase200);
      font-weight: var(--fontWeightSemibold);
    }
    dd {
      margin: 0 0 var(--spacingVerticalXS);
    }
    [aria-current] {
      box-shadow: inset 3px 0 0 var(--colorCompoundBrandStroke);
    }
  `,
})
export class LineTableComponent<T> {
  private readonly injector = inject(Injector);

  readonly view = input.required<TableView<T>>();
  /** The table's accessible name. */
  readonly name = input.required<string>();
  /** Of the search field, where more is to say than that it searches. */
  readonly search = input('');
  /** Where several tables have the same tools; absent: it has its own. */
  readonly tools = input<TableToolsComponent<T>>();
  /** What is shown in place of all that the view finds. */
  readonly items = input<readonly T[]>();
  /** How many lines there are, where not all are shown. */
  readonly count = input<number>();
  /** Narrower rooms than these make the table a list, px. */
  readonly narrow = input(640);
  /** Scrolls in a room of its own, as high as `--room`, as a list `--room-as-list`. */
  readonly scrolls = input(false);
  /** Lines need no more than one line of text each, so that of many only those in view are drawn. */
  readonly isEven = input(false);
  /** Whether a line is still being worked on; absent: none ever is. */
  readonly isBusy = input<(item: T) => boolean>();

  protected readonly cells = contentChild.required<LineTemplate<T>>(LineTemplate);
  private readonly ownTools = viewChild<TableToolsComponent<T>>(TableToolsComponent);
  private readonly table = viewChild.required(StackedTableComponent);
  private readonly body = viewChild.required<unknown, ElementRef<HTMLElement>>('body', { read: ElementRef });

  protected readonly lines = computed(
    (): readonly TableLine<T>[] => this.items()?.map(item => ({ item })) ?? this.view().lines(),
  );
  /** Where the reader was last. */
  private readonly at = signal(0);
  /** The line that Tab reaches. */
  protected readonly stop = computed(() => {
    const lines = this.lines();
    return lines[this.at()]?.item === undefined ? lineAfter(lines, -1, 'ArrowDown') : this.at();
  });
  private readonly here = (): T | undefined => this.lines()[this.stop()]?.item;
  protected readonly rows = cardRows({
    lines: this.lines,
    columns: () => this.view().columns(),
    isEven: this.isEven,
    isList: () => this.table().stacked(),
    body: () => this.body().nativeElement,
    pinned: this.stop,
  });
  /** The line where the reader is shows less than it says. */
  private readonly isCut = signal(false);
  protected readonly whole = computed(() => {
    const line = this.here();
    return this.isCut() && this.rows.isMany() && line !== undefined && this.view().current() === this.here
      ? this.view().fieldsOf(line)
      : undefined;
  });
  /** Of all lines and the headings; null where every one is drawn. */
  protected readonly rowCount = computed(() => {
    const count = this.count() ?? this.lines().length;
    return this.rows.isMany() || count > this.lines().length ? count + 1 : null;
  });

  /** Whether this is the line that would be copied. */
  protected isCurrent(index: number): boolean {
    return index === this.stop() && this.view().current() === this.here;
  }

  protected come(index: number, { currentTarget }: Event): void {
    const cells = currentTarget instanceof HTMLTableRowElement ? [...currentTarget.cells] : [];
    this.isCut.set(cells.some(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth));
    this.at.set(index);
    this.view().current.set(this.here);
  }

  /** Keys in a line's own controls are theirs. */
  protected press(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'c' && (event.ctrlKey || event.metaKey)) {
      // Text that is marked is the browser's to copy.
      if (document.getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      (this.tools() ?? this.ownTools())?.copyRow();
      return;
    }
    const next = lineAfter(this.lines(), this.stop(), event.key);
    if (next < 0) return;
    event.preventDefault();
    this.at.set(next);
    afterNextRender(() => this.body().nativeElement.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus(), {
      injector: this.injector,
    });
  }
}

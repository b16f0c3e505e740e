import { NgTemplateOutlet } from '@angular/common';
import type { ListRange } from '@angular/cdk/collections';
import { CdkFixedSizeVirtualScroll, CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  contentChild,
  DestroyRef,
  effect,
  ElementRef,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { BehaviorSubject } from 'rxjs';
import { type RowContext, RowTemplate } from './row-template';

interface Rendered<T> {
  readonly key: string;
  readonly context: RowContext<T>;
}

/**
 * Lines of one height of which only those in view are in the document, and the pinned one, so that the focus is never
 * scrolled away. Stands in an element with `cdkVirtualScrollingElement`; its template draws one line.
 */
@Component({
  selector: 'oc-virtual-rows',
  imports: [CdkFixedSizeVirtualScroll, CdkVirtualScrollViewport, NgTemplateOutlet],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <!-- Read once: each line that is added makes Angular look for the template among all lines again. -->
    @let line = template().template;
    <cdk-virtual-scroll-viewport [itemSize]="height()" [minBufferPx]="200" [maxBufferPx]="600">
      @for (row of rendered(); track row.key) {
        <ng-container *ngTemplateOutlet="line; context: row.context" />
      }
    </cdk-virtual-scroll-viewport>
  `,
  styles: `
    :host {
      display: block;
    }
  `,
})
export class VirtualRowsComponent<T extends { readonly key: string }> {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly viewport = viewChild.required(CdkVirtualScrollViewport);
  protected readonly template = contentChild.required<RowTemplate<T>>(RowTemplate);

  readonly items = input.required<readonly T[]>();
  /** Of every line, in px. */
  readonly height = input.required<number>();
  /** Of what stays above the lines while they scroll, in px. */
  readonly headerHeight = input(0);
  /** Index of the line that stays in the document wherever it is. */
  readonly pinned = input<number>();

  private readonly range = signal<ListRange>({ start: 0, end: 0 });
  private readonly data = new BehaviorSubject<readonly T[]>([]);

  protected readonly rendered = computed((): readonly Rendered<T>[] => {
    const items = this.items();
    const { start, end } = this.range();
    const first = Math.min(start, items.length);
    const pinned = this.pinned();
    const shown = items.slice(first, end).map((_, index) => first + index);
    if (pinned !== undefined && pinned < items.length) {
      if (pinned < first) shown.unshift(pinned);
      else if (pinned >= end) shown.push(pinned);
    }
    const height = this.height();
    return shown.flatMap(index => {
      const item = items[index];
      if (item === undefined) return [];
      return [{ key: item.key, context: { $implicit: item, index, top: (index - start) * height } }];
    });
  });

  constructor() {
    const destroyRef = inject(DestroyRef);
    afterNextRender(() => {
      const viewport = this.viewport();
      const subscription = viewport.renderedRangeStream.subscribe(range => this.range.set(range));
      const height = (): number => this.height();
      viewport.attach({
        dataStream: this.data,
        measureRangeSize: ({ start, end }) => (end - start) * height(),
      });
      const scroller = this.host.closest('.cdk-virtual-scrollable');
      const resized = new ResizeObserver(() => viewport.checkViewportSize());
      if (scroller) resized.observe(scroller);
      destroyRef.onDestroy(() => {
        resized.disconnect();
        subscription.unsubscribe();
      });
    });
    effect(() => this.data.next(this.items()));
  }

  /** Scrolls until the line is in view. The pinned one is in the document before it is. */
  bring(index: number): void {
    const scroller = this.host.closest('.cdk-virtual-scrollable');
    const header = this.headerHeight();
    if (scroller) {
      const top = index * this.height();
      const room = scroller.clientHeight - header;
      if (top < scroller.scrollTop) scroller.scrollTop = top;
      else if (top + this.height() > scroller.scrollTop + room)
        scroller.scrollTop = top + this.height() - room;
    }
  }
}

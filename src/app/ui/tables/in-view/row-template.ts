import { Directive, inject, input, TemplateRef } from '@angular/core';

/** What a line is given by `oc-virtual-rows`. */
export interface RowContext<T> {
  readonly $implicit: T;
  readonly index: number;
  /** Distance from the start of what is rendered, in px: the line places itself there. */
  readonly top: number;
}

/** Draws one line of `oc-virtual-rows`; the items give the template their type. */
@Directive({ selector: 'ng-template[ocRowOf]' })
export class RowTemplate<T> {
  readonly items = input.required<readonly T[]>({ alias: 'ocRowOf' });
  readonly template = inject<TemplateRef<RowContext<T>>>(TemplateRef);

  static ngTemplateContextGuard<T>(_: RowTemplate<T>, context: unknown): context is RowContext<T> {
    return context !== null;
  }
}

import { Directive, inject, input, TemplateRef } from '@angular/core';
import type { RowContext } from './virtual-rows.component';

/** Draws one line of `oc-virtual-rows`; the items give the template their type. */
@Directive({ selector: 'ng-template[ocRowOf]' })
export class RowTemplate<T> {
  readonly items = input.required<readonly T[]>({ alias: 'ocRowOf' });
  readonly template = inject<TemplateRef<RowContext<T>>>(TemplateRef);

  static ngTemplateContextGuard<T>(_: RowTemplate<T>, context: unknown): context is RowContext<T> {
    return context !== null;
  }
}

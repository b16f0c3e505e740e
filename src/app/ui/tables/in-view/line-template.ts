import { Directive, inject, input, TemplateRef } from '@angular/core';

/** What a line of a table is given. */
export interface LineContext<T> {
  readonly $implicit: T;
  readonly index: number;
}

/** Draws one line of a table; the items give the template their type. */
@Directive({ selector: 'ng-template[ocLineOf]' })
export class LineTemplate<T> {
  readonly items = input.required<readonly T[]>({ alias: 'ocLineOf' });
  readonly template = inject<TemplateRef<LineContext<T>>>(TemplateRef);

  static ngTemplateContextGuard<T>(_: LineTemplate<T>, context: unknown): context is LineContext<T> {
    return context !== null;
  }
}

import { afterNextRender, DestroyRef, ElementRef, inject, type Signal, signal } from '@angular/core';

/** Whether the component that asks is narrower than so many px; not before it was laid out. Needs an injection context. */
export function isNarrowerThan(px: number): Signal<boolean> {
  const element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  const destroyRef = inject(DestroyRef);
  const narrow = signal(false);
  afterNextRender(() => {
    const measure = (): void => narrow.set(element.clientWidth > 0 && element.clientWidth < px);
    measure();
    if (typeof ResizeObserver !== 'function') return;
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    destroyRef.onDestroy(() => resized.disconnect());
  });
  return narrow.asReadonly();
}

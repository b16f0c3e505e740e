import { DestroyRef, DOCUMENT, inject, type Signal, signal } from '@angular/core';

/** Whether the page is so narrow that tables become lists: 320 px, or a wide window at 400 %. Needs an injection context. */
export function isNarrowPage(): Signal<boolean> {
  const view = inject(DOCUMENT).defaultView;
  // Not in every environment of a test.
  const query = typeof view?.matchMedia === 'function' ? view.matchMedia('(max-width: 700px)') : undefined;
  const narrow = signal(query?.matches === true);
  const follow = (event: MediaQueryListEvent): void => narrow.set(event.matches);
  query?.addEventListener('change', follow);
  inject(DestroyRef).onDestroy(() => query?.removeEventListener('change', follow));
  return narrow.asReadonly();
}

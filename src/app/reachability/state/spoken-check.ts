import { computed, inject, type Signal } from '@angular/core';
import { TEXT } from '../../ui/words/text';
import { announcementOf } from '../run/run-announcer';
import { ReachabilityStore } from './reachability.store';

/** What a screen reader is told of the check, wherever its progress is shown. Must be called where `inject` may be. */
export function spokenCheck(): Signal<string> {
  const store = inject(ReachabilityStore);
  const t = inject(TEXT);
  return computed(() => {
    const run = store.run();
    return run && !store.isKept() && !store.isQuiet() ? announcementOf(run, t) : '';
  });
}

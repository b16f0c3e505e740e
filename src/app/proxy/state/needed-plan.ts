import { computed, inject, InjectionToken, type Signal, signal } from '@angular/core';
import { rowsOf } from '../../allowlist/list/allowlist';
import { AllowlistStore } from '../../allowlist/state/allowlist.store';
import { makePlan, type ProbePlan } from '../../reachability/plan/probe-plan';
import { ASSETS } from '../../wac/platform';

/** The endpoints that this cluster needs, by the list that is chosen; undefined until it is there. */
export const NEEDED_PLAN = new InjectionToken<Signal<ProbePlan | undefined>>('NeededPlan', {
  providedIn: 'root',
  factory: () => {
    if (inject(ASSETS, { optional: true }) === null) return signal(undefined);
    const allowlist = inject(AllowlistStore);
    return computed(() => {
      const chosen = allowlist.chosen();
      return chosen && makePlan(rowsOf(chosen).filter(({ requirement }) => requirement === 'required'));
    });
  },
});

/** Hosts of the list that is chosen, whatever the requirement; none until it is there. */
export const LISTED_HOSTS = new InjectionToken<Signal<readonly string[]>>('ListedHosts', {
  providedIn: 'root',
  factory: () => {
    if (inject(ASSETS, { optional: true }) === null) return signal([]);
    const allowlist = inject(AllowlistStore);
    return computed(() => {
      const chosen = allowlist.chosen();
      return chosen === undefined ? [] : [...new Set(rowsOf(chosen).map(({ host }) => host))];
    });
  },
});

import { computed, inject, Injectable } from '@angular/core';
import { rowsOf } from '../../allowlist/list/allowlist';
import { isChosen } from '../../allowlist/list/filter';
import { AllowlistStore } from '../../allowlist/state/allowlist.store';
import { SelectionStore } from '../../allowlist/state/selection.store';
import { listFactsOf } from '../finding/list-facts';
import { makePlan } from '../plan/probe-plan';
import type { RunState } from '../run/run';

/** Why there is no list to check; each has its sentence under `reachability.state.<code>`. */
export type Lacking = 'loading' | 'listFailed' | 'noList' | 'noEndpoints';

/** What the next check would test: the chosen list, and what it says. */
@Injectable({ providedIn: 'root' })
export class NextCheck {
  private readonly allowlist = inject(AllowlistStore);
  private readonly selection = inject(SelectionStore);

  readonly chosen = this.allowlist.chosen;
  readonly plan = computed(() => {
    const chosen = this.chosen();
    return chosen && makePlan(rowsOf(chosen));
  });
  /** What the list says of each rule that may be checked, chosen or not. */
  readonly facts = computed(() => {
    const whole = this.allowlist.whole();
    return whole ? listFactsOf(whole) : [];
  });
  /** Titles of the features that the list only links to and that were not chosen, so that no node tries them. */
  readonly leftOut = computed(() => {
    const features = this.allowlist.edition()?.features ?? [];
    return features
      .filter(feature => feature.optIn === true && !isChosen(feature, this.selection.features()))
      .map(({ title }) => title);
  });
  /** Whether the list was published for the chosen cloud; if not, little or nothing of it can be checked. */
  readonly hasCloud = this.allowlist.hasCloud;
  /** What the browser said of a list that could not be loaded. */
  readonly listFailure = computed(() => {
    const state = this.allowlist.state();
    return state.status === 'failed' ? state.message : undefined;
  });
  readonly lacking = computed((): Lacking | undefined => {
    const plan = this.plan();
    if (plan === undefined) return this.listFailure() === undefined ? 'loading' : 'listFailed';
    if (plan.targets.length + plan.untested.length > 0) return undefined;
    return this.hasCloud() ? 'noEndpoints' : 'noList';
  });

  /** Whether the run tested other endpoints than are chosen now; not while that is not known. */
  isOther({ request, plan }: RunState): boolean {
    const now = this.plan();
    if (now === undefined) return false;
    const ids = (of: typeof now): string => [...of.targets, ...of.untested].map(entry => entry.id).join();
    return (
      request.cloud !== this.selection.cloud() ||
      request.edition.id !== this.selection.edition()?.id ||
      ids(plan) !== ids(now)
    );
  }

  /** Loads the list of endpoints again after a failure. */
  reloadList(): void {
    this.allowlist.reload();
  }
}

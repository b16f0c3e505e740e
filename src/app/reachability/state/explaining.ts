import { computed, effect, inject, PendingTasks, type Signal, signal, untracked } from '@angular/core';
import type { Finding, ListFact } from '../finding/finding';
import { findingsOf, findingSteps } from '../finding/findings';
import type { RunState } from '../run/run';
import { inSteps } from './in-steps';

/** Larger runs are explained in steps, so that the page can answer meanwhile. */
const MANY_RESULTS = 4000;

interface Explained {
  readonly run: RunState;
  readonly facts: readonly ListFact[];
  readonly findings: readonly Finding[];
}

export interface Explaining {
  /** None while they are looked for. */
  readonly findings: Signal<readonly Finding[]>;
  /** Whether {@link findings} are still being looked for. */
  readonly isExplaining: Signal<boolean>;
}

/** What explains the failures of a run that is over. Needs an injection context. */
export function explaining(
  run: Signal<RunState | undefined>,
  facts: Signal<readonly ListFact[]>,
): Explaining {
  const pending = inject(PendingTasks);
  const explained = signal<Explained | undefined>(undefined);
  const large = computed(() => {
    const of = run();
    const results = of === undefined ? 0 : [...of.cells.values()].reduce((sum, cells) => sum + cells.size, 0);
    return results > MANY_RESULTS ? of : undefined;
  });
  const known = computed(() => {
    const done = explained();
    return done !== undefined && done.run === large() && done.facts === facts() ? done.findings : undefined;
  });
  effect(onCleanup => {
    const [of, list] = [large(), facts()];
    if (of === undefined || untracked(known) !== undefined) return;
    const work = findingSteps(of, list);
    onCleanup(inSteps(work, pending, found => explained.set({ run: of, facts: list, findings: found })));
  });
  return {
    findings: computed(() => {
      const of = run();
      if (of === undefined) return [];
      return large() === undefined ? findingsOf(of, facts()) : (known() ?? []);
    }),
    isExplaining: computed(() => large() !== undefined && known() === undefined),
  };
}

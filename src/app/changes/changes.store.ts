import { computed, inject, Injectable, resource, signal } from '@angular/core';
import { AllowlistStore } from '../allowlist/state/allowlist.store';
import type { EditionSummary } from '../allowlist/catalog/catalog';
import { choiceFor } from '../allowlist/choice/choice';
import { diffEditions, type EditionDiff } from '../allowlist/list/edition-diff';
import { EditionsStore } from '../allowlist/state/editions.store';
import type { Loaded } from '../allowlist/state/load-asset';
import { SelectionStore } from '../allowlist/state/selection.store';

/** Two editions and what changed between them. Loads nothing before it is first asked for. */
@Injectable({ providedIn: 'root' })
export class ChangesStore {
  private readonly index = inject(EditionsStore);
  private readonly allowlist = inject(AllowlistStore);
  private readonly cloud = inject(SelectionStore).cloud;
  private readonly wantedFrom = signal<string | undefined>(undefined);
  private readonly wantedTo = signal<string | undefined>(undefined);

  /** Those that were published for the chosen cloud, the oldest first. */
  readonly editions = computed<readonly EditionSummary[]>(() =>
    this.index
      .all()
      .filter(({ clouds }) => clouds.includes(this.cloud()))
      .sort((a, b) => a.published.localeCompare(b.published)),
  );
  /** Id of the edition that is compared: as chosen, else this cluster's, or the one before when that is the newest. */
  readonly from = computed(() => {
    if (this.allowlist.state().status === 'loading') return undefined;
    const earlier = this.editions().slice(0, -1);
    const own = earlier.find(({ id }) => id === this.allowlist.edition()?.id);
    return (this.find(this.wantedFrom()) ?? own ?? earlier.at(-1))?.id;
  });
  /** Id of the edition with which it is compared: as chosen, else the newest. */
  readonly to = computed(() => (this.find(this.wantedTo()) ?? this.editions().at(-1))?.id);
  readonly isSame = computed(() => this.from() !== undefined && this.from() === this.to());

  private readonly loaded = resource({
    params: () => {
      const from = this.from();
      const to = this.to();
      return from === undefined || to === undefined || from === to ? undefined : { from, to };
    },
    loader: ({ params: { from, to } }) => Promise.all([this.index.load(from), this.index.load(to)]),
  });
  private readonly pair = computed(() =>
    (this.loaded.isLoading() ? undefined : this.loaded.value())?.map(each => this.index.translated(each)),
  );

  /** Undefined when there are no two editions to compare. */
  readonly state = computed<Loaded<EditionDiff> | undefined>(() => {
    const index = this.index.state();
    if (index.status !== 'ready') return index;
    if (this.isSame() || this.editions().length < 2) return undefined;
    const [from, to] = this.pair() ?? [];
    if (from === undefined || to === undefined) return { status: 'loading' };
    if (from.status !== 'ready') return from;
    if (to.status !== 'ready') return to;
    const choice = this.allowlist.everything()?.choice ?? choiceFor(this.cloud());
    return { status: 'ready', value: diffEditions(from.value, to.value, choice) };
  });

  chooseFrom(id: string): void {
    this.wantedFrom.set(id);
  }

  chooseTo(id: string): void {
    this.wantedTo.set(id);
  }

  /** Loads what is missing again after a failure. */
  reload(): void {
    if (this.index.state().status === 'failed') this.index.reload();
    else this.loaded.reload();
  }

  private find(id: string | undefined): EditionSummary | undefined {
    return this.editions().find(each => each.id === id);
  }
}

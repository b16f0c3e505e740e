import { computed, effect, inject, Injectable, signal } from '@angular/core';
import type { Cloud } from '../../cluster/cluster';
import { ClusterStore } from '../../cluster/cluster.store';
import type { Sorting } from '../../ui/tables/sorting';
import { HOST } from '../../wac/host';
import { KEEP_SAFE } from '../../wac/platform';
import type { PlaceholderName } from '../catalog/catalog';
import { regionsOf } from '../choice/choice';
import { detectEdition, detectRegion, newerEdition, regionName, USUAL_EDITION } from '../choice/detection';
import { EditionsStore } from './editions.store';
import { type AllowlistFilter, keepFilter, NO_FILTER, readFilter } from '../list/filter';
import { readSorting } from '../list/rule/rule-columns';
import { ALL_REGIONS, type KeptSelection, keepSelection, readKeptSelection } from '../choice/kept-selection';

/** `detected`: the cluster says so. `chosen`: the administrator did. `assumed`: neither, so the usual is shown. */
export type ChoiceOrigin = 'detected' | 'chosen' | 'assumed';

/** What the administrator chose for this cluster; all pages read it. Survives leaving the tool, not the browser tab. */
@Injectable({ providedIn: 'root' })
export class SelectionStore {
  private readonly cluster = inject(ClusterStore).cluster;
  private readonly editions = inject(EditionsStore).all;
  private readonly keepSafe = inject(KEEP_SAFE);
  private readonly key = `selection:${inject(HOST).connection.name}`;
  private readonly chosen = signal(readKeptSelection(this.keepSafe.read(this.key)));
  private readonly filterKey = `allowlist-filter:${inject(HOST).connection.name}`;
  private readonly sortingKey = `allowlist-sorting:${inject(HOST).connection.name}`;
  private readonly sortingSignal = signal(readSorting(this.keepSafe.read(this.sortingKey)));
  private readonly filterSignal = signal(readFilter(this.keepSafe.read(this.filterKey)));

  readonly detectedEdition = computed(() => detectEdition(this.editions(), this.cluster()?.nodes ?? []));
  private readonly chosenEdition = computed(() =>
    this.editions().find(({ id }) => id === this.chosen().edition),
  );
  /** Undefined until the list of editions is there. */
  readonly edition = computed(
    () =>
      this.chosenEdition() ??
      this.detectedEdition() ??
      this.editions().find(({ id }) => id === USUAL_EDITION) ??
      this.editions()[0],
  );
  readonly editionOrigin = computed(() => originOf(this.chosenEdition(), this.detectedEdition()));
  readonly newerEdition = computed(() => {
    const edition = this.edition();
    return edition && newerEdition(this.editions(), edition);
  });

  readonly detectedCloud = computed(() => this.cluster()?.cloud);
  readonly cloud = computed<Cloud>(() => this.chosen().cloud ?? this.detectedCloud() ?? 'public');
  readonly cloudOrigin = computed(() => originOf(this.chosen().cloud, this.detectedCloud()));

  /** The edition's regions in the chosen cloud; none when it has no lists by region. */
  readonly regions = computed(() => {
    const edition = this.edition();
    return edition ? regionsOf(edition, this.cloud()) : [];
  });
  readonly detectedRegion = computed(() => detectRegion(this.regions(), this.cluster()?.region));
  private readonly chosenRegion = computed(() =>
    this.chosen().region === ALL_REGIONS
      ? ALL_REGIONS
      : this.regions().find(({ id }) => id === this.chosen().region),
  );
  /** Undefined: all regions together. */
  readonly region = computed(() => {
    const region = this.chosenRegion() ?? this.detectedRegion();
    return region === ALL_REGIONS ? undefined : region;
  });
  readonly regionOrigin = computed(() => originOf(this.chosenRegion(), this.detectedRegion()));

  readonly vendor = computed(() => this.edition()?.vendors?.find(({ id }) => id === this.chosen().vendor));
  readonly arcGateway = computed(() => this.chosen().arcGateway === true);
  readonly published = computed(() => this.chosen().published === true);

  /** Ids of the chosen features of the edition; undefined: nothing was chosen yet. */
  readonly features = computed(() => {
    const ids = this.chosen().features?.[this.edition()?.id ?? ''];
    return ids && new Set(ids);
  });

  readonly filter = this.filterSignal.asReadonly();
  /** Of the rules of each feature. */
  readonly sorting = this.sortingSignal.asReadonly();

  constructor() {
    effect(() => {
      this.keepSafe.write(this.key, keepSelection(this.chosen()));
    });
    effect(() => this.keepSafe.write(this.filterKey, keepFilter(this.filter())));
    effect(() => this.keepSafe.write(this.sortingKey, this.sorting() === '' ? undefined : this.sorting()));
  }

  /** Choosing what was detected goes back to following the cluster; so do the others. */
  chooseEdition(id: string): void {
    this.change({ edition: id === this.detectedEdition()?.id ? undefined : id });
  }

  chooseCloud(cloud: Cloud): void {
    this.change({ cloud: cloud === this.detectedCloud() ? undefined : cloud });
  }

  /** Undefined: all regions together. */
  chooseRegion(id: string | undefined): void {
    this.change({ region: id === this.detectedRegion()?.id ? undefined : (id ?? ALL_REGIONS) });
  }

  chooseVendor(vendor: string | undefined): void {
    this.change({ vendor });
  }

  setArcGateway(arcGateway: boolean): void {
    this.change({ arcGateway });
  }

  setPublished(published: boolean): void {
    this.change({ published });
  }

  chooseFeatures(features: ReadonlySet<string> | undefined): void {
    const edition = this.edition()?.id;
    if (edition === undefined) return;
    const kept = Object.entries(this.chosen().features ?? {}).filter(([id]) => id !== edition);
    const own = features === undefined ? [] : [[edition, [...features]]];
    this.change({ features: Object.fromEntries([...kept, ...own]) as KeptSelection['features'] });
  }

  /** The text of a placeholder's field, unchecked: what was entered, else what the cluster says. */
  answer(name: PlaceholderName): string {
    return this.chosen().answers?.[name] ?? this.detectedAnswer(name) ?? '';
  }

  detectedAnswer(name: PlaceholderName): string | undefined {
    const cluster = this.cluster();
    if (name === 'witness-account') return cluster?.witnessAccount;
    return name === 'region' && cluster?.region !== undefined ? regionName(cluster.region) : undefined;
  }

  enterAnswer(name: PlaceholderName, text: string): void {
    const follows = text === (this.detectedAnswer(name) ?? '');
    this.change({ answers: { ...this.chosen().answers, [name]: follows ? undefined : text } });
  }

  setFilter(change: Partial<AllowlistFilter>): void {
    this.filterSignal.update(filter => ({ ...filter, ...change }));
  }

  sort(sorting: Sorting): void {
    this.sortingSignal.set(sorting);
  }

  clearFilter(): void {
    this.filterSignal.set(NO_FILTER);
  }

  private change(change: Partial<KeptSelection>): void {
    this.chosen.update(chosen => ({ ...chosen, ...change }));
  }
}

function originOf(chosen: unknown, detected: unknown): ChoiceOrigin {
  if (chosen !== undefined && chosen !== detected) return 'chosen';
  return detected === undefined ? 'assumed' : 'detected';
}

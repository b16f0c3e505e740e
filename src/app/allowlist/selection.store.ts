import { computed, effect, inject, Injectable, signal } from '@angular/core';
import { CLOUDS, type Cloud } from '../cluster/cluster';
import { ClusterStore } from '../cluster/cluster.store';
import { HOST } from '../wac/host';
import { KEEP_SAFE } from '../wac/platform';
import { type AllowlistFilter, NO_FILTER } from './filter';

/** `detected`: the cluster says so. `chosen`: the administrator did. `assumed`: neither, so the public cloud is shown. */
export type CloudOrigin = 'detected' | 'chosen' | 'assumed';

interface Kept {
  readonly cloud?: Cloud;
  readonly features?: readonly string[];
  readonly witness?: string;
}

/** What the administrator chose for this cluster; all pages read it. Survives leaving the tool, not the browser tab. */
@Injectable({ providedIn: 'root' })
export class SelectionStore {
  private readonly cluster = inject(ClusterStore).cluster;
  private readonly keepSafe = inject(KEEP_SAFE);
  private readonly key = `selection:${inject(HOST).connection.name}`;
  private readonly kept = readKept(this.keepSafe.read(this.key));

  private readonly chosenCloud = signal(this.kept.cloud);
  private readonly chosenFeatures = signal<ReadonlySet<string> | undefined>(
    this.kept.features && new Set(this.kept.features),
  );
  private readonly enteredWitness = signal(this.kept.witness);
  private readonly filterSignal = signal(NO_FILTER);

  readonly detectedCloud = computed(() => this.cluster()?.cloud);
  readonly cloud = computed<Cloud>(() => this.chosenCloud() ?? this.detectedCloud() ?? 'public');
  readonly cloudOrigin = computed<CloudOrigin>(() => {
    if (this.chosenCloud() !== undefined && this.chosenCloud() !== this.detectedCloud()) return 'chosen';
    return this.detectedCloud() === undefined ? 'assumed' : 'detected';
  });

  /** Ids of the chosen features that have rules; undefined means all. */
  readonly features = this.chosenFeatures.asReadonly();

  readonly detectedWitness = computed(() => this.cluster()?.witnessAccount);
  /** The text of the witness field, unchecked: what was entered, else what the cluster says. */
  readonly witness = computed(() => this.enteredWitness() ?? this.detectedWitness() ?? '');

  readonly filter = this.filterSignal.asReadonly();

  constructor() {
    effect(() => {
      this.keepSafe.write(this.key, this.toKeep());
    });
  }

  /** Choosing what was detected goes back to following the cluster. */
  chooseCloud(cloud: Cloud): void {
    this.chosenCloud.set(cloud === this.detectedCloud() ? undefined : cloud);
  }

  chooseFeatures(features: ReadonlySet<string> | undefined): void {
    this.chosenFeatures.set(features);
  }

  enterWitness(text: string): void {
    this.enteredWitness.set(text === this.detectedWitness() ? undefined : text);
  }

  setFilter(change: Partial<AllowlistFilter>): void {
    this.filterSignal.update(filter => ({ ...filter, ...change }));
  }

  clearFilter(): void {
    this.filterSignal.set(NO_FILTER);
  }

  private toKeep(): string | undefined {
    const features = this.chosenFeatures();
    const kept: Kept = {
      cloud: this.chosenCloud(),
      features: features && [...features],
      witness: this.enteredWitness(),
    };
    return Object.values(kept).every(value => value === undefined) ? undefined : JSON.stringify(kept);
  }
}

/** Other code can write to the same storage, so nothing in it is taken on trust. */
function readKept(text: string | undefined): Kept {
  if (text === undefined) return {};
  try {
    const json = JSON.parse(text) as Readonly<Record<string, unknown>> | null;
    const features = json?.['features'];
    const witness = json?.['witness'];
    return {
      cloud: CLOUDS.find(cloud => cloud === json?.['cloud']),
      features: Array.isArray(features) ? features.filter(item => typeof item === 'string') : undefined,
      witness: typeof witness === 'string' ? witness : undefined,
    };
  } catch {
    return {};
  }
}

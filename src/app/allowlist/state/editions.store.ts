import { computed, inject, Injectable, resource } from '@angular/core';
import { type AssetSource, ASSETS } from '../../wac/platform';
import type { EditionSummary } from '../catalog/catalog';
import { readEditions } from '../catalog/read-edition';

export type Loaded<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  /** `message` is technical; '' when the file came but is not what it should be. */
  | { readonly status: 'failed'; readonly message: string };

/** What is known of every edition before one is loaded. Ships with the tool, made by `scripts/generate.ts`. */
@Injectable({ providedIn: 'root' })
export class EditionsStore {
  private readonly assets = inject(ASSETS);
  private readonly index = resource({
    loader: () => loadAsset(this.assets, 'assets/catalog/editions.json', readEditions),
  });

  readonly state = computed<Loaded<readonly EditionSummary[]>>(() =>
    this.index.isLoading() ? { status: 'loading' } : (this.index.value() ?? { status: 'loading' }),
  );
  /** None until they are loaded. */
  readonly all = computed(() => {
    const state = this.state();
    return state.status === 'ready' ? state.value : [];
  });

  /** Loads them again after a failure. */
  reload(): void {
    this.index.reload();
  }
}

/** Never rejects. `read` gives undefined for what does not fit. */
export async function loadAsset<T>(
  assets: AssetSource,
  path: string,
  read: (json: unknown) => T | undefined,
): Promise<Loaded<T>> {
  try {
    const value = read(await assets.json(path));
    return value === undefined ? { status: 'failed', message: '' } : { status: 'ready', value };
  } catch (error) {
    return { status: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

import { computed, inject, Injectable, resource } from '@angular/core';
import { ASSETS } from '../../wac/platform';
import type { Edition, EditionSummary } from '../catalog/catalog';
import { readEdition, readEditions } from '../catalog/read-edition';
import { translateEdition, translateSummary } from '../catalog/translate';
import { loadAsset, type Loaded } from './load-asset';
import { TranslationsStore } from './translations.store';

/** What is known of every edition before one is loaded, and each when it is. Made by `scripts/generate.ts`. */
@Injectable({ providedIn: 'root' })
export class EditionsStore {
  private readonly assets = inject(ASSETS);
  private readonly translations = inject(TranslationsStore).translations;
  private readonly index = resource({
    loader: () => loadAsset(this.assets, 'assets/catalog/editions.json', readEditions),
  });
  private readonly known = new Map<string, Edition>();

  readonly state = computed<Loaded<readonly EditionSummary[]>>(() => {
    const loaded = this.index.isLoading() ? undefined : this.index.value();
    const translations = this.translations();
    if (loaded?.status !== 'ready' || translations === undefined) return loaded ?? { status: 'loading' };
    return { ...loaded, value: loaded.value.map(each => translateSummary(each, translations)) };
  });
  /** None until they are loaded. */
  readonly all = computed(() => {
    const state = this.state();
    return state.status === 'ready' ? state.value : [];
  });

  /** Loads them again after a failure. */
  reload(): void {
    this.index.reload();
  }

  /** An edition as it ships, which is English. */
  async load(id: string): Promise<Loaded<Edition>> {
    const known = this.known.get(id);
    if (known !== undefined) return { status: 'ready', value: known };
    const loaded = await loadAsset(this.assets, `assets/catalog/${id}.json`, json => {
      const edition = readEdition(json);
      return edition?.id === id ? edition : undefined;
    });
    if (loaded.status === 'ready') this.known.set(id, loaded.value);
    return loaded;
  }

  /** What was loaded, in the language of the page as far as that is there. */
  translated(loaded: Loaded<Edition>): Loaded<Edition> {
    const translations = this.translations();
    return loaded.status === 'ready' && translations !== undefined
      ? { ...loaded, value: translateEdition(loaded.value, translations) }
      : loaded;
  }
}

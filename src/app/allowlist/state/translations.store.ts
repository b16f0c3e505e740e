import { computed, inject, Injectable, resource } from '@angular/core';
import { languageOf } from '../../ui/words/make-text';
import { HOST } from '../../wac/host';
import { ASSETS } from '../../wac/platform';
import { readTranslations, type Translations } from '../catalog/translate';
import { loadAsset } from './load-asset';

/** The lists are written in it. */
const ENGLISH = 'en';
const NONE: Translations = new Map();

/** The lists' texts in the language of the page. Ships with the tool, made by `scripts/generate.ts`. */
@Injectable({ providedIn: 'root' })
export class TranslationsStore {
  private readonly assets = inject(ASSETS);
  private readonly language = languageOf(inject(HOST).strings);
  private readonly loaded = resource({
    params: () => (this.language === ENGLISH ? undefined : this.language),
    loader: ({ params: language }) =>
      loadAsset(this.assets, `assets/catalog/languages/${language}.json`, readTranslations),
  });

  /**
   * Undefined where the page is English. None until they are loaded, and where that fails: the lists then stay English,
   * which hinders nobody.
   */
  readonly translations = computed<Translations | undefined>(() => {
    if (this.language === ENGLISH) return undefined;
    const loaded = this.loaded.isLoading() ? undefined : this.loaded.value();
    return loaded?.status === 'ready' ? loaded.value : NONE;
  });
}

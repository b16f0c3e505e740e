import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { TEXT } from '../../ui/words/text';
import { HOST } from '../../wac/host';
import { rowsOf } from '../list/allowlist';
import { AllowlistStore } from '../state/allowlist.store';
import { editionName, longDate } from '../choice/edition-words';
import { SelectionStore } from '../state/selection.store';

/** What to know of the chosen list before relying on it: its dates, a newer one, a cloud that it leaves out. */
@Component({
  selector: 'oc-list-notices',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <p class="oc-hint">{{ dates() }}</p>
    @if (selection.newerEdition(); as newer) {
      <div class="oc-notice newer" data-state="info">
        <p>{{ t('allowlist.edition.newer', editionName(newer, t), date(newer.published)) }}</p>
        <button type="button" class="oc-button" (click)="selection.chooseEdition(newer.id)">
          {{ t('allowlist.edition.chooseNewer') }}
        </button>
      </div>
    }
    @if (!store.hasCloud()) {
      <p class="oc-notice" data-state="warning">
        {{ t('allowlist.edition.notForCloud', t('common.cloud.' + selection.cloud())) }}
      </p>
    }
    @if (selection.published()) {
      <p class="oc-notice" data-state="warning">{{ t('allowlist.published.warning', mistakes()) }}</p>
    }
  `,
  styles: `
    .newer {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--spacingVerticalXS) var(--spacingHorizontalL);
    }
    .newer > p {
      margin: 0;
    }
  `,
})
export class ListNoticesComponent {
  protected readonly t = inject(TEXT);
  protected readonly selection = inject(SelectionStore);
  protected readonly store = inject(AllowlistStore);
  protected readonly editionName = editionName;
  private readonly locale = inject(HOST).locale;

  protected readonly dates = computed(() => {
    const edition = this.selection.edition();
    if (edition === undefined) return '';
    const published = this.date(edition.published);
    return edition.printedDate === undefined || edition.printedDate === edition.published
      ? this.t('allowlist.edition.date', edition.title, published)
      : this.t('allowlist.edition.dates', edition.title, published, this.date(edition.printedDate));
  });
  /** Rules of the chosen list of which we know better. */
  protected readonly mistakes = computed(() => {
    const chosen = this.store.chosen();
    return chosen ? rowsOf(chosen).filter(row => row.corrected !== undefined).length : 0;
  });

  protected date(iso: string): string {
    return longDate(iso, this.locale);
  }
}

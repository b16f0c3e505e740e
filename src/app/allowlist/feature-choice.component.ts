import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { TEXT } from '../ui/text';
import { AllowlistStore } from './allowlist.store';
import { SelectionStore } from './selection.store';

/** Which features this cluster uses; the reachability check tests only these. */
@Component({
  selector: 'oc-feature-choice',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <fieldset>
      <legend class="oc-label">{{ t('allowlist.features') }}</legend>
      @for (feature of features(); track feature.id) {
        <label>
          <input type="checkbox" [checked]="isChosen(feature.id)" (change)="toggle(feature.id)" />
          {{ feature.title }}
        </label>
      }
    </fieldset>
  `,
  styles: `
    fieldset {
      display: flex;
      flex-wrap: wrap;
      gap: var(--spacingVerticalXS) var(--spacingHorizontalL);
      margin: 0 0 var(--spacingVerticalM);
      padding: 0;
      border: 0;
      min-inline-size: 0;
    }
    legend {
      padding: 0;
    }
    label {
      display: inline-flex;
      align-items: center;
      gap: var(--spacingHorizontalXS);
      min-block-size: 24px;
    }
  `,
})
export class FeatureChoiceComponent {
  protected readonly t = inject(TEXT);
  private readonly selection = inject(SelectionStore);
  private readonly store = inject(AllowlistStore);

  protected readonly features = computed(() =>
    (this.store.edition()?.features ?? []).filter(feature => feature.kind === 'rules'),
  );

  protected isChosen(id: string): boolean {
    return this.selection.features()?.has(id) ?? true;
  }

  /** Choosing all again is the same as never having chosen: a later edition's features then count too. */
  protected toggle(id: string): void {
    const all = this.features().map(feature => feature.id);
    const chosen = new Set(all.filter(each => (each === id ? !this.isChosen(each) : this.isChosen(each))));
    this.selection.chooseFeatures(chosen.size === all.length ? undefined : chosen);
  }
}

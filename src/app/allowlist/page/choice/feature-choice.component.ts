import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { TEXT } from '../../../ui/words/text';
import { AllowlistStore } from '../../state/allowlist.store';
import type { Feature } from '../../catalog/catalog';
import { isChosen } from '../../list/filter';
import { SelectionStore } from '../../state/selection.store';
import { ListTextDirective } from '../list-text.directive';

/** Which features this cluster uses; the reachability check tests only these. */
@Component({
  selector: 'oc-feature-choice',
  imports: [ListTextDirective],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @for (part of parts(); track part.legend) {
      <fieldset class="oc-options">
        <legend class="oc-label">{{ t(part.legend) }}</legend>
        @for (feature of part.features; track feature.id) {
          <label>
            <input type="checkbox" [checked]="isChosen(feature)" (change)="toggle(feature)" />
            <span [ocListText]="feature.title"></span>
          </label>
        }
      </fieldset>
    }
  `,
  styles: `
    fieldset {
      display: flex;
      flex-wrap: wrap;
      gap: var(--spacingVerticalXS) var(--spacingHorizontalL);
    }
  `,
})
export class FeatureChoiceComponent {
  protected readonly t = inject(TEXT);
  private readonly selection = inject(SelectionStore);
  private readonly store = inject(AllowlistStore);

  private readonly features = computed(() =>
    (this.store.edition()?.features ?? []).filter(
      feature => feature.kind === 'rules' && feature.vendor === undefined,
    ),
  );

  /** What the document itself lists, then what it only links to. */
  protected readonly parts = computed(() =>
    [
      { legend: 'allowlist.features', features: this.features().filter(({ optIn }) => optIn !== true) },
      { legend: 'allowlist.linkedFeatures', features: this.features().filter(({ optIn }) => optIn === true) },
    ].filter(({ features }) => features.length > 0),
  );

  protected isChosen(feature: Feature): boolean {
    return isChosen(feature, this.selection.features());
  }

  /** Choosing what was chosen at first is the same as never having chosen: a later edition's features then count too. */
  protected toggle(changed: Feature): void {
    const chosen = this.features().filter(each => this.isChosen(each) !== (each === changed));
    const first = this.features().filter(each => isChosen(each, undefined));
    const ids = (of: readonly Feature[]): string => of.map(each => each.id).join();
    this.selection.chooseFeatures(
      ids(chosen) === ids(first) ? undefined : new Set(chosen.map(each => each.id)),
    );
  }
}

import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { ClusterStore } from '../../../cluster/cluster.store';
import { TEXT } from '../../../ui/words/text';
import { AllowlistStore } from '../../state/allowlist.store';
import { ChoiceFieldComponent } from '../../../ui/fields/choice-field.component';
import { CloudFieldComponent } from './cloud-field.component';
import { EditionFieldComponent } from './edition-field.component';
import { PlaceholderFieldComponent } from './placeholder-field.component';
import { SelectionStore } from '../../state/selection.store';

/** Everything that decides which rules there are: edition, cloud, region, vendor, the owner's names. */
@Component({
  selector: 'oc-list-choice',
  imports: [ChoiceFieldComponent, CloudFieldComponent, EditionFieldComponent, PlaceholderFieldComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './list-choice.component.html',
})
export class ListChoiceComponent {
  protected readonly t = inject(TEXT);
  protected readonly store = inject(AllowlistStore);
  protected readonly selection = inject(SelectionStore);
  private readonly cluster = inject(ClusterStore);

  protected readonly regions = computed(() => [
    { value: '', text: this.t('allowlist.region.all') },
    ...this.selection.regions().map(({ id, title }) => ({ value: id, text: title })),
  ]);
  protected readonly regionHint = computed(() => {
    const detected = this.selection.detectedRegion();
    switch (this.selection.regionOrigin()) {
      case 'detected':
        return this.t('allowlist.region.detected');
      case 'chosen':
        return detected === undefined
          ? this.t('allowlist.chosen')
          : this.t('allowlist.region.otherThanDetected', detected.title);
      case 'assumed': {
        if (this.cluster.status() === 'loading') return this.t('allowlist.region.asking');
        const region = this.cluster.cluster()?.region;
        return region === undefined
          ? this.t('allowlist.region.unknown')
          : this.t('allowlist.region.notInList', region);
      }
    }
  });
  protected readonly vendors = computed(() => [
    { value: '', text: this.t('allowlist.vendor.none') },
    ...(this.selection.edition()?.vendors ?? []).map(({ id, title }) => ({ value: id, text: title })),
  ]);
  protected readonly versions = (['corrected', 'published'] as const).map(value => ({
    value,
    text: this.t(`allowlist.published.${value}`),
  }));
}

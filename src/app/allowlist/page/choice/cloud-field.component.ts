import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { CLOUDS, type Cloud } from '../../../cluster/cluster';
import { ClusterStore } from '../../../cluster/cluster.store';
import { TEXT } from '../../../ui/words/text';
import { ChoiceFieldComponent } from '../../../ui/fields/choice-field.component';
import { SelectionStore } from '../../state/selection.store';

/** The cloud whose list is shown, and whether the cluster or the administrator says so. */
@Component({
  selector: 'oc-cloud-field',
  imports: [ChoiceFieldComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <oc-choice-field
      fieldId="oc-cloud"
      [label]="t('allowlist.cloud.label')"
      [options]="options"
      [value]="selection.cloud()"
      [hint]="hint()"
      (choose)="choose($event)"
    />
  `,
})
export class CloudFieldComponent {
  protected readonly t = inject(TEXT);
  protected readonly selection = inject(SelectionStore);
  protected readonly options = CLOUDS.map(value => ({ value, text: this.t(`common.cloud.${value}`) }));
  private readonly status = inject(ClusterStore).status;

  protected readonly hint = computed(() => {
    const detected = this.selection.detectedCloud();
    switch (this.selection.cloudOrigin()) {
      case 'detected':
        return this.t('allowlist.cloud.detected');
      case 'chosen':
        return detected === undefined
          ? this.t('allowlist.chosen')
          : this.t('allowlist.cloud.otherThanDetected', this.t(`common.cloud.${detected}`));
      case 'assumed':
        return this.t(this.status() === 'loading' ? 'allowlist.cloud.asking' : 'allowlist.cloud.unknown');
    }
  });

  protected choose(value: string): void {
    const cloud = CLOUDS.find((each): each is Cloud => each === value);
    if (cloud !== undefined) this.selection.chooseCloud(cloud);
  }
}

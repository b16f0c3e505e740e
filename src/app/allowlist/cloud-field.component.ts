import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { CLOUDS, type Cloud } from '../cluster/cluster';
import { ClusterStore } from '../cluster/cluster.store';
import { TEXT } from '../ui/text';
import { SelectionStore } from './selection.store';

/** The cloud whose list is shown, and whether the cluster or the administrator says so. */
@Component({
  selector: 'oc-cloud-field',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="oc-field">
      <label for="oc-cloud">{{ t('allowlist.cloud.label') }}</label>
      <select
        id="oc-cloud"
        class="oc-select"
        aria-describedby="oc-cloud-hint"
        (change)="choose($any($event.target).value)"
      >
        @for (cloud of clouds; track cloud) {
          <option [value]="cloud" [selected]="cloud === selection.cloud()">
            {{ t('common.cloud.' + cloud) }}
          </option>
        }
      </select>
      <span id="oc-cloud-hint" class="oc-hint">{{ hint() }}</span>
    </div>
  `,
})
export class CloudFieldComponent {
  protected readonly t = inject(TEXT);
  protected readonly selection = inject(SelectionStore);
  protected readonly clouds = CLOUDS;
  private readonly status = inject(ClusterStore).status;

  protected readonly hint = computed(() => {
    const detected = this.selection.detectedCloud();
    switch (this.selection.cloudOrigin()) {
      case 'detected':
        return this.t('allowlist.cloud.detected');
      case 'chosen':
        return detected === undefined
          ? this.t('allowlist.cloud.chosen')
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

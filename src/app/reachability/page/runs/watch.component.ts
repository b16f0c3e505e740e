import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { NumberFieldComponent } from '../../../ui/fields/number-field.component';
import { TEXT } from '../../../ui/words/text';
import { TIMES } from '../../../ui/words/times';
import { WATCH_MINUTES, WatchStore } from '../../state/watch.store';

/** Tries what failed every so many minutes until it works. */
@Component({
  selector: 'oc-watch',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [NumberFieldComponent],
  template: `
    @if (store.isWatching()) {
      <p>{{ status() }}</p>
      <button type="button" class="oc-button" (click)="store.stop()">
        {{ t('reachability.watch.stop') }}
      </button>
    } @else if (store.canStart()) {
      <oc-number-field
        fieldId="oc-watch-minutes"
        [label]="t('reachability.watch.minutes')"
        [limits]="limits"
        [value]="store.minutes()"
        [error]="store.everyMs() === undefined ? t('reachability.watch.error') : ''"
        [isInline]="true"
        (enter)="store.enterMinutes($event)"
      />
      <button
        type="button"
        class="oc-button"
        [disabled]="store.everyMs() === undefined"
        (click)="store.start()"
      >
        {{ t('reachability.watch.start') }}
      </button>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--spacingHorizontalXS);
    }
    p {
      margin: 0;
    }
  `,
})
export class WatchComponent {
  protected readonly t = inject(TEXT);
  protected readonly store = inject(WatchStore);
  private readonly times = inject(TIMES);
  protected readonly limits = WATCH_MINUTES;

  protected readonly status = computed(() => {
    const next = this.times.clock(this.store.nextAt() ?? '');
    return this.t('reachability.watch.status', this.store.open(), next);
  });
}

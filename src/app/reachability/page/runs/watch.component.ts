import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { TEXT } from '../../../ui/words/text';
import { TIMES } from '../../../ui/words/times';
import { WATCH_MINUTES, WatchStore } from '../../state/watch.store';

/** Tries what failed every so many minutes until it works. */
@Component({
  selector: 'oc-watch',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (store.isWatching()) {
      <p>{{ status() }}</p>
      <button type="button" class="oc-button" (click)="store.stop()">
        {{ t('reachability.watch.stop') }}
      </button>
    } @else if (store.canStart()) {
      <div class="oc-field">
        <label for="oc-watch-minutes">{{ t('reachability.watch.minutes') }}</label>
        <input
          id="oc-watch-minutes"
          class="oc-input"
          type="number"
          inputmode="numeric"
          step="1"
          [min]="limits.min"
          [max]="limits.max"
          [value]="store.minutes()"
          [attr.aria-invalid]="store.everyMs() === undefined"
          aria-describedby="oc-watch-error"
          (input)="store.enterMinutes($any($event.target).value)"
        />
        <span id="oc-watch-error" class="oc-error" role="alert">{{
          store.everyMs() === undefined ? t('reachability.watch.error') : ''
        }}</span>
      </div>
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
    .oc-field {
      flex-flow: row wrap;
      align-items: center;
      gap: var(--spacingHorizontalXS);
    }
    .oc-field > label {
      font-weight: var(--fontWeightRegular);
    }
    .oc-input {
      inline-size: 4.5rem;
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

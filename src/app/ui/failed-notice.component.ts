import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { RawWordsComponent } from './raw-words.component';
import { TEXT } from './words/text';

/** That a part of the tool or its data could not be had: what to do, what the browser said of it, and another try. */
@Component({
  selector: 'oc-failed-notice',
  imports: [RawWordsComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="oc-notice" data-state="error" role="alert">
      <p>{{ text() }}</p>
      @if (words(); as words) {
        <oc-raw-words [words]="words" />
      }
      <button type="button" class="oc-button" (click)="retry.emit()">{{ t('common.retry') }}</button>
    </div>
  `,
  styles: `
    :host {
      display: block;
    }
  `,
})
export class FailedNoticeComponent {
  protected readonly t = inject(TEXT);
  /** A whole sentence: what is not there, and what to do. */
  readonly text = input.required<string>();
  /** What was thrown, or its words; absent or without words: none are shown. */
  readonly cause = input<Error | string>();
  readonly retry = output();

  protected readonly words = computed(() => {
    const cause = this.cause();
    return cause instanceof Error ? cause.message : cause;
  });
}

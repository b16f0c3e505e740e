import { NgComponentOutlet } from '@angular/common';
import { ChangeDetectionStrategy, Component, inject, resource, signal } from '@angular/core';
import { FailedNoticeComponent } from '../ui/failed-notice.component';
import { TEXT } from '../ui/words/text';

/** What changed between two editions. Closed at first; code and lists are loaded when it is opened. */
@Component({
  selector: 'oc-changes',
  imports: [FailedNoticeComponent, NgComponentOutlet],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <section aria-labelledby="oc-changes">
      <h2 id="oc-changes">
        <button
          type="button"
          class="oc-button oc-button-subtle"
          aria-controls="oc-changes-panel"
          [attr.aria-expanded]="isOpen()"
          (click)="isOpen.set(!isOpen())"
        >
          {{ t('changes.title') }}
        </button>
      </h2>
      <div id="oc-changes-panel">
        @if (isOpen()) {
          @if (panel.hasValue()) {
            <ng-container *ngComponentOutlet="panel.value()" />
          } @else if (panel.error(); as error) {
            <oc-failed-notice [text]="t('changes.codeFailed')" [cause]="error" (retry)="panel.reload()" />
          } @else {
            <p role="status">{{ t('changes.loading') }}</p>
          }
        }
      </div>
    </section>
  `,
  styles: `
    section {
      margin-block-start: var(--spacingVerticalXL);
    }
    button {
      padding-inline-start: 0;
    }
    /* A mark for the eye; aria-expanded says the same. */
    button::before {
      content: '▸' / '';
      margin-inline-end: var(--spacingHorizontalXS);
    }
    button[aria-expanded='true']::before {
      content: '▾' / '';
    }
  `,
})
export class ChangesComponent {
  protected readonly t = inject(TEXT);
  protected readonly isOpen = signal(false);
  protected readonly panel = resource({
    params: () => this.isOpen() || undefined,
    loader: () => import('./changes-panel.component').then(file => file.ChangesPanelComponent),
  });
}

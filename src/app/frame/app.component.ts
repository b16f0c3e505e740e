import { NgComponentOutlet } from '@angular/common';
import { ChangeDetectionStrategy, Component, effect, inject, resource } from '@angular/core';
import { ClusterHeaderComponent } from '../cluster/cluster-header.component';
import { FailedNoticeComponent } from '../ui/failed-notice.component';
import { languageOf } from '../ui/words/make-text';
import { TEXT } from '../ui/words/text';
import { applyTheme } from '../ui/theme';
import { HOST } from '../wac/host';
import { LEAVE_QUESTION } from '../wac/leaving';
import { CurrentTab } from './current-tab';
import { PAGES } from './routes';
import { TabsComponent } from './tabs.component';

/** The page: cluster header, tabs, and the chosen tab's page. */
@Component({
  selector: 'oc-root',
  imports: [ClusterHeaderComponent, FailedNoticeComponent, NgComponentOutlet, TabsComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <oc-cluster-header />
    <main>
      <oc-tabs />
      <div id="oc-page" role="tabpanel" tabindex="0" [attr.aria-labelledby]="'oc-tab-' + current()">
        @if (page.hasValue()) {
          <ng-container *ngComponentOutlet="page.value()" />
        } @else if (page.error(); as error) {
          <oc-failed-notice [text]="t('frame.page-failed')" [cause]="error" (retry)="page.reload()" />
        } @else {
          <p role="status">{{ t('frame.page-loading') }}</p>
        }
      </div>
    </main>
    <ng-container *ngComponentOutlet="leaveDialog.value() ?? null" />
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      min-block-size: 100vh;
    }
    main {
      display: flex;
      flex: 1;
      flex-direction: column;
      min-inline-size: 0;
    }
    [role='tabpanel'] {
      display: flex;
      flex: 1;
      flex-direction: column;
      min-inline-size: 0;
      padding: var(--spacingVerticalXXS) var(--spacingHorizontalL) var(--spacingVerticalS);
    }
  `,
})
export class AppComponent {
  protected readonly t = inject(TEXT);
  private readonly leaving = inject(LEAVE_QUESTION, { optional: true });
  private readonly host = inject(HOST);
  protected readonly current = inject(CurrentTab).id;
  protected readonly page = resource({ params: this.current, loader: ({ params }) => PAGES[params]() });
  /** Fetched when it is asked for the first time. */
  protected readonly leaveDialog = resource({
    params: () => (this.leaving?.asked() ? true : undefined),
    loader: async () => (await import('./leave-dialog.component')).LeaveDialogComponent,
  });

  constructor() {
    effect(() => applyTheme(this.host.theme()));
    document.documentElement.lang = languageOf(this.host.strings);
  }
}

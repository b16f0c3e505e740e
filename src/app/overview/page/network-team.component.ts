import { ChangeDetectionStrategy, Component, computed, inject, signal, viewChild } from '@angular/core';
import type { ChangeRequest } from '../../export/allowlist/change-request';
import { failedRequest } from '../../export/results/failed-request';
import { requestMail } from '../../export/results/request-mail';
import { fileName } from '../../export/text/file-name';
import { requestText } from '../../reachability/finding/request-text';
import { say } from '../../reachability/finding/say';
import { tallyOf } from '../../reachability/run/matrix';
import { elsewhereText } from '../../reachability/run/way-words';
import { ReachabilityStore } from '../../reachability/state/reachability.store';
import { CopyButtonComponent } from '../../ui/copy-button.component';
import { IconComponent } from '../../ui/icon.component';
import { Navigation } from '../../ui/navigation';
import { SidePanelComponent } from '../../ui/panes/side-panel.component';
import { spokenAfter } from '../../ui/words/spoken';
import { TEXT } from '../../ui/words/text';
import { DOWNLOADS } from '../../wac/platform';

/** The button Give to the network team and its panel: what to ask of whom, and the list as a file. */
@Component({
  selector: 'oc-network-team',
  imports: [CopyButtonComponent, IconComponent, SidePanelComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button type="button" class="oc-command" aria-haspopup="dialog" (click)="panel.open()">
      <oc-icon name="send" />{{ t('overview.give') }}
    </button>
    <oc-side-panel #panel [heading]="t('overview.give')">
      @if (panel.isOpen()) {
        <h3>{{ t('overview.give.list') }}</h3>
        <p>{{ t('overview.give.list.lead') }}</p>
        <div class="oc-toolbar">
          <button type="button" class="oc-button" (click)="exportList()">
            <oc-icon name="export" />{{ t('overview.give.list.button') }}
          </button>
          @if (failed(); as request) {
            <button type="button" class="oc-button" (click)="exportFailed(request)">
              <oc-icon name="export" />{{ t('overview.give.failed.button') }}
            </button>
          }
        </div>
        <h3>{{ t('overview.give.requests') }}</h3>
        @if (requests().length === 0) {
          <p>
            {{ noRequest() }}
          </p>
        } @else {
          <p>{{ t('overview.give.requests.lead') }}</p>
          <div class="oc-toolbar">
            <oc-copy-button [label]="t('overview.give.copyAll')" [text]="allText()" />
            <button type="button" class="oc-button" (click)="saveMail()">
              {{ t('overview.give.mail') }}
            </button>
            <span role="status" class="oc-hint">{{ saved() }}</span>
          </div>
          @for (request of requests(); track request.id) {
            <section [attr.aria-label]="request.title">
              <h4>{{ request.owner }}</h4>
              <pre tabindex="0" [attr.aria-label]="request.title">{{ request.text }}</pre>
            </section>
          }
        }
      }
    </oc-side-panel>
  `,
  styles: `
    h3 {
      margin-block: var(--spacingVerticalL) var(--spacingVerticalXS);
    }
    h4 {
      margin-block: var(--spacingVerticalM) var(--spacingVerticalXXS);
    }
    pre {
      margin: 0;
      padding: var(--spacingVerticalS) var(--spacingHorizontalS);
      border: 1px solid var(--colorNeutralStroke2);
      border-radius: var(--borderRadiusMedium);
      background: var(--colorNeutralBackground2);
      font: inherit;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
  `,
})
export class NetworkTeamComponent {
  protected readonly t = inject(TEXT);
  protected readonly store = inject(ReachabilityStore);
  private readonly navigation = inject(Navigation);
  private readonly downloads = inject(DOWNLOADS);
  private readonly panel = viewChild.required(SidePanelComponent);

  protected readonly requests = computed(() => {
    const run = this.store.ownRun();
    return run === undefined
      ? []
      : this.store.ownFindings().map(finding => ({
          id: finding.id,
          title: say(finding.title, this.t),
          owner: this.t(`reachability.owner.${finding.owner}`),
          text: requestText(finding, run, this.t),
        }));
  });
  /** Why there is nothing to ask for. */
  protected readonly noRequest = computed(() => {
    const run = this.store.ownRun();
    if (run === undefined) {
      const elsewhere = elsewhereText(this.store.run(), this.store.elsewhere(), this.t);
      if (elsewhere !== '') return elsewhere;
      return this.t(this.store.isReading() ? 'reachability.state.reading' : 'overview.give.notChecked');
    }
    if (run.endedAt === undefined) return this.t('overview.give.running');
    if (this.store.isExplaining()) return this.t('finding.explaining');
    const { unknown } = tallyOf(run);
    return unknown === 0 ? this.t('overview.give.none') : this.t('overview.give.untested', unknown);
  });
  protected readonly allText = computed(() =>
    this.requests()
      .map(({ owner, text }) => `${owner}\n\n${text}`)
      .join('\n\n'),
  );

  /** What some node could not reach in a check that is over. */
  protected readonly failed = computed(() => {
    const run = this.store.ownRun();
    if (run?.endedAt === undefined) return undefined;
    const request = failedRequest(run, this.t);
    return request.tried?.length === 0 ? undefined : request;
  });
  protected readonly saved = signal('');

  protected exportFailed(request: ChangeRequest): void {
    this.panel().close();
    this.navigation.go({ tab: 'allowlist', act: 'export', request });
  }

  /** All requests as one draft; whom to send it to is the administrator's to say. */
  protected saveMail(): void {
    const run = this.store.ownRun();
    if (run === undefined) return;
    const { cluster, cloud } = run.request;
    const date = new Date(run.startedAt);
    const name = fileName({ content: 'outbound-requests', cluster, cloud, date, extension: 'eml' });
    const subject = this.t('overview.give.mail.subject', cluster);
    this.downloads.save({
      fileName: name,
      mime: 'message/rfc822',
      text: requestMail({ subject, text: this.allText() }),
    });
    this.saved.update(before => spokenAfter(before, this.t('overview.give.mail.saved', name)));
  }

  protected exportList(): void {
    this.panel().close();
    this.navigation.go({ tab: 'allowlist', act: 'export' });
  }
}

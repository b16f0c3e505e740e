import { ChangeDetectionStrategy, Component, inject, output, signal, viewChild } from '@angular/core';
import { AllowlistStore } from '../../allowlist/state/allowlist.store';
import type { ChangeRequest } from '../../export/allowlist/change-request';
import { IconComponent } from '../../ui/icon.component';
import { SidePanelComponent } from '../../ui/panes/side-panel.component';
import { TEXT } from '../../ui/words/text';
import { CoveragePanelComponent } from './coverage-panel.component';

/** The command Compare with the firewall; what reads its files is loaded when it is first opened. */
@Component({
  selector: 'oc-coverage-command',
  imports: [CoveragePanelComponent, IconComponent, SidePanelComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button
      type="button"
      class="oc-command"
      aria-haspopup="dialog"
      [disabled]="!store.chosen()"
      (click)="open()"
    >
      <oc-icon name="import" />{{ t('coverage.page.open') }}
    </button>
    <oc-side-panel [heading]="t('coverage.page.title')">
      @if (isAsked()) {
        @defer (on immediate) {
          <oc-coverage-panel (export)="exportRules($event)" />
        } @placeholder {
          <p role="status">{{ t('frame.page-loading') }}</p>
        } @error {
          <p class="oc-notice" data-state="error" role="alert">{{ t('coverage.page.notLoaded') }}</p>
        }
      }
    </oc-side-panel>
  `,
})
export class CoverageCommandComponent {
  protected readonly t = inject(TEXT);
  protected readonly store = inject(AllowlistStore);
  private readonly panel = viewChild.required(SidePanelComponent);

  /** The list's rows that the firewall lacks, to be exported. */
  readonly export = output<ChangeRequest>();
  protected readonly isAsked = signal(false);

  protected open(): void {
    this.isAsked.set(true);
    this.panel().open();
  }

  protected exportRules(request: ChangeRequest): void {
    this.panel().close();
    this.export.emit(request);
  }
}

import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { TEXT } from '../ui/text';
import { CLIPBOARD } from '../wac/platform';
import { type BadRow, badRowText } from './import-own-rules';

/** The rows of a file that were not taken, each with line and reason; can be copied for whoever wrote the file. */
@Component({
  selector: 'oc-import-report',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <ul [attr.aria-label]="t('ownRules.import.report')" tabindex="0">
      @for (line of lines(); track $index) {
        <li>{{ line }}</li>
      }
    </ul>
    <div class="copy">
      <button type="button" class="oc-button" (click)="copy()">{{ t('ownRules.import.copy') }}</button>
      <span role="status">{{ copied() }}</span>
    </div>
  `,
  styles: `
    ul {
      max-block-size: 16rem;
      margin-block: 0 var(--spacingVerticalS);
      padding-inline-start: var(--spacingHorizontalL);
      overflow-y: auto;
      overflow-wrap: anywhere;
    }
    .copy {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--spacingHorizontalS);
    }
  `,
})
export class ImportReportComponent {
  protected readonly t = inject(TEXT);
  private readonly clipboard = inject(CLIPBOARD);
  readonly fileName = input.required<string>();
  readonly bad = input.required<readonly BadRow[]>();
  protected readonly copied = signal('');

  protected readonly lines = computed(() =>
    this.bad().map(row => this.t('ownRules.import.line', row.line, badRowText(row, this.t))),
  );

  protected async copy(): Promise<void> {
    const done = await this.clipboard.copy([this.fileName(), ...this.lines(), ''].join('\r\n'));
    this.copied.set(this.t(done ? 'ownRules.import.copied' : 'ownRules.import.notCopied'));
  }
}
